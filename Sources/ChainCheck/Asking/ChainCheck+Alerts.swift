import Backends
import Telemetry

/// Whether alerts can fire, and whether they come here.
extension ChainCheck {
    /// Series that ended a while ago exist no more.
    private static let existence = Duration.seconds(3600)
    /// Metrics asked for at once: as many names as fit into a URL.
    private static let namesAtOnce = 50

    var alertSeriesJob: Job {
        prometheusJob(.alertSeries) { prometheus, pages throws(BackendError) in
            let rules = try await Self.rules(pages)
            let names = AlertSeries.metrics(plan.alerts, rules: rules)
            let existing = try await Self.existing(names, pages, at: now())
            return AlertSeries.finding(plan.alerts, rules: rules, existing: existing, on: prometheus.address)
        }
    }

    var querySeriesJob: Job {
        prometheusJob(.querySeries) { prometheus, pages throws(BackendError) in
            let queries = plan.queries.map { QuerySeries.Query(name: $0.name, promQL: $0.promQL) }
            let existing = try await Self.existing(QuerySeries.metrics(queries), pages, at: now())
            return QuerySeries.finding(queries, existing: existing, on: prometheus.address)
        }
    }

    private func prometheusJob(
        _ check: Check,
        _ ask: @escaping @Sendable (ChainPlan.Server, StatusPages) async throws(BackendError) -> Finding
    ) -> Job {
        guard let prometheus = plan.prometheus else {
            return Self.skipping([check], "prometheus is not configured", advice: "Give prometheus.url.")
        }
        let pages = pages("Prometheus", prometheus)
        return Job(checks: [check], target: prometheus.address) {
            do throws(BackendError) {
                return [try await ask(prometheus, pages)]
            } catch {
                return Reachability.unanswered([check], by: .prometheus(prometheus.address), error)
            }
        }
    }

    static func rules(_ pages: StatusPages) async throws(BackendError) -> PrometheusRules {
        try StatusAnswers.rules(try await pages.page("/api/v1/rules", "rules", query: [("exclude_alerts", "true")]))
    }

    /// Those of the metrics that have series.
    private static func existing(
        _ names: Set<String>, _ pages: StatusPages, at now: Timestamp
    ) async throws(BackendError) -> Set<String> {
        let names = names.sorted()
        var existing: Set<String> = []
        for start in stride(from: 0, to: names.count, by: namesAtOnce) {
            let some = names[start..<min(start + namesAtOnce, names.count)]
            let body = try await pages.page(
                "/api/v1/label/__name__/values", "names of metrics",
                query: [
                    ("match[]", "{__name__=~\(QuotedText.doubleQuoted(some.joined(separator: "|")))}"),
                    ("start", String((now - existence).seconds)), ("end", String(now.seconds)),
                ])
            existing.formUnion(try StatusAnswers.values(body))
        }
        return existing.intersection(names)
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
