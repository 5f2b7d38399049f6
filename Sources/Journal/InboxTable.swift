import Alerts
import FoundationEssentials
import GRDB
import Telemetry

/// The statements of the inbox.
enum InboxTable {
    private static let latePeerTolerance = IncomingNotification.latePeerTolerance

    static func countPending(_ db: Database) throws -> Int {
        try db.cachedStatement(sql: "SELECT count(*) FROM notification WHERE state = 'pending'").fetchInt()
    }

    /// A repeat is recognised also when the inbox is full: it adds nothing to it.
    static func accept(
        _ notification: IncomingNotification, in db: Database, waiting: inout Int, limit: Int
    ) throws -> Acceptance {
        let identity = Data(try SHA256.digest(of: notification.identity.canonicalText))
        let seenAt = notification.receivedAt.nanoseconds
        if let known = try original(of: notification, identity: identity, in: db) {
            try db.cachedStatement(
                sql: "UPDATE notification SET repeats = repeats + 1, last_seen_at = max(last_seen_at, ?) WHERE id = ?"
            ).execute(arguments: [seenAt, known])
            return .repeated(id: known)
        }

        guard waiting < limit else { throw JournalError.full(waiting: waiting, limit: limit) }
        try db.cachedStatement(
            sql: """
                INSERT INTO notification (identity, group_key, receiver, state, received_at, last_seen_at, body)
                VALUES (?, ?, ?, 'pending', ?, ?, ?)
                """
        ).execute(
            arguments: [
                identity, notification.groupKey, notification.receiver, seenAt, seenAt, Data(notification.body),
            ])
        waiting += 1
        return .stored(id: db.lastInsertedRowID)
    }

    /// The notification that this one repeats; nil when it tells something new, also when its group was in the same state
    /// some time ago.
    private static func original(
        of notification: IncomingNotification, identity: Data, in db: Database
    ) throws -> Int64? {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM notification WHERE identity = ? ORDER BY id DESC LIMIT 1"),
            arguments: [identity])
        guard let known else { return nil }
        let newest = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT id, received_at FROM notification WHERE group_key = ? AND receiver = ?
                    ORDER BY id DESC LIMIT 1
                    """), arguments: [notification.groupKey, notification.receiver])
        guard let newest, try newest.decode(Int64.self, forColumn: "id") != known else { return known }
        // In both directions: what arrives at the same time is stored in any order, and clocks step back.
        let apart = notification.receivedAt - (try newest.timestamp("received_at"))
        return (.zero - latePeerTolerance...latePeerTolerance).contains(apart) ? known : nil
    }

    /// Only the first of a group's waiting notifications can be claimed, so that its story stays in order: while it is
    /// leased or waits for its retry, the later ones wait behind it.
    static func claim(in db: Database, now: Timestamp, until end: Timestamp) throws -> StoredNotification? {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE notification SET due_at = ?, claims = claims + 1
                WHERE id = (
                    SELECT id FROM notification AS candidate
                    WHERE state = 'pending' AND (due_at IS NULL OR due_at <= ?) AND NOT EXISTS (
                        SELECT 1 FROM notification AS earlier
                        WHERE earlier.state = 'pending' AND earlier.group_key = candidate.group_key
                            AND earlier.receiver = candidate.receiver AND earlier.id < candidate.id)
                    ORDER BY id LIMIT 1)
                RETURNING id, group_key, receiver, body, received_at, claims - 1 AS attempts
                """)
        return try Row.fetchOne(statement, arguments: [end.nanoseconds, now.nanoseconds]).map { row in
            StoredNotification(
                id: try row.decode(forColumn: "id"), groupKey: try row.decode(forColumn: "group_key"),
                receiver: try row.decode(forColumn: "receiver"), body: try row.bytes("body"),
                receivedAt: try row.timestamp("received_at"), attempts: try row.decode(forColumn: "attempts"))
        }
    }

    static func nextDue(in db: Database) throws -> Timestamp? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min(coalesce(due_at, received_at)) FROM notification AS candidate
                    WHERE state = 'pending' AND NOT EXISTS (
                        SELECT 1 FROM notification AS earlier
                        WHERE earlier.state = 'pending' AND earlier.group_key = candidate.group_key
                            AND earlier.receiver = candidate.receiver AND earlier.id < candidate.id)
                    """)
        ).map(Timestamp.init(nanoseconds:))
    }
}
