import Alerts
import Telemetry

/// The statements of the inbox.
enum InboxTable {
    private static let latePeerTolerance = IncomingNotification.latePeerTolerance

    static func countPending(_ db: any SQLTransaction) throws -> Int {
        try db.count("SELECT count(*) AS count FROM notification WHERE state = 'pending'")
    }

    /// A repeat is recognised also when the inbox is full: it adds nothing to it.
    static func accept(
        _ notification: IncomingNotification, in db: any SQLTransaction, waiting: inout Int, limit: Int
    ) throws -> Acceptance {
        let identity = try SHA256.digest(of: notification.identity.canonicalText)
        let seenAt = notification.receivedAt
        let groupKey = try GroupKey.stored(notification.groupKey)
        if let known = try original(of: notification, identity: identity, groupKey: groupKey, in: db) {
            try db.change(
                """
                UPDATE notification SET repeats = repeats + 1,
                    last_seen_at = CASE WHEN last_seen_at < \(seenAt) THEN \(seenAt) ELSE last_seen_at END
                WHERE id = \(known)
                """)
            return .repeated(id: known)
        }

        guard waiting < limit else { throw JournalError.full(waiting: waiting, limit: limit) }
        let stored = try db.row(
            """
            INSERT INTO notification (identity, group_key, receiver, state, received_at, last_seen_at, body)
            VALUES (\(identity), \(groupKey), \(notification.receiver), 'pending', \(seenAt), \(seenAt),
                \(notification.body))
            RETURNING id
            """)
        guard let stored else { throw JournalError.unavailable("a notification that was stored got no number") }
        waiting += 1
        return .stored(id: try stored.integer("id"))
    }

    /// The notification that this one repeats; nil when it tells something new, also when its group was in the same state
    /// some time ago.
    private static func original(
        of notification: IncomingNotification, identity: [UInt8], groupKey: String, in db: any SQLTransaction
    ) throws -> Int64? {
        let known = try db.row("SELECT id FROM notification WHERE identity = \(identity) ORDER BY id DESC LIMIT 1")?
            .integer("id")
        guard let known else { return nil }
        let newest = try db.row(
            """
            SELECT id, received_at FROM notification
            WHERE group_key = \(groupKey) AND receiver = \(notification.receiver)
            ORDER BY id DESC LIMIT 1
            """)
        guard let newest, try newest.integer("id") != known else { return known }
        // In both directions: what arrives at the same time is stored in any order, and clocks step back.
        let apart = notification.receivedAt - (try newest.timestamp("received_at"))
        return (.zero - latePeerTolerance...latePeerTolerance).contains(apart) ? known : nil
    }

    /// Only the first of a group's waiting notifications can be claimed, so that its story stays in order: while it is
    /// leased or waits for its retry, the later ones wait behind it. Whoever looks for one asks this of each in turn, and
    /// mostly of the first alone.
    private static let isFirstOfItsGroup: SQL = """
        NOT EXISTS (SELECT 1 FROM notification AS earlier
            WHERE earlier.state = 'pending' AND earlier.group_key = candidate.group_key
                AND earlier.receiver = candidate.receiver AND earlier.id < candidate.id)
        """
    /// The same for whoever looks at all of them.
    private static let firstOfGroups: SQL =
        "SELECT min(id) FROM notification WHERE state = 'pending' GROUP BY group_key, receiver"

    static func claim(
        in db: any SQLTransaction, by worker: Int64, now: Timestamp, until end: Timestamp
    ) throws -> StoredNotification? {
        try db.row(
            """
            UPDATE notification SET due_at = \(end), leased_by = \(worker), claims = claims + 1
            WHERE id = (
                SELECT id FROM notification AS candidate
                WHERE state = 'pending' AND (due_at IS NULL OR due_at <= \(now)) AND \(isFirstOfItsGroup)
                ORDER BY id LIMIT 1)
            RETURNING id, group_key, receiver, body, received_at, claims - 1 AS attempts
            """
        ).map { row in
            StoredNotification(
                id: try row.integer("id"), groupKey: try row.text("group_key"), receiver: try row.text("receiver"),
                body: try row.bytes("body"), receivedAt: try row.timestamp("received_at"),
                attempts: Int(try row.integer("attempts")))
        }
    }

    /// Ends the leases of which the condition is true.
    static func release(where isAbandoned: SQL, in db: any SQLTransaction) throws -> Int {
        try db.change(
            """
            UPDATE notification SET due_at = NULL, leased_by = NULL
            WHERE state = 'pending' AND leased_by IS NOT NULL AND \(isAbandoned)
            """)
    }

    static func nextDue(in db: any SQLTransaction) throws -> Timestamp? {
        try db.row(
            """
            SELECT min(coalesce(due_at, received_at)) AS due FROM notification
            WHERE state = 'pending' AND id IN (\(firstOfGroups))
            """)?.timestampIfPresent("due")
    }
}
