import FoundationEssentials
import GRDB
import Telemetry

/// The statements of the outbox.
enum OutboxTable {
    /// A message whose key is there already is left out.
    static func add(_ message: OutgoingMessage, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO message (incident, receiver, kind, deduplication_key, state, created_at, payload)
                VALUES (?, ?, ?, ?, 'pending', ?, ?) ON CONFLICT (deduplication_key) DO NOTHING
                """,
            arguments: [
                message.incident?.number, message.receiver, message.kind, message.deduplicationKey,
                message.createdAt.nanoseconds, Data(message.payload),
            ])
    }

    /// Only the first of a receiver's waiting messages can be claimed, so that a channel reads in order.
    static func claim(in db: Database, now: Timestamp, until end: Timestamp) throws -> StoredMessage? {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE message SET due_at = ?
                WHERE id = (
                    SELECT id FROM message AS candidate
                    WHERE state = 'pending' AND (due_at IS NULL OR due_at <= ?) AND NOT EXISTS (
                        SELECT 1 FROM message AS earlier
                        WHERE earlier.state = 'pending' AND earlier.receiver = candidate.receiver
                            AND earlier.id < candidate.id)
                    ORDER BY id LIMIT 1)
                RETURNING *
                """)
        return try Row.fetchOne(statement, arguments: [end.nanoseconds, now.nanoseconds])
            .map { try message(row: $0, in: db) }
    }

    static func messages(of incident: IncidentID, in db: Database) throws -> [StoredMessage] {
        try Row.fetchAll(db, sql: "SELECT * FROM message WHERE incident = ? ORDER BY id", arguments: [incident.number])
            .map { try message(row: $0, in: db) }
    }

    static func nextDue(in db: Database) throws -> Timestamp? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min(coalesce(due_at, created_at)) FROM message AS candidate
                    WHERE state = 'pending' AND NOT EXISTS (
                        SELECT 1 FROM message AS earlier
                        WHERE earlier.state = 'pending' AND earlier.receiver = candidate.receiver
                            AND earlier.id < candidate.id)
                    """)
        ).map(Timestamp.init(nanoseconds:))
    }

    private static func message(row: Row, in db: Database) throws -> StoredMessage {
        let id: Int64 = try row.decode(forColumn: "id")
        return StoredMessage(
            id: id,
            message: OutgoingMessage(
                incident: try row.decode(Int64?.self, forColumn: "incident").map(IncidentID.init(number:)),
                receiver: try row.decode(forColumn: "receiver"), kind: try row.decode(forColumn: "kind"),
                deduplicationKey: try row.decode(forColumn: "deduplication_key"), payload: try row.bytes("payload"),
                createdAt: try row.timestamp("created_at")),
            state: try row.named("state"), attempts: try AttemptTable.attempts(of: id, in: db))
    }
}
