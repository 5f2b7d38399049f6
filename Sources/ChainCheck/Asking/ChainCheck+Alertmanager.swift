import Backends
import HTTPTransport
import Telemetry

/// Whether alerts come here: from Prometheus to Alertmanager, and from there to this service.
extension ChainCheck {
    var alertingJob: Job {
        let checks: [Check] = [.alertmanager, .alertDelivery, .alertRouting]
        guard plan.alertmanager != nil || plan.prometheus != nil else {
            return Self.skipping(
                checks, "not configured",
                advice: "Give alertmanager.url, or prometheus.url: Prometheus knows where it is.")
        }
        let target = plan.alertmanager?.address ?? plan.prometheus?.address ?? ""
        return Job(checks: checks, target: target, server: .alertmanager) {
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
            return (
                Reachability.unanswered(
                    [.alertDelivery], by: .prometheus(address, hasTenant: prometheus.hasTenant), error)[0], nil
            )
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
            async let deliveries = self.deliveries()
            let places = await self.places(AlertRouting.candidates(configuration), by: address)
            let routing = AlertRouting(
                configuration: configuration, intake: plan.intake, places: places, deliveries: await deliveries,
                address: address)
            return [reached]
                + routing.findings(alerts.isEmpty ? [AlertRouting.Alert(name: "alerts", labels: [:])] : alerts)
        } catch {
            return [Reachability.finding(server, error)]
                + Reachability.unanswered([.alertRouting], by: server, error)
        }
    }

    /// What became of notifications; nil when nobody tells.
    private func deliveries() async -> Deliveries? {
        guard let prometheus = plan.prometheus else { return nil }
        let now = now()
        let body = try? await pages("Prometheus", prometheus).page(
            "/api/v1/query_range", "counts of notifications",
            query: [
                ("query", Deliveries.query), ("start", String((now - Deliveries.period).seconds)),
                ("end", String(now.seconds)), ("step", String(Deliveries.step.components.seconds)),
            ])
        return body.flatMap { try? PrometheusJSON.series(from: $0) }.map { Deliveries($0) }
    }

    /// Whose the webhooks are, each asked for itself. One that the configuration does not tell is asked, without what may be secret in its URL.
    ///
    /// - Parameter alertmanager: its address: a loopback address means its own machine.
    private func places(
        _ addresses: [WebhookAddress], by alertmanager: String
    ) async -> [WebhookAddress: WebhookPlace] {
        let isHere = WebhookAddress(alertmanager)?.isLoopback == true
        var places: [WebhookAddress: WebhookPlace] = [:]
        for address in addresses {
            if let place = WebhookPlace.configured(address, plan.intake) {
                places[address] = place
            } else if address.isLoopback, !isHere {
                places[address] = .unknown("that is the machine of Alertmanager itself")
            } else {
                places[address] = await asked(address)
            }
        }
        return places
    }

    private func asked(_ address: WebhookAddress) async -> WebhookPlace {
        let request = HTTPRequest(url: address.base + address.path, deadline: Self.patience)
        do throws(HTTPError) {
            return WebhookPlace.answered(try await plan.openClient.send(request))
        } catch {
            return .unknown("it does not answer from here")
        }
    }

    /// For a GET that is answered at once or not at all.
    private static let patience = Duration.seconds(5)
}
