package import Telemetry

/// One try to send a message.
package struct DeliveryAttempt: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// - Parameter receipt: what the platform gave back to find the message again; may be empty.
        case delivered(receipt: String)
        case retry(at: Timestamp)
        /// It will never be accepted; people have to look.
        case parked
    }

    package let at: Timestamp
    package let outcome: Outcome
    /// What came back, in one line, without secrets.
    package let detail: String

    package init(at: Timestamp, outcome: Outcome, detail: String) {
        self.at = at
        self.outcome = outcome
        self.detail = detail
    }
}
