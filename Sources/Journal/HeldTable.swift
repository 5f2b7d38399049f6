import GRDB
import Telemetry

/// The statements of the incidents that wait for a digest.
enum HeldTable {
    /// One that is held already keeps its reason, and is told of again when the new time has come.
    static func hold(_ held: HeldIncident, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO held (incident, receiver, reason, held_at, due_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (incident, receiver) DO UPDATE SET due_at = coalesce(held.due_at, excluded.due_at)
                """,
            arguments: [
                held.incident.number, held.receiver, held.reason.rawValue, held.heldAt.nanoseconds,
                held.dueAt?.nanoseconds,
            ])
    }

    static func held(of incident: IncidentID, in db: Database) throws -> [HeldIncident] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM held WHERE incident = ? ORDER BY receiver", arguments: [incident.number]
        ).map(HeldIncident.init(row:))
    }

    /// All that wait for the digest of each receiver whose digest is due. In a storm what is a little early goes with the
    /// rest; what waits for the end of a quiet time waits until then.
    static func due(in db: Database, now: Timestamp) throws -> [HeldIncident] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM held WHERE due_at <= :now OR (due_at IS NOT NULL AND reason = 'storm' AND receiver IN
                    (SELECT receiver FROM held WHERE reason = 'storm' AND due_at <= :now))
                ORDER BY receiver, reason, incident
                """,
            arguments: ["now": now.nanoseconds]
        ).map(HeldIncident.init(row:))
    }

    static func settle(_ held: [HeldIncident], at time: Timestamp, in db: Database) throws {
        for one in held {
            try db.execute(
                sql: "UPDATE held SET due_at = NULL, told_at = ? WHERE incident = ? AND receiver = ?",
                arguments: [time.nanoseconds, one.incident.number, one.receiver])
        }
    }

    /// From now on the receiver hears of the incident in messages of its own.
    static func release(_ incident: IncidentID, receiver: String, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM held WHERE incident = ? AND receiver = ?")
            .execute(arguments: [incident.number, receiver])
    }
}

extension HeldIncident {
    fileprivate init(row: Row) throws {
        self.init(
            incident: IncidentID(number: try row.decode(forColumn: "incident")),
            receiver: try row.decode(forColumn: "receiver"), reason: try row.named("reason"),
            heldAt: try row.timestamp("held_at"), dueAt: try row.timestampIfPresent("due_at"),
            toldAt: try row.timestampIfPresent("told_at"))
    }
}
