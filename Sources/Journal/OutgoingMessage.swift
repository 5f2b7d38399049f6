package import Telemetry

/// A message to be sent.
package struct OutgoingMessage: Hashable, Sendable {
    /// A message that failed this often lets the messages of other incidents to its receiver pass while it waits.
    ///
    /// Before, the channel itself is likely to be the reason, and order is worth more than half a minute (four waits of
    /// 2 s doubling). Afterwards the message itself may be, and must not silence its channel.
    package static let failuresThatHoldItsReceiver = 5

    /// What the message does in the conversation of its incident with its receiver.
    package enum Step: String, Hashable, Sendable, CaseIterable {
        /// A message of its own, and the first one of a conversation.
        case post
        /// Takes the place of the conversation's first message.
        case edit
        /// An answer below the conversation's first message.
        case reply
        /// An SVG picture below it. Nothing waits for it, and it is tried once.
        case picture
    }

    /// Above how many new incidents in a time a channel gets them in a digest instead of one by one.
    package struct StormLimit: Hashable, Sendable {
        /// So many incidents are announced to a receiver one by one.
        package let incidents: Int
        /// From here on they are counted.
        package let since: Timestamp
        /// When the digest that tells of this incident is due.
        package let digestAt: Timestamp

        package init(incidents: Int, since: Timestamp, digestAt: Timestamp) {
            self.incidents = incidents
            self.since = since
            self.digestAt = digestAt
        }
    }

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
    package let step: Step
    /// For the message that announces an incident to a receiver: above it the incident is held for a digest instead.
    package let limit: StormLimit?

    package init(
        incident: IncidentID?, receiver: String, kind: String, deduplicationKey: String, payload: [UInt8],
        createdAt: Timestamp, step: Step = .post, limit: StormLimit? = nil
    ) {
        self.incident = incident
        self.receiver = receiver
        self.kind = kind
        self.deduplicationKey = deduplicationKey
        self.payload = payload
        self.createdAt = createdAt
        self.step = step
        self.limit = limit
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
