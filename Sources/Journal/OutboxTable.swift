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

    /// Whether an earlier message of the candidate's incident to the same receiver waits. `IS`: those without an incident
    /// are among themselves as well.
    private static let hasEarlierOfItsIncident = """
        EXISTS (SELECT 1 FROM message AS earlier
            WHERE earlier.state = 'pending' AND earlier.receiver = candidate.receiver
                AND earlier.incident IS candidate.incident AND earlier.id < candidate.id)
        """

    static func claim(in db: Database, now: Timestamp, until end: Timestamp) throws -> StoredMessage? {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE message SET due_at = :end, holds_until = :end
                WHERE id = (
                    SELECT id FROM message AS candidate
                    WHERE state = 'pending' AND (due_at IS NULL OR due_at <= :now) AND NOT \(hasEarlierOfItsIncident)
                        AND NOT EXISTS (SELECT 1 FROM message AS holder
                            WHERE holder.receiver = candidate.receiver AND holder.holds_until > :now)
                    ORDER BY id LIMIT 1)
                RETURNING *
                """)
        return try Row.fetchOne(statement, arguments: ["end": end.nanoseconds, "now": now.nanoseconds])
            .map { try message(row: $0, in: db) }
    }

    static func messages(of incident: IncidentID, in db: Database) throws -> [StoredMessage] {
        try Row.fetchAll(db, sql: "SELECT * FROM message WHERE incident = ? ORDER BY id", arguments: [incident.number])
            .map { try message(row: $0, in: db) }
    }

    /// A message comes when it is due and its receiver is no longer held, by whichever message.
    static func nextDue(in db: Database) throws -> Timestamp? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min(max(coalesce(due_at, created_at), coalesce(
                        (SELECT max(holds_until) FROM message AS holder
                            WHERE holder.receiver = candidate.receiver AND holder.holds_until IS NOT NULL), 0)))
                    FROM message AS candidate
                    WHERE state = 'pending' AND NOT \(hasEarlierOfItsIncident)
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
