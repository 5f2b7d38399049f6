import Languages
import Telemetry
import TestSupport
import Testing

@testable import Backends

struct MetricCollectorTests: CollectorExample {
    private static let cpu = MetricQuery("cpu", #"cpu{namespace=~"$namespace", pod=~"$pod"}"#)
    private static let nodes = MetricQuery("nodes", "nodes")

    private func series(_ name: String, _ labels: [String: String], _ values: [Double] = [1, 1]) -> MetricSeries {
        MetricSeries(
            name: name, labels: labels,
            samples: values.enumerated().map {
                MetricSeries.Sample(at: Timestamp(seconds: 5000 + 20 * Int64($0)), value: $1)
            })
    }

    private func evidence(
        _ metrics: ScriptedMetrics, traces: ScriptedTraces? = nil, _ queries: [MetricQuery],
        _ request: CollectionRequest? = nil, budget: Budget = Budget()
    ) async -> Evidence {
        await Collector(
            traces: traces, logs: nil, cluster: nil, metrics: metrics, budget: budget,
            metricPlan: MetricPlan(queries: queries)
        ).collect(request ?? self.request())
    }

    private func metricGaps(_ evidence: Evidence) -> [Gap] { evidence.gaps.filter { $0.source == .metrics } }

    @Test func `the scope's metrics are asked for at once, and again with what the traces point to`() async {
        let asked = Notebook<String>()
        let metrics = ScriptedMetrics(onSeries: { (promQL, name, range, limit) throws(BackendError) in
            asked.note(
                "\(promQL) \(range.start.seconds)-\(range.end.seconds)/\(range.step.components.seconds) \(limit)")
            guard name == "cpu" else { return MetricAnswer(series: []) }
            let first = series("cpu", ["pod": "checkout-1"], [1])
            return MetricAnswer(
                series: promQL.contains("shop")
                    ? [series("cpu", ["pod": "checkout-1"], [1, 2]), series("cpu", ["pod": "pay-1"])] : [first])
        })
        let failing = traces(failing: [hit(1)]) { (id) throws(BackendError) in
            trace(id, isError: true, pod: "pay-1", namespace: "shop")
        }
        let evidence = await evidence(metrics, traces: failing, [Self.cpu, Self.nodes])
        let during = "2006-5984/17 1000"
        #expect(
            asked.all.sorted() == [
                #"ALERTS{alertstate="firing"} \#(during)"#,
                #"cpu{namespace=~".*", pod=~"checkout(-.*)?"} \#(during)"#,
                #"cpu{namespace=~"shop", pod=~"(?:pay-1|checkout(-.*)?)"} \#(during)"#, "nodes \(during)",
            ])
        // A series that came twice is there once, as it came last.
        #expect(
            evidence.metrics == [series("cpu", ["pod": "checkout-1"], [1, 2]), series("cpu", ["pod": "pay-1"])])
        #expect(metricGaps(evidence).isEmpty)
        #expect(evidence.wasFetched(.metrics))
        #expect(evidence.samplings.contains(Sampling(.metrics, taken: 2, total: 2)))
    }

    @Test func `the rule's own expression comes from its link, or else from Prometheus, without its threshold`() async {
        let asked = Notebook<String>()
        let metrics = ScriptedMetrics(
            onSeries: { (promQL, name, _, _) throws(BackendError) in
                asked.note("\(name ?? "-"): \(promQL)")
                return MetricAnswer(series: [])
            },
            onRule: { (name) throws(BackendError) in
                asked.note("rule \(name)")
                return name == "Known" ? "slow > 2" : nil
            })
        var request = request()
        request.rules = [
            AlertRule(name: "Linked", generatorURL: "http://p/graph?g0.expr=rate%28x%5B5m%5D%29+%3E+0.1&g0.tab=1"),
            AlertRule(name: "Known", generatorURL: "https://grafana/alerting/grafana/u/view"),
            AlertRule(name: "Unknown"), AlertRule(name: "Known"),
        ]
        let evidence = await evidence(metrics, [], request)
        #expect(
            asked.all.sorted() == [
                #"ALERTS: ALERTS{alertstate="firing"}"#, "Known: slow", "Linked: rate(x[5m])", "rule Known",
                "rule Unknown",
            ])
        #expect(
            metricGaps(evidence).map(\.inEnglish) == [
                Gap.saying(
                    .metrics,
                    "the expression of Unknown is neither in the alert's link nor among Prometheus' rules",
                    isTotal: false, isStanding: true)
            ])
    }

    @Test func `a query that fails is missing by its name, and the others are there`() async {
        let metrics = ScriptedMetrics(onSeries: { (promQL, name, _, _) throws(BackendError) in
            if name == "broken" {
                throw .refused(
                    .init("Prometheus", "range query", on: promQL), status: 422, reason: "duplicate series (execution)",
                    retryAfter: nil)
            }
            return MetricAnswer(series: [series(name ?? "", [:])])
        })
        let evidence = await evidence(metrics, [MetricQuery("broken", "b"), Self.nodes])
        #expect(evidence.metrics.map(\.name) == ["ALERTS", "nodes"])
        #expect(
            metricGaps(evidence).map(\.inEnglish) == [
                Gap.saying(
                    .metrics, "Prometheus answered 422: duplicate series (execution) (missing: broken)", isTotal: false)
            ])
        // Nobody knows how many series the broken query would have given.
        #expect(evidence.samplings.contains(Sampling(.metrics, taken: 2, total: nil)))
    }

    @Test func `a Prometheus that does not answer is one gap, and is not asked everything`() async {
        let asked = Notebook<String>()
        let metrics = ScriptedMetrics(onSeries: { (promQL, _, _, _) throws(BackendError) in
            asked.note(promQL)
            throw .refused(
                .init("Prometheus", "range query", on: promQL), status: 401, reason: "no org id", retryAfter: nil)
        })
        let evidence = await evidence(metrics, (0..<20).map { MetricQuery("q\($0)", "q\($0)") })
        #expect(asked.all.sorted() == [#"ALERTS{alertstate="firing"}"#, "q0", "q1", "q2"])
        #expect(
            metricGaps(evidence).map(\.inEnglish) == [
                Gap.saying(.metrics, "Prometheus answered 401: no org id", isTotal: true)
            ])
        #expect(!evidence.wasFetched(.metrics))
    }

    @Test func `an answer in part and a query about everything are said`() async {
        let metrics = ScriptedMetrics(onSeries: { (_, name, _, _) throws(BackendError) in
            MetricAnswer(series: [], warnings: name == "nodes" ? ["store a is down", "b", "c"] : [])
        })
        let evidence = await evidence(metrics, [Self.nodes, Self.cpu], request(Scope(jobs: ["shop/main"])))
        #expect(
            metricGaps(evidence).map(\.reason.english) == [
                "Prometheus warns about nodes: store a is down", "Prometheus warns about nodes: b",
                "metrics not fetched, for neither the alert nor a trace says of which service or pod: cpu",
            ])
        #expect(metricGaps(evidence).allSatisfy { !$0.isTotal && !$0.isStanding })
    }

    @Test func `of many queries that nothing narrows down the first are named and the others counted`() async {
        let queries = (1...5).map { MetricQuery("cpu\($0)", Self.cpu.promQL) }
        let evidence = await evidence(ScriptedMetrics(), queries, request(Scope(jobs: ["shop/main"])))
        #expect(
            metricGaps(evidence).last?.reason.english
                == "metrics not fetched, for neither the alert nor a trace says of which service or pod: "
                + "cpu1, cpu2, cpu3 and 2 more")
    }

    @Test func `of too many series those that tell most are kept, and the rest is counted`() async {
        let all = [
            series("nodes", ["node": "a"]), series("nodes", ["node": "b"], [1, 2]), series("nodes", ["node": "c"], [1]),
            series("nodes", ["node": "d"], [.nan, .nan]), series("nodes", ["pod": "checkout-x"]),
            series("nodes", ["service": "checkout"], [3, 4]), series("nodes", ["service": "check"]),
        ]
        let metrics = ScriptedMetrics(onSeries: { (_, name, _, _) throws(BackendError) in
            MetricAnswer(series: name == "nodes" ? all.reversed() : [])
        })
        let evidence = await evidence(metrics, [Self.nodes], budget: Budget(seriesPerQuery: 4))
        #expect(
            evidence.metrics.map(\.labels) == [
                ["node": "b"], ["node": "c"], ["pod": "checkout-x"], ["service": "checkout"],
            ])
        #expect(
            metricGaps(evidence).map(\.reason.english) == [
                "3 of 7 metric series were left out (nodes): 4 of each query and 250000 samples in all are looked at"
            ])
        #expect(evidence.samplings.contains(Sampling(.metrics, taken: 4, total: 7)))
    }

    @Test func `the samples' budget is shared by the queries`() async {
        let metrics = ScriptedMetrics(onSeries: { (_, name, _, _) throws(BackendError) in
            let name = name ?? ""
            return MetricAnswer(
                series: name == "ALERTS" ? [series(name, [:])] : (0..<10).map { series(name, ["n": "\($0)"]) })
        })
        // 2 + 20 + 20 samples; three series of each of the two and the alert fit into 15.
        let evidence = await evidence(
            metrics, [MetricQuery("a", "a"), MetricQuery("b", "b")], budget: Budget(metricSamples: 15))
        #expect(evidence.metrics.map(\.name) == ["ALERTS", "a", "a", "a", "b", "b", "b"])
        #expect(
            metricGaps(evidence).map(\.reason.english).first?.hasPrefix("14 of 21 metric series were left out (a, b)")
                == true)
    }

    @Test func `what the playbook does not want is not asked for`() async {
        let metrics = ScriptedMetrics(onSeries: { (promQL, _, _, _) throws(BackendError) in
            Issue.record("asked: \(promQL)")
            return MetricAnswer(series: [])
        })
        let evidence = await evidence(metrics, [Self.nodes], request(wanted: [.pods]))
        #expect(metricGaps(evidence).map(\.isStanding) == [true])
    }

    @Test func `too many names are asked for in part, and that is said`() async {
        let services = (0..<120).map { "s\($0)" }
        let evidence = await evidence(ScriptedMetrics(), [Self.cpu], request(Scope(services: services)))
        #expect(
            metricGaps(evidence).map(\.reason.english) == [
                "metrics of 20 names were not asked for: a query has room for 100 of a kind"
            ])
    }

    @Test func `without time there is nothing to ask`() async {
        var request = request()
        request.window = TimeWindow(start: Timestamp(seconds: 5000), end: Timestamp(seconds: 5000))
        request.baseline = request.window
        let evidence = await evidence(ScriptedMetrics(), [Self.nodes], request)
        #expect(
            metricGaps(evidence).map(\.inEnglish) == [
                Gap.saying(.metrics, "there is no time to ask Prometheus about", isTotal: true)
            ])
    }

    @Test func `the order of the answers does not matter`() async {
        let queries = (0..<6).map { MetricQuery("q\($0)", "q\($0)") }
        func collect(_ isReversed: Bool) async -> Evidence {
            await evidence(
                ScriptedMetrics(onSeries: { (_, name, _, _) throws(BackendError) in
                    let all = (0..<5).map { series(name ?? "", ["n": "\($0)", "m": "\($0 % 2)"]) }
                    return MetricAnswer(series: isReversed ? all.reversed() : all)
                }), queries, budget: Budget(seriesPerQuery: 3))
        }
        let (first, second) = (await collect(false), await collect(true))
        #expect(first == second)
    }
}
