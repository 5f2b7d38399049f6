import Journal
import Logging
import Metrics
import Reporting
import Responder

/// One message outside any conversation, through an outbox of its own, so that pacing and retries are those of a live
/// one.
struct SingleMessage {
    let receiver: ChatReceiver
    let logger: Logger

    /// - Throws: `RunFailure` with the names that there are.
    static func receiver(_ name: String, in receivers: [ChatReceiver]) throws(RunFailure) -> ChatReceiver {
        guard let receiver = receivers.first(where: { $0.name == name }) else {
            let names = receivers.map(\.name).joined(separator: ", ")
            throw RunFailure("there is no receiver '\(name)'; configured: \(names.isEmpty ? "none" : names)")
        }
        return receiver
    }

    /// - Parameter kind: as it is called in logs: "replay", "test".
    func send(_ summary: Summary, kind: String) async throws(RunFailure) {
        let outcome: DeliveryAttempt
        do {
            let journal = try DatabaseJournal(path: ":memory:")
            outcome = try await Dispatcher(
                journal: journal, receivers: [receiver], doorbell: Doorbell(), clock: .system, logger: logger,
                metrics: NOOPMetricsHandler.instance
            ).deliver(
                OutgoingMessage(
                    incident: nil, receiver: receiver.name, kind: kind, deduplicationKey: kind,
                    payload: receiver.payload(for: summary), createdAt: WallClock.system.now()))
            await journal.close()
        } catch {
            throw RunFailure("the message to \(receiver.name) could not be sent: \(error.description)")
        }
        guard case .delivered = outcome.outcome else {
            throw RunFailure("\(receiver.name) did not take the message: \(outcome.detail)")
        }
    }
}
