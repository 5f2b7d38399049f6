package import Telemetry

/// A message to be sent.
package struct OutgoingMessage: Hashable, Sendable {
    /// A message that failed this often lets the messages of other incidents to its receiver pass while it waits.
    ///
    /// Before, the channel itself is likely to be the reason, and order is worth more than half a minute (four waits of
    /// 2 s doubling). Afterwards the message itself may be, and must not silence its channel.
    package static let failuresThatHoldItsReceiver = 5

    /// nil for a message that belongs to no incident: a replay sent on request.
    package let incident: IncidentID?
    /// The chat receiver's name in the configuration.
    package let receiver: String
    /// `diagnosis`, `resolved`, `replay`…
    package let kind: String
    /// Two messages with the same key are the same message.
    package let deduplicationKey: String
    /// The rendered message, ready to be posted.
    package let payload: [UInt8]
    package let createdAt: Timestamp

    package init(
        incident: IncidentID?, receiver: String, kind: String, deduplicationKey: String, payload: [UInt8],
        createdAt: Timestamp
    ) {
        self.incident = incident
        self.receiver = receiver
        self.kind = kind
        self.deduplicationKey = deduplicationKey
        self.payload = payload
        self.createdAt = createdAt
    }
}

/// A message in the outbox, with what has become of it.
package struct StoredMessage: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case pending, sent, parked }

    package let id: Int64
    package let message: OutgoingMessage
    package let state: State
    /// The oldest first.
    package let attempts: [DeliveryAttempt]

    package init(id: Int64, message: OutgoingMessage, state: State, attempts: [DeliveryAttempt]) {
        self.id = id
        self.message = message
        self.state = state
        self.attempts = attempts
    }
}
