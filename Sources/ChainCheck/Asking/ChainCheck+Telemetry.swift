import Backends
import Telemetry

/// Whether traces and logs arrive, and whether they belong together.
extension ChainCheck {
    var tracesJob: Job {
        let checks: [Check] = [.tracesAppear, .traceRoots]
        guard let tempo = plan.tempo else {
            return Self.skipping(checks, "tempo is not configured", advice: "Give tempo.url.")
        }
        let client = tempoClient(tempo)
        let now = now
        return Job(checks: checks, target: tempo.address, server: .tempo) {
            let instant = now()
            do throws(BackendError) {
                let hits = try await Self.newest(client, at: instant)
                // Where there is traffic, the newest are all too young to tell whether they lack their root.
                let older = hits.count < TracesAppear.sample ? [] : try await Self.settled(client, at: instant)
                return TracesAppear.findings(
                    hits, older: older, at: instant, hasTenant: tempo.hasTenant, on: tempo.address)
            } catch {
                return Reachability.unanswered(checks, by: .tempo(tempo.address, hasTenant: tempo.hasTenant), error)
            }
        }
    }

    /// Of the last hour, or of the last day when that had none.
    private static func newest(_ client: TempoClient, at now: Timestamp) async throws(BackendError) -> [TraceHit] {
        for period in [TracesAppear.freshness, TracesAppear.longestQuiet] {
            let window = TimeWindow(start: now - period, end: now)
            let hits = try await client.search("{ }", in: window, limit: TracesAppear.sample).hits
            if !hits.isEmpty { return hits }
        }
        return []
    }

    private static func settled(_ client: TempoClient, at now: Timestamp) async throws(BackendError) -> [TraceHit] {
        let window = TimeWindow(start: now - TracesAppear.freshness, end: now - TracesAppear.settlingTime)
        return try await client.search("{ }", in: window, limit: TracesAppear.sample).hits
    }

    var logsJob: Job {
        guard let loki = plan.loki else {
            return Self.skipping([.tracesWithLogs], "loki is not configured", advice: "Give loki.url.")
        }
        let client = LokiClient(
            http: watch.watching("Loki", loki.http), baseURL: loki.address, deadline: loki.timeout)
        let tempo = plan.tempo.map(tempoClient)
        let (now, labels, place) = (now, plan.serviceLabels, plan.traceIDPlace)
        return Job(checks: [.tracesWithLogs], target: loki.address, server: .loki) {
            let window = TimeWindow(start: now() - TracesWithLogs.period, end: now())
            // Lines of services that have traces say more than those of everything else; without Tempo, all count.
            let hits = try? await tempo?.search("{ }", in: window, limit: TracesAppear.sample).hits
            let services = Set((hits ?? []).compactMap(\.rootService)).sorted()
            do throws(BackendError) {
                for names in services.isEmpty ? [[]] : [services, []] {
                    for label in labels {
                        let query = Self.selector(label, names)
                        let page = try await client.entries(
                            query, in: window, limit: TracesWithLogs.sample, direction: .backward)
                        guard !page.entries.isEmpty else { continue }
                        return [
                            TracesWithLogs.finding(
                                page.entries, place: place, labels: labels, services: names,
                                silent: names.isEmpty ? services : [], on: loki.address)
                        ]
                    }
                }
                return [
                    TracesWithLogs.finding(
                        [], place: place, labels: labels, services: [], hasTenant: loki.hasTenant, on: loki.address)
                ]
            } catch {
                return Reachability.unanswered(
                    [.tracesWithLogs], by: .loki(loki.address, hasTenant: loki.hasTenant), error)
            }
        }
    }

    private static func selector(_ label: String, _ names: [String]) -> String {
        guard !names.isEmpty else { return "{\(label)=~\".+\"}" }
        let special = Set("\\.+*?()|[]{}^$")
        let patterns = names.map { name in name.map { special.contains($0) ? "\\\($0)" : "\($0)" }.joined() }
        return "{\(label)=~\(QuotedText.doubleQuoted(patterns.joined(separator: "|")))}"
    }
}
