import Backends
import Telemetry

/// Whether alerts can fire, and whether they come here.
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
                return Reachability.unanswered([check], by: .prometheus(prometheus.address), error)
            }
        }
    }

    /// Names of the alerts that Loki's ruler evaluates; none where it has no ruler, or does not tell.
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

    // MARK: Alertmanager

    var alertingJob: Job {
        let checks: [Check] = [.alertmanager, .alertDelivery, .alertRouting]
        guard plan.alertmanager != nil || plan.prometheus != nil else {
            return Self.skipping(
                checks, "not configured",
                advice: "Give alertmanager.url, or prometheus.url: Prometheus knows where it is.")
        }
        return Job(checks: checks, target: plan.alertmanager?.address ?? plan.prometheus?.address ?? "") {
            async let rules = self.knownRules()
            let known = await self.delivery()
            guard let server = self.plan.alertmanager ?? known.first else {
                return [
                    known.finding,
                    Finding(
                        .alertmanager, .skipped, on: "", "its address is not known",
                        advice: "Give alertmanager.url, if Prometheus does not tell it."),
                    Finding(
                        .alertRouting, .skipped, on: "", "Alertmanager's address is not known",
                        advice: "Give alertmanager.url, if Prometheus does not tell it."),
                ]
            }
            return [known.finding] + (await self.routing(server, await rules))
        }
    }

    /// For the labels that rules give to their alerts; without them routes are compared by the names alone.
    private func knownRules() async -> PrometheusRules? {
        guard let prometheus = plan.prometheus else { return nil }
        return try? await Self.rules(pages("Prometheus", prometheus))
    }

    /// Whom Prometheus sends alerts to.
    private func delivery() async -> (finding: Finding, first: ChainPlan.Server?) {
        guard let prometheus = plan.prometheus else {
            return (
                Finding(
                    .alertDelivery, .skipped, on: "", "prometheus is not configured", advice: "Give prometheus.url."),
                nil
            )
        }
        let address = prometheus.address
        do throws(BackendError) {
            let body = try await pages("Prometheus", prometheus).page("/api/v1/alertmanagers", "Alertmanagers")
            let urls = try StatusAnswers.alertmanagers(body)
            guard let first = urls.first else {
                return (
                    Finding(
                        .alertDelivery, .failure, on: address, "it knows none",
                        advice: "Set alerting.alertmanagers in Prometheus' configuration; with the operator, "
                            + "spec.alerting of the Prometheus."), nil
                )
            }
            let server = ChainPlan.Server(address: first, http: plan.openClient, timeout: prometheus.timeout)
            return (Finding(.alertDelivery, .ok, on: address, Wording.list(urls)), server)
        } catch .refused(_, 404, _, _) {
            return (
                Finding(
                    .alertDelivery, .skipped, on: address, "it does not tell (404)",
                    advice: "Mimir's and Thanos' rulers have their own settings for it: alertmanager_url."), nil
            )
        } catch {
            return (Reachability.unanswered([.alertDelivery], by: .prometheus(address), error)[0], nil)
        }
    }

    private func routing(_ alertmanager: ChainPlan.Server, _ rules: PrometheusRules?) async -> [Finding] {
        let address = alertmanager.address
        let server = Reachability.Server.alertmanager(address, section: plan.alertmanagerSection)
        do throws(BackendError) {
            let body = try await pages("Alertmanager", alertmanager).page("/api/v2/status", "status")
            let status = try StatusAnswers.alertmanager(body)
            let reached = Reachability.finding(server, version: status.version)
            guard let configuration = AlertmanagerConfiguration(yaml: status.configuration) else {
                return [
                    reached,
                    Finding(
                        .alertRouting, .failure, on: address, "its configuration cannot be read",
                        advice: "Compare its page Status with deploy/alertmanager/alertmanager.yaml by hand."),
                ]
            }
            let alerts = plan.alerts.map { name in
                AlertRouting.Alert(
                    name: name, labels: (rules?.alert(name)?.labels ?? [:]).merging(["alertname": name]) { $1 })
            }
            return [
                reached,
                AlertRouting.finding(
                    configuration, alerts.isEmpty ? [AlertRouting.Alert(name: "alerts", labels: [:])] : alerts,
                    on: address),
            ]
        } catch {
            return [Reachability.finding(server, error)]
                + Reachability.unanswered([.alertRouting], by: server, error)
        }
    }
}
