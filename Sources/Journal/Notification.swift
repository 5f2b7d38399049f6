package import Alerts
package import Telemetry

/// A notification as it arrived.
package struct IncomingNotification: Sendable {
    /// How far apart two peers of an Alertmanager cluster may tell the same change: within this time of a group's newest
    /// notification, an older one that comes again is a late peer's copy, and later it is news.
    ///
    /// Each peer waits for those before it (`--cluster.peer-timeout`, 15 s by default), so the last of five is a minute
    /// late. The same peer tells the next change after `group_interval`, which is 5 min by default.
    package static let latePeerTolerance: Duration = .seconds(60)

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

/// What became of a notification that came in.
package enum Acceptance: Hashable, Sendable {
    case stored(id: Int64)
    /// It tells nothing new: the same notification is there already.
    case repeated(id: Int64)

    package var id: Int64 {
        switch self {
        case .stored(let id), .repeated(let id): id
        }
    }
}

/// A notification from the inbox, as its worker gets it.
package struct StoredNotification: Hashable, Sendable {
    package let id: Int64
    package let groupKey: String
    package let receiver: String
    package let body: [UInt8]
    package let receivedAt: Timestamp
    /// How often it was claimed before and never given back: each time its worker has died, or is late.
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
