import Feedback
import HTTPTypes
import Hummingbird
import Journal

/// `/healthz`: the process runs. `/readyz`: it can take a notification. `/metrics`: its own figures for Prometheus.
struct HealthPages: Sendable {
    let journal: any Journal
    /// So many waiting notifications fill the journal: the next one would be answered 503.
    let maximumWaiting: Int
    let metricsPage: @Sendable () -> String

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/healthz") { _, _ in plain(.ok, "ok") }
        router.get("/readyz") { _, _ in await readiness() }
        router.get("/metrics") { _, _ in
            var response = plain(.ok, metricsPage() + (await journalMetrics()))
            response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
            return response
        }
    }

    private func readiness() async -> Response {
        do {
            let counts = try await journal.counts()
            let isFull = counts.pendingNotifications >= maximumWaiting
            return plain(
                isFull ? .serviceUnavailable : .ok,
                """
                \(isFull ? "full: \(maximumWaiting) notifications may wait" : "ready")
                notifications waiting: \(counts.pendingNotifications), given up: \(counts.parkedNotifications)
                incidents open: \(counts.openIncidents)
                messages waiting: \(counts.pendingMessages), given up: \(counts.parkedMessages)
                """)
        } catch {
            return plain(.serviceUnavailable, error.description)
        }
    }

    private func journalMetrics() async -> String {
        guard let counts = try? await journal.counts() else { return "" }
        return """
            # TYPE sabueso_incidents_open gauge
            sabueso_incidents_open \(counts.openIncidents)
            # TYPE sabueso_messages gauge
            sabueso_messages{state="parked"} \(counts.parkedMessages)
            sabueso_messages{state="pending"} \(counts.pendingMessages)
            # TYPE sabueso_notifications gauge
            sabueso_notifications{state="parked"} \(counts.parkedNotifications)
            sabueso_notifications{state="pending"} \(counts.pendingNotifications)

            """ + FeedbackMetrics(FeedbackReport(votes: (try? await journal.votes()) ?? [])).text
    }
}
