import Backends
import Telemetry

/// Whether alerts can fire, and queries find something.
extension ChainCheck {
    /// Metrics asked for at once: as many names as fit into a URL.
    private static let namesAtOnce = 50

    var alertSeriesJob: Job {
        prometheusJob(.alertSeries) { prometheus, pages throws(BackendError) in
            async let elsewhere = self.rulesOfLoki()
            let rules = try await Self.rules(pages)
            let sightings = try await Self.sightings(rules.metrics(of: plan.alerts), pages, at: now())
            return AlertSeries(
                rules: rules, elsewhere: await elsewhere, sightings: sightings, platforms: plan.platforms,
                address: prometheus.address
            ).findings(plan.alerts)
        }
    }

    var querySeriesJob: Job {
        prometheusJob(.querySeries) { prometheus, pages throws(BackendError) in
            let queries = plan.queries.map { QuerySeries.Query(name: $0.name, promQL: $0.promQL) }
            let existing = try await Self.present(QuerySeries.metrics(queries), pages)
            return QuerySeries.findings(
                queries, existing: existing, platforms: plan.platforms, on: prometheus.address)
        }
    }

    private func prometheusJob(
        _ check: Check,
        _ ask: @escaping @Sendable (ChainPlan.Server, StatusPages) async throws(BackendError) -> [Finding]
    ) -> Job {
        guard let prometheus = plan.prometheus else {
            return Self.skipping([check], "prometheus is not configured", advice: "Give prometheus.url.")
        }
        let pages = pages("Prometheus", prometheus)
        return Job(checks: [check], target: prometheus.address, server: .prometheus) {
            do throws(BackendError) {
                return try await ask(prometheus, pages)
            } catch {
                return Reachability.unanswered(
                    [check], by: .prometheus(prometheus.address, hasTenant: prometheus.hasTenant), error)
            }
        }
    }

    /// Names of the alerts that Loki's ruler evaluates; none where it has no ruler, or does not tell.
    ///
    /// Source: https://grafana.com/docs/loki/latest/reference/loki-http-api/, "List rules" in Prometheus' form.
    private func rulesOfLoki() async -> Set<String> {
        guard let loki = plan.loki,
            let body = try? await pages("Loki", loki).page("/prometheus/api/v1/rules", "rules"),
            let rules = try? StatusAnswers.rules(body, of: "Loki")
        else { return [] }
        return Set(rules.rules.filter(\.isAlert).map(\.name))
    }

    static func rules(_ pages: StatusPages) async throws(BackendError) -> PrometheusRules {
        try StatusAnswers.rules(try await pages.page("/api/v1/rules", "rules", query: [("exclude_alerts", "true")]))
    }

    /// Those of the metrics that have series now, by Prometheus' own clock.
    private static func present(_ names: Set<String>, _ pages: StatusPages) async throws(BackendError) -> Set<String> {
        try await counted(names) { query throws(BackendError) in
            try await pages.page("/api/v1/query", "names of metrics", query: [("query", query)])
        }.reduce(into: []) { $0.insert($1.name) }
    }

    /// The same with when the others had their last.
    private static func sightings(
        _ names: Set<String>, _ pages: StatusPages, at now: Timestamp
    ) async throws(BackendError) -> SeriesSightings {
        let present = try await present(names, pages)
        let past = try await counted(names.subtracting(present)) { query throws(BackendError) in
            try await pages.page(
                "/api/v1/query_range", "names of metrics",
                query: [
                    ("query", query), ("start", String((now - SeriesSightings.period).seconds)),
                    ("end", String(now.seconds)), ("step", String(SeriesSightings.step.components.seconds)),
                ])
        }
        let last = past.compactMap { series in series.samples.last.map { (series.name, $0.at) } }
        return SeriesSightings(present: present, lastSeen: Dictionary(last, uniquingKeysWith: max))
    }

    /// A series for each metric that has some.
    ///
    /// Counted by a query, and not by the list of names, because that keeps a name for hours after its last sample: what is
    /// in memory is not looked through by time.
    private static func counted(
        _ names: Set<String>, _ ask: (String) async throws(BackendError) -> [UInt8]
    ) async throws(BackendError) -> [MetricSeries] {
        let names = names.sorted()
        var found: [MetricSeries] = []
        for start in stride(from: 0, to: names.count, by: namesAtOnce) {
            let some = names[start..<min(start + namesAtOnce, names.count)].joined(separator: "|")
            let body = try await ask("count by (__name__) ({__name__=~\(QuotedText.doubleQuoted(some))})")
            do {
                found += try PrometheusJSON.series(from: body)
            } catch {
                throw .unreadable(BackendError.Attempt("Prometheus", "names of metrics"), reason: "\(error)")
            }
        }
        return found.filter { names.contains($0.name) }
    }
}
