import Telemetry

/// The statements of the incidents that wait for a digest.
enum HeldTable {
    /// One that is held already keeps its reason, and is told of again when the new time has come.
    static func hold(_ held: HeldIncident, in db: any SQLTransaction) throws {
        try db.change(
            """
            INSERT INTO held (incident, receiver, reason, held_at, due_at)
            VALUES (\(held.incident), \(held.receiver), \(held.reason.rawValue), \(held.heldAt), \(held.dueAt))
            ON CONFLICT (incident, receiver) DO UPDATE SET due_at = coalesce(held.due_at, excluded.due_at)
            """)
    }

    static func held(of incident: IncidentID, in db: any SQLTransaction) throws -> [HeldIncident] {
        try db.rows("SELECT * FROM held WHERE incident = \(incident) ORDER BY receiver").map(HeldIncident.init(row:))
    }

    /// All that wait for the digest of each receiver whose digest is due. In a storm what is a little early goes with the
    /// rest; what waits for the end of a quiet time waits until then.
    static func due(in db: any SQLTransaction, now: Timestamp) throws -> [HeldIncident] {
        try db.rows(
            """
            SELECT * FROM held WHERE due_at <= \(now) OR (due_at IS NOT NULL AND reason = 'storm' AND receiver IN
                (SELECT receiver FROM held WHERE reason = 'storm' AND due_at <= \(now)))
            ORDER BY receiver, reason, incident
            """
        ).map(HeldIncident.init(row:))
    }

    /// Whether a digest still has to tell of the incident as it was read.
    static func isStillDue(_ held: HeldIncident, in db: any SQLTransaction) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM held
            WHERE incident = \(held.incident) AND receiver = \(held.receiver) AND due_at = \(held.dueAt)
            """)
    }

    static func settle(_ held: [HeldIncident], at time: Timestamp, in db: any SQLTransaction) throws {
        for one in held {
            try db.change(
                """
                UPDATE held SET due_at = NULL, told_at = \(time)
                WHERE incident = \(one.incident) AND receiver = \(one.receiver)
                """)
        }
    }

    /// From now on the receiver hears of the incident in messages of its own.
    static func release(_ incident: IncidentID, receiver: String, in db: any SQLTransaction) throws {
        try db.change("DELETE FROM held WHERE incident = \(incident) AND receiver = \(receiver)")
    }
}

extension HeldIncident {
    fileprivate init(row: SQLRow) throws {
        self.init(
            incident: try row.incident("incident"), receiver: try row.text("receiver"),
            reason: try row.named("reason"), heldAt: try row.timestamp("held_at"),
            dueAt: try row.timestampIfPresent("due_at"), toldAt: try row.timestampIfPresent("told_at"))
    }
}
