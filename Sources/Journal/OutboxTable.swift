import FoundationEssentials
import GRDB
import Telemetry

/// The statements of the outbox.
enum OutboxTable {
    /// A message whose key is there already is left out, and one beyond its limit is held.
    static func add(_ message: OutgoingMessage, in db: Database) throws {
        if let limit = message.limit, let incident = message.incident, try isBeyond(limit, message, in: db),
            try !isThere(message, in: db)
        {
            try HeldTable.hold(
                HeldIncident(
                    incident: incident, receiver: message.receiver, reason: .storm, heldAt: message.createdAt,
                    dueAt: limit.digestAt), in: db)
            return
        }
        if message.step == .post, let incident = message.incident {
            try HeldTable.release(incident, receiver: message.receiver, in: db)
        }
        try db.execute(
            sql: """
                INSERT INTO message (incident, receiver, kind, deduplication_key, state, created_at, payload, step)
                VALUES (?, ?, ?, ?, 'pending', ?, ?, ?) ON CONFLICT (deduplication_key) DO NOTHING
                """,
            arguments: [
                message.incident?.number, message.receiver, message.kind, message.deduplicationKey,
                message.createdAt.nanoseconds, Data(message.payload), message.step.rawValue,
            ])
    }

    private static func isThere(_ message: OutgoingMessage, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT 1 FROM message WHERE deduplication_key = ?", arguments: [message.deduplicationKey]) == true
    }

    /// Whether as many other incidents as it wants to were announced to the receiver one by one, in the time that counts.
    ///
    /// An incident is announced by the first message about it; what follows, its end for instance, announces nothing.
    private static func isBeyond(
        _ limit: OutgoingMessage.StormLimit, _ message: OutgoingMessage, in db: Database
    ) throws -> Bool {
        let announced =
            try Int.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT count(DISTINCT incident) FROM message AS recent
                        WHERE receiver = :receiver AND created_at >= :since AND incident <> :incident AND NOT EXISTS (
                            SELECT 1 FROM message AS earlier
                            WHERE earlier.incident = recent.incident AND earlier.receiver = recent.receiver
                                AND earlier.id < recent.id AND earlier.created_at < :since)
                        """),
                arguments: [
                    "receiver": message.receiver, "incident": message.incident?.number,
                    "since": limit.since.nanoseconds,
                ]) ?? 0
        return announced >= limit.incidents
    }

    /// What its platform gave back for the first message of a conversation; nil when there is none that arrived.
    ///
    /// An edit that had no message to take the place of was posted, and is the first one then.
    static func conversation(of incident: IncidentID, receiver: String, in db: Database) throws -> String? {
        try String.fetchOne(
            db,
            sql: """
                SELECT attempt.receipt FROM message JOIN attempt ON attempt.message = message.id
                WHERE message.incident = ? AND message.receiver = ? AND message.step IN ('post', 'edit')
                    AND attempt.outcome = 'delivered' AND attempt.receipt <> ''
                ORDER BY message.id LIMIT 1
                """,
            arguments: [incident.number, receiver])
    }

    static func incident(inConversation receipt: String, in db: Database) throws -> IncidentID? {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT message.incident FROM attempt JOIN message ON message.id = attempt.message
                WHERE attempt.receipt = ? AND attempt.outcome = 'delivered' AND message.step IN ('post', 'edit')
                    AND message.incident IS NOT NULL
                ORDER BY message.id LIMIT 1
                """, arguments: [receipt]
        ).map(IncidentID.init(number:))
    }

    /// Whether an earlier message of the candidate's incident to the same receiver waits. `IS`: those without an incident
    /// are among themselves as well.
    private static let hasEarlierOfItsIncident = """
        EXISTS (SELECT 1 FROM message AS earlier
            WHERE earlier.state = 'pending' AND earlier.receiver = candidate.receiver
                AND earlier.incident IS candidate.incident AND earlier.id < candidate.id)
        """

    /// What announces an incident goes before what adds to one that people know; pictures go last.
    private static let urgency = "CASE step WHEN 'post' THEN 0 WHEN 'picture' THEN 2 ELSE 1 END"

    static func claim(in db: Database, now: Timestamp, until end: Timestamp) throws -> StoredMessage? {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE message SET due_at = :end, holds_until = :end
                WHERE id = (
                    SELECT id FROM message AS candidate
                    WHERE state = 'pending' AND (due_at IS NULL OR due_at <= :now) AND NOT \(hasEarlierOfItsIncident)
                        AND NOT EXISTS (SELECT 1 FROM message AS holder
                            WHERE holder.receiver = candidate.receiver AND holder.holds_until > :now)
                    ORDER BY \(urgency), id LIMIT 1)
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
                createdAt: try row.timestamp("created_at"), step: try row.named("step")),
            state: try row.named("state"), attempts: try AttemptTable.attempts(of: id, in: db))
    }
}
