import Backends
import HTTPTransport
import Languages
import Scenarios
import Telemetry
import TestSupport
import Testing

@testable import Lab

struct PrometheusServerTests {
    private static let cpu = MetricQuery(
        "cpu", #"sum by (namespace, pod) (rate(c{namespace=~"$namespace", pod=~"$pod"}[$interval]))"#, measures: .cpu)

    private static func series(_ name: String, _ labels: [String: String], _ values: [Double]) -> MetricSeries {
        MetricSeries(
            name: name, labels: labels,
            samples: values.enumerated().map {
                MetricSeries.Sample(at: LabCase.now - .seconds(600) + .seconds(60 * Int64($0)), value: $1)
            })
    }

    private static let metrics = [
        series("up", ["job": "a"], [1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1]), series("up", ["job": "b"], [1]),
        series("cpu", ["namespace": "shop", "pod": "checkout-1"], [0.5, 0.7]),
        series("cpu", ["namespace": "shop", "pod": "cart-1"], [0.1, 0.1]),
        series("cpu", ["namespace": "ci", "pod": "maven-x"], [.nan, .infinity]),
    ]

    private static func lab(gaps: [Gap] = []) -> Lab {
        var configuration = LabConfiguration()
        configuration.metricQueries = [cpu]
        configuration.rules = [
            LabRule(name: "Down", expression: "up == 0"), LabRule(name: "Hot", expression: "cpu > 1"),
        ]
        return LabCase.lab(metrics: metrics, gaps: gaps, configuration: configuration)
    }

    private func ask(_ target: String, lab: Lab = lab()) async -> LabAnswer {
        await lab.answer(LabRequest("GET", "/prometheus/api/v1\(target)"))
    }

    /// The values by the value of one label, as they are written.
    private func values(_ query: String, by label: String = "job") async throws -> [String: [String]] {
        let start = (LabCase.now - .seconds(600)).seconds
        let answer = await ask(
            "/query_range?query=\(LabCase.encoded(query))&start=\(start)&end=\(start + 600)&step=120")
        #expect(answer.status == 200, "\(LabCase.text(answer))")
        let result = try #require(LabCase.json(answer)?["data"]?["result"]?.elements)
        return Dictionary(
            uniqueKeysWithValues: result.map { series in
                (
                    series["metric"]?[label]?.text ?? "-",
                    (series["values"]?.elements ?? []).compactMap { $0.elements?[1].text }
                )
            })
    }

    @Test func `a value goes on for five minutes, and a comparison filters what it is at the instant`() async throws {
        #expect(try await values("up") == ["a": ["1", "0", "1", "1", "1", "1"], "b": ["1", "1", "1"]])
        #expect(try await values("up == 0") == ["a": ["0"]])
        #expect(try await values(#"{__name__=~"u.", job!="a"}"#) == ["b": ["1", "1", "1"]])
        #expect(try await values("2.5", by: "none") == ["-": ["2.5", "2.5", "2.5", "2.5", "2.5", "2.5"]])
    }

    @Test func `series are counted by their names, as long as they go on`() async throws {
        let counts = try await values(#"count by (__name__) ({__name__=~"up|cpu|none"})"#, by: "__name__")
        #expect(counts == ["up": ["2", "2", "2", "1", "1", "1"], "cpu": ["3", "3", "3"]])
    }

    @Test(arguments: [
        (#"namespace=~"shop", pod=~"checkout(-.*)?""#, ["checkout-1"]),
        (#"namespace=~".*", pod=~"(?:maven-x|cart(-.*)?)""#, ["cart-1", "maven-x"]),
        (#"namespace=~"ci\"\\}", pod=~".*""#, []),
    ])
    func `a configured query is answered with the series that its names select`(
        _ names: String, _ pods: [String]
    ) async throws {
        let found = try await values("sum by (namespace, pod) (rate(c{\(names)}[120s]))", by: "pod")
        #expect(found.keys.sorted() == pods)
    }

    @Test(arguments: [
        "sum(up)", "rate(up[5m])", "up + 1", #"sum by (namespace, pod) (rate(c{namespace=~"a", pod=~"b"}[x]))"#,
    ])
    func `what the lab cannot evaluate it refuses, and says so`(_ query: String) async {
        let answer = await ask("/query?query=\(LabCase.encoded(query))")
        #expect(answer.status == 422)
        #expect(LabCase.text(answer).contains("this lab evaluates selectors"))
    }

    @Test(arguments: [
        ("/query?query=up%7Bjob%3D%7D", "parse error"), ("/query?query=%7Bjob%3D~%22.*%22%7D", "non-empty matcher"),
        ("/query?query=up%7Bjob%3D~%22(%22%7D", "error parsing regexp"),
        ("/query_range?query=%22a%22&start=1&end=2&step=1", "must be Scalar or instant Vector"),
        ("/query_range?query=up&start=&end=2&step=1", "cannot parse"),
        ("/query_range?query=up&start=NaN&end=1e300&step=1", "cannot parse"),
        ("/query_range?query=up&start=1&end=2&step=-1s", "to a valid duration"),
    ])
    func `a question that is none is refused as bad data`(_ target: String, _ words: String) async {
        let answer = await ask(target)
        #expect(answer.status == 400)
        #expect(LabCase.json(answer)?["errorType"] == "bad_data")
        #expect(LabCase.text(answer).contains(words), "\(LabCase.text(answer))")
    }

    @Test func `names, values, rules and a limit`() async throws {
        func texts(_ target: String) async -> [String] {
            (LabCase.json(await ask(target))?["data"]?.elements ?? []).compactMap(\.text)
        }
        #expect(await texts("/labels") == ["__name__", "job", "namespace", "pod"])
        #expect(await texts("/label/__name__/values") == ["cpu", "up"])
        let rules = LabCase.json(await ask("/rules?type=alert&rule_name[]=Hot"))?["data"]?["groups"]?.elements
        #expect(rules?.first?["rules"]?.elements?.map { $0["query"] } == ["cpu > 1"])
        #expect(LabCase.json(await ask("/rules?type=record"))?["data"]?["groups"]?.elements == [])
        let now = "&time=\(LabCase.now.seconds - 600)"
        let limited = LabCase.json(await ask("/query?query=up&limit=1\(now)"))
        #expect(limited?["data"]?["result"]?.elements?.count == 1)
        #expect(limited?["warnings"] == ["results truncated due to limit"])
        #expect(LabCase.json(await ask("/query?query=up&limit=2\(now)"))?["warnings"] == nil)
    }

    @Test func `metrics that the case does not have are forbidden, not empty`() async {
        let lab = Self.lab(gaps: [Gap(.metrics, "not part of it", isTotal: true)])
        #expect(await ask("/query?query=up", lab: lab).status == 403)
        #expect(await lab.answer(LabRequest("GET", "/prometheus/-/ready")).status == 200)
    }

    @Test(arguments: [
        (0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (1e21, "1e+21"), (1e20, "100000000000000000000"),
        (123_456_789_012_345_680, "123456789012345680"), (1e-6, "0.000001"), (1e-7, "1e-07"), (1.25e-9, "1.25e-09"),
        (0.1961570509615705, "0.1961570509615705"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        (.leastNonzeroMagnitude, "5e-324"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        (1_200_000, "1200000"),
        (12.5e15, "12500000000000000"),
    ])
    func `numbers are written as Go does`(_ value: Double, _ text: String) {
        #expect(PrometheusForm.number(value) == text)
        #expect(value.isNaN || Double(text.replacing("Inf", with: "infinity")) == value)
    }

    // MARK: Over the socket

    @Test func `the service's own client fetches a case's metrics, and a fault becomes a gap`() async throws {
        let lab = Self.lab()
        let http = CurlClient(HTTPClientConfiguration(proxy: .direct))
        let window = TimeWindow(start: LabCase.now - .seconds(600), end: LabCase.now)
        var request = CollectionRequest(
            scope: Scope(services: ["checkout"]), window: window,
            baseline: TimeWindow(start: window.start - .seconds(600), end: window.start), wanted: [.metrics])
        request.rules = [AlertRule(name: "Down", generatorURL: "https://grafana/alerting/grafana/x/view")]
        let asked = request
        try await lab.whileRunning { address in
            let collector = Collector(
                traces: nil, logs: nil, cluster: nil,
                metrics: PrometheusClient(http: http, baseURL: address.prometheus),
                budget: LabCase.patientBudget,
                metricPlan: MetricPlan(queries: [Self.cpu]), clock: ContinuousClock())
            let evidence = await collector.collect(asked)
            #expect(evidence.gaps.filter { $0.source == .metrics } == [])
            #expect(evidence.metrics.map(\.name) == ["Down", "Down", "cpu"])
            #expect(evidence.metrics[2].labels == ["namespace": "shop", "pod": "checkout-1"])
            #expect(Set(evidence.metrics[2].samples.map(\.value)) == [0.5, 0.7])
            // The rule says `up == 0`; what is fetched is `up`, the time before it as well.
            #expect(Set(evidence.metrics[0].samples.map(\.value)) == [0, 1])

            lab.fail(.prometheusQueryRange, with: .prometheusTimeout)
            lab.fail(.prometheusRules, with: .status(403, "RBAC: access denied"))
            let broken = await collector.collect(asked)
            #expect(
                broken.gaps.filter { $0.source == .metrics }.map(\.reason.english) == [
                    "Prometheus answered 403: RBAC: access denied",
                    "Prometheus answered 503: query timed out in expression evaluation (timeout)",
                ])
            #expect(!broken.wasFetched(.metrics))
            #expect(lab.requestCount(.prometheusRules) == 2)
        }
        await http.shutdown()
    }

    @Test func `a scenario's metrics are written as a case folder has them`() throws {
        var scenario = try #require(Scenario.named("no-traces"))
        #expect(!CaseWriter(scenario).files.contains { $0.name == "metrics.json" })
        var evidence = scenario.evidence
        evidence.gaps = []
        evidence.metrics = Self.metrics.filter { $0.name == "up" }
        scenario = Scenario(
            name: scenario.name, title: scenario.title, alertedAt: scenario.alertedAt, evidence: evidence,
            webhookBody: scenario.webhookBody, resolvedWebhookBody: scenario.resolvedWebhookBody)
        let file = try #require(CaseWriter(scenario).files.first { $0.name == "metrics.json" })
        #expect(try PrometheusJSON.series(from: Array(file.text.utf8)) == evidence.metrics)
    }
}
