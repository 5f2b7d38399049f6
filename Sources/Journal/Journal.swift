package import Alerts
package import Telemetry

/// The durable memory of the service: what came in, what it became, and what has to go out.
///
/// Three tables carry it: the *inbox* (every notification, committed before the webhook is answered), the *incidents*
/// (one per group of alerts from its first firing to its resolution) and the *outbox* (every message with its attempts
/// and its receipt). Work is claimed with a lease: whoever claims and dies leaves it claimable when the lease ends.
///
/// Every method is one transaction (`prune` several), and the cancellation of the task that calls does not cut it short:
/// what was sent while the service stops still gets its receipt. Small on purpose, so that PostgreSQL can stand behind it
/// as well.
package protocol Journal: Sendable {
    // MARK: Inbox

    /// Stores a notification, or recognises it as one that is already there.
    ///
    /// Returns only after it is on disk. Concurrent callers share one commit.
    func accept(_ notification: IncomingNotification) async throws(JournalError) -> Acceptance

    /// The oldest notification that nobody works on, now leased to the caller until `now + lease`; nil when there is none.
    /// Notifications of a group that has one leased or waiting for its retry are held back, so that a group's story
    /// stays in order.
    func claimNotification(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredNotification?

    /// Nothing more to do for this notification.
    func finishNotification(_ id: Int64, incident: IncidentID?) async throws(JournalError)

    /// Gives a notification back, to be claimed at `retryAt` or later; `reason` is kept for people to read.
    func releaseNotification(_ id: Int64, retryAt: Timestamp, reason: String) async throws(JournalError)

    /// Gives up on a notification; it stays in the journal, visible, with its reason.
    func parkNotification(_ id: Int64, reason: String) async throws(JournalError)

    // MARK: Incidents

    /// The open incident of this group at this receiver.
    func openIncident(groupKey: String, receiver: String) async throws(JournalError) -> Incident?

    func incident(_ id: IncidentID) async throws(JournalError) -> Incident?

    /// The newest first.
    func incidents(limit: Int) async throws(JournalError) -> [Incident]

    /// Inserts or replaces an incident and puts messages into the outbox, in one transaction. A message whose
    /// `deduplicationKey` is already in the outbox is not added again.
    ///
    /// - Throws: also when another incident of the same group and receiver is open; then nothing is saved.
    func save(_ incident: Incident, messages: [OutgoingMessage]) async throws(JournalError)

    // MARK: Outbox

    /// The oldest message that is due and that nobody sends, leased to the caller. Messages to a receiver that has one
    /// leased or waiting for its retry are held back, so that a channel reads in order.
    func claimMessage(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredMessage?

    /// Records one attempt and what follows from it.
    func recordAttempt(_ id: Int64, _ attempt: DeliveryAttempt) async throws(JournalError)

    /// Every message of an incident with its attempts, the oldest first.
    func messages(of incident: IncidentID) async throws(JournalError) -> [StoredMessage]

    /// Puts messages into the outbox that belong to no incident's progress: a replay sent on request. A message whose
    /// `deduplicationKey` is already there is not added again.
    func enqueue(_ messages: [OutgoingMessage]) async throws(JournalError)

    // MARK: State

    /// When the next notification or message becomes claimable by time alone; nil when nothing waits.
    func nextDue() async throws(JournalError) -> Timestamp?

    func counts() async throws(JournalError) -> JournalCounts

    /// Deletes finished notifications that were last seen before `time`, and messages that were sent before it. What
    /// waits, is parked or belongs to an open incident stays, and so do the incidents: they are the history.
    func prune(before time: Timestamp) async throws(JournalError) -> PruneResult

    /// Waits for commits under way, then closes. Afterwards every call throws.
    func close() async
}

/// A notification as it arrived.
package struct IncomingNotification: Sendable {
    package let identity: NotificationIdentity
    package let groupKey: String
    package let receiver: String
    /// The webhook's body, byte for byte.
    package let body: [UInt8]
    package let receivedAt: Timestamp

    package init(group: AlertGroup, body: [UInt8], receivedAt: Timestamp) {
        self.identity = NotificationIdentity(group)
        self.groupKey = group.groupKey
        self.receiver = group.receiver
        self.body = body
        self.receivedAt = receivedAt
    }
}

package enum Acceptance: Hashable, Sendable {
    case stored(id: Int64)
    /// The same notification is there already.
    case repeated(id: Int64)

    package var id: Int64 {
        switch self {
        case .stored(let id), .repeated(let id): id
        }
    }
}

package struct StoredNotification: Hashable, Sendable {
    package let id: Int64
    package let groupKey: String
    package let receiver: String
    package let body: [UInt8]
    package let receivedAt: Timestamp
    /// How often it was claimed before this time.
    package let attempts: Int

    package init(
        id: Int64, groupKey: String, receiver: String, body: [UInt8], receivedAt: Timestamp, attempts: Int
    ) {
        self.id = id
        self.groupKey = groupKey
        self.receiver = receiver
        self.body = body
        self.receivedAt = receivedAt
        self.attempts = attempts
    }
}

/// An incident's id: short enough to type in a chat, derived from the notification that opened it: `i-42`.
package struct IncidentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// Reads `i-42` or `42`.
    package init?(_ text: some StringProtocol) {
        let digits = text.hasPrefix("i-") ? text.dropFirst(2) : text[...]
        guard let number = Int64(digits), number > 0 else { return nil }
        self.number = number
    }

    package var description: String { "i-\(number)" }

    package static func < (left: IncidentID, right: IncidentID) -> Bool { left.number < right.number }
}

/// A group of alerts from its first firing to its resolution.
package struct Incident: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case open, resolved }

    package let id: IncidentID
    package let groupKey: String
    package let receiver: String
    package let alertName: String
    package let playbook: String
    package var state: State
    package let startsAt: Timestamp
    package var resolvedAt: Timestamp?
    package let openedAt: Timestamp
    package var updatedAt: Timestamp
    /// The newest notification's webhook body.
    package var alertBody: [UInt8]
    /// What happened, in one clause in the past: what a person remembers it by. Empty before the first diagnosis, and
    /// when nothing was found.
    package var headline: String
    /// The newest diagnosis as `sabueso/diagnosis/v1` JSON; empty before the first.
    package var diagnosis: [UInt8]

    package init(
        id: IncidentID, groupKey: String, receiver: String, alertName: String, playbook: String, state: State,
        startsAt: Timestamp, resolvedAt: Timestamp? = nil, openedAt: Timestamp, updatedAt: Timestamp,
        alertBody: [UInt8], headline: String = "", diagnosis: [UInt8] = []
    ) {
        self.id = id
        self.groupKey = groupKey
        self.receiver = receiver
        self.alertName = alertName
        self.playbook = playbook
        self.state = state
        self.startsAt = startsAt
        self.resolvedAt = resolvedAt
        self.openedAt = openedAt
        self.updatedAt = updatedAt
        self.alertBody = alertBody
        self.headline = headline
        self.diagnosis = diagnosis
    }
}

/// A message to be sent.
package struct OutgoingMessage: Hashable, Sendable {
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

/// How much of everything is in the journal, for health and metrics.
package struct JournalCounts: Hashable, Sendable {
    package var pendingNotifications: Int
    package var parkedNotifications: Int
    package var openIncidents: Int
    package var pendingMessages: Int
    package var parkedMessages: Int

    package init(
        pendingNotifications: Int = 0, parkedNotifications: Int = 0, openIncidents: Int = 0, pendingMessages: Int = 0,
        parkedMessages: Int = 0
    ) {
        self.pendingNotifications = pendingNotifications
        self.parkedNotifications = parkedNotifications
        self.openIncidents = openIncidents
        self.pendingMessages = pendingMessages
        self.parkedMessages = parkedMessages
    }
}

/// How much `Journal.prune` has deleted.
package struct PruneResult: Hashable, Sendable {
    package let notifications: Int
    package let messages: Int

    package init(notifications: Int, messages: Int) {
        self.notifications = notifications
        self.messages = messages
    }
}

package enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The store cannot be opened or written now; the sender should come again.
    case unavailable(String)
    /// More is waiting than is allowed; the sender should come again.
    case full(waiting: Int, limit: Int)
    /// What is stored cannot be read.
    case corrupt(String)

    package var description: String {
        switch self {
        case .unavailable(let reason): "the journal is unavailable: \(reason)"
        case .full(let waiting, let limit):
            "the journal is full: \(waiting) notifications wait, \(limit) are allowed"
        case .corrupt(let reason): "the journal holds something that cannot be read: \(reason)"
        }
    }
}
