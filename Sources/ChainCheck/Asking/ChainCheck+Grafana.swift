import Backends
import HTTPTransport

/// Whether Grafana has what messages link to.
extension ChainCheck {
    var grafanaDataJobs: [Job] {
        let checks: [Check] = [.dataSources, .dashboard]
        guard let grafana = plan.grafana else {
            return checks.map { Self.skipping([$0], "grafana is not configured", advice: "Give grafana.url.") }
        }
        let address = grafana.server.address
        guard grafana.hasCredentials else {
            return checks.map { check in
                Job(checks: [check], target: address) {
                    [
                        Finding(
                            check, .skipped, on: address, "Grafana tells nobody without a token",
                            advice: "Give grafana.api.authorization the token of a service account that may read data "
                                + "sources and dashboards.")
                    ]
                }
            }
        }
        let pages = pages("Grafana", grafana.server)
        let server = Reachability.Server.grafana(address)
        return [
            Job(checks: [.dataSources], target: address, server: .grafana) {
                await Self.answering(.dataSources, by: server) { () throws(BackendError) in
                    try await Self.dataSources(grafana, pages)
                }
            },
            Job(checks: [.dashboard], target: address, server: .grafana) {
                await Self.answering(.dashboard, by: server) { () throws(BackendError) in
                    try await Self.dashboard(grafana, pages)
                }
            },
        ]
    }

    private static func dataSources(
        _ grafana: ChainPlan.Grafana, _ pages: StatusPages
    ) async throws(BackendError) -> Finding {
        var answers: [(wanted: GrafanaData.Wanted, answer: GrafanaData.Answer)] = []
        for (kind, uid) in grafana.dataSources {
            let wanted = GrafanaData.Wanted(kind: kind, uid: uid)
            do throws(BackendError) {
                let body = try await pages.page(
                    "/api/datasources/uid/\(segment(uid))", "data source", headers: organization(grafana))
                answers.append((wanted, .found(type: try StatusAnswers.dataSourceType(body))))
            } catch .refused(_, 404, _, _) {
                answers.append((wanted, .missing))
            }
        }
        return GrafanaData.finding(answers, on: grafana.server.address)
    }

    private static func dashboard(
        _ grafana: ChainPlan.Grafana, _ pages: StatusPages
    ) async throws(BackendError) -> Finding {
        var exists = false
        if let uid = grafana.dashboard {
            do throws(BackendError) {
                _ = try await pages.page(
                    "/api/dashboards/uid/\(segment(uid))", "dashboard", headers: organization(grafana))
                exists = true
            } catch .refused(_, 404, _, _) {
                exists = false
            }
        }
        var health: [GrafanaData.Health] = []
        for (kind, uid) in grafana.dataSources {
            do throws(BackendError) {
                _ = try await pages.page(
                    "/api/datasources/uid/\(segment(uid))/health", "health of a data source",
                    headers: organization(grafana))
                health.append(GrafanaData.Health(kind: kind, answer: .well))
            } catch .refused(_, 400, let reason, _) {
                health.append(
                    GrafanaData.Health(kind: kind, answer: .fault(StatusAnswers.message(reason) ?? reason)))
            } catch .refused(_, 403, _, _) {
                health.append(GrafanaData.Health(kind: kind, answer: .forbidden))
            } catch .refused(_, let status, _, _) where status == 404 || status == 501 {
                // That a uid is not there is told by the other check.
                health.append(GrafanaData.Health(kind: kind, answer: .untold))
            }
        }
        return GrafanaData.finding(dashboard: grafana.dashboard, exists: exists, health, on: grafana.server.address)
    }

    private static func answering(
        _ check: Check, by server: Reachability.Server, _ ask: () async throws(BackendError) -> Finding
    ) async -> [Finding] {
        do throws(BackendError) {
            return [try await ask()]
        } catch .refused(_, 403, _, _) {
            return [
                Finding(
                    check, .failure, on: server.address, "403, the token may not read it",
                    advice:
                        "Give the service account of grafana.api.authorization datasources:read and dashboards:read, "
                        + "or the role Admin.", isAnswered: false)
            ]
        } catch {
            return Reachability.unanswered([check], by: server, error)
        }
    }

    /// A token belongs to one organization; other credentials need to be told.
    private static func organization(_ grafana: ChainPlan.Grafana) -> [HTTPHeader] {
        grafana.organization == 1 ? [] : [HTTPHeader("X-Grafana-Org-Id", String(grafana.organization))]
    }

    /// A uid has letters, digits, `-` and `_`; anything else would change the path.
    private static func segment(_ uid: String) -> String {
        String(uid.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "_" })
    }
}
