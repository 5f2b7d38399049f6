package import Telemetry

/// An incident that a receiver hears of in a digest instead of in messages of its own.
package struct HeldIncident: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable {
        /// More incidents came than the receiver wants to hear of one by one.
        case storm
        /// It came at a time at which the receiver wants to be left alone.
        case quiet
    }

    package let incident: IncidentID
    package let receiver: String
    package let reason: Reason
    package let heldAt: Timestamp
    /// When a digest has to tell of it; nil when all that is known of it was told.
    package let dueAt: Timestamp?
    /// When a digest last told of it; nil when none did.
    package let toldAt: Timestamp?

    package init(
        incident: IncidentID, receiver: String, reason: Reason, heldAt: Timestamp, dueAt: Timestamp?,
        toldAt: Timestamp? = nil
    ) {
        self.incident = incident
        self.receiver = receiver
        self.reason = reason
        self.heldAt = heldAt
        self.dueAt = dueAt
        self.toldAt = toldAt
    }
}
