import Telemetry

/// The statements of the outbox.
enum OutboxTable {
    /// A message whose key is there already is left out, and one beyond its limit is held.
    static func add(_ message: OutgoingMessage, in db: any SQLTransaction) throws {
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
        try db.change(
            """
            INSERT INTO message (incident, receiver, kind, deduplication_key, state, created_at, payload, step)
            VALUES (\(message.incident), \(message.receiver), \(message.kind), \(message.deduplicationKey), 'pending',
                \(message.createdAt), \(message.payload), \(message.step.rawValue))
            ON CONFLICT (deduplication_key) DO NOTHING
            """)
    }

    private static func isThere(_ message: OutgoingMessage, in db: any SQLTransaction) throws -> Bool {
        try db.exists("SELECT 1 FROM message WHERE deduplication_key = \(message.deduplicationKey)")
    }

    /// Whether as many other incidents as it wants to were announced to the receiver one by one, in the time that counts.
    ///
    /// An incident is announced by the first message about it; what follows, its end for instance, announces nothing.
    private static func isBeyond(
        _ limit: OutgoingMessage.StormLimit, _ message: OutgoingMessage, in db: any SQLTransaction
    ) throws -> Bool {
        let announced = try db.count(
            """
            SELECT count(DISTINCT incident) AS count FROM message AS recent
            WHERE receiver = \(message.receiver) AND created_at >= \(limit.since) AND incident <> \(message.incident)
                AND NOT EXISTS (
                    SELECT 1 FROM message AS earlier
                    WHERE earlier.incident = recent.incident AND earlier.receiver = recent.receiver
                        AND earlier.id < recent.id AND earlier.created_at < \(limit.since))
            """)
        return announced >= limit.incidents
    }

    /// What its platform gave back for the first message of a conversation; nil when there is none that arrived.
    ///
    /// An edit that had no message to take the place of was posted, and is the first one then.
    static func conversation(
        of incident: IncidentID, receiver: String, in db: any SQLTransaction
    ) throws -> String? {
        try db.row(
            """
            SELECT attempt.receipt FROM message JOIN attempt ON attempt.message = message.id
            WHERE message.incident = \(incident) AND message.receiver = \(receiver)
                AND message.step IN ('post', 'edit') AND attempt.outcome = 'delivered' AND attempt.receipt <> ''
            ORDER BY message.id LIMIT 1
            """)?.text("receipt")
    }

    static func incident(inConversation receipt: String, in db: any SQLTransaction) throws -> IncidentID? {
        try db.row(
            """
            SELECT message.incident FROM attempt JOIN message ON message.id = attempt.message
            WHERE attempt.receipt = \(receipt) AND attempt.outcome = 'delivered' AND message.step IN ('post', 'edit')
                AND message.incident IS NOT NULL
            ORDER BY message.id LIMIT 1
            """)?.incident("incident")
    }

    /// Whether the receiver has heard of the incident, and nothing more after `time`.
    ///
    /// - Parameter incident: an expression in the statement around it.
    static func wasLastHeard(of incident: SQL, by receiver: String, until time: Timestamp) -> SQL {
        // Nothing is greater than null: what the receiver never heard of is not among them.
        """
        \(time) >= (SELECT max(created_at) FROM message
            WHERE message.incident = \(incident) AND message.receiver = \(receiver))
        """
    }

    /// Only the first of an incident's waiting messages to a receiver can be claimed. Those without an incident are among
    /// themselves as well: a question of its own, because `IS NOT DISTINCT FROM` cannot use PostgreSQL's indexes.
    private static let isFirstOfItsIncident: SQL = """
        NOT EXISTS (SELECT 1 FROM message AS earlier
            WHERE earlier.state = 'pending' AND earlier.receiver = candidate.receiver
                AND earlier.incident = candidate.incident AND earlier.id < candidate.id)
            AND (candidate.incident IS NOT NULL OR NOT EXISTS (SELECT 1 FROM message AS earlier
                WHERE earlier.state = 'pending' AND earlier.receiver = candidate.receiver
                    AND earlier.incident IS NULL AND earlier.id < candidate.id))
        """
    /// The same for whoever looks at all of them: grouping takes nulls as equal.
    private static let firstOfIncidents: SQL =
        "SELECT min(id) FROM message WHERE state = 'pending' GROUP BY receiver, incident"

    /// What announces an incident goes before what adds to one that people know; pictures go last.
    private static let urgency: SQL = "CASE step WHEN 'post' THEN 0 WHEN 'picture' THEN 2 ELSE 1 END"

    static func claim(
        in db: any SQLTransaction, by worker: Int64, now: Timestamp, until end: Timestamp
    ) throws -> StoredMessage? {
        try db.row(
            """
            UPDATE message SET due_at = \(end), holds_until = \(end), leased_by = \(worker)
            WHERE id = (
                SELECT id FROM message AS candidate
                WHERE state = 'pending' AND (due_at IS NULL OR due_at <= \(now)) AND \(isFirstOfItsIncident)
                    AND NOT EXISTS (SELECT 1 FROM message AS holder
                        WHERE holder.receiver = candidate.receiver AND holder.holds_until > \(now))
                ORDER BY \(urgency), id LIMIT 1)
            RETURNING *
            """
        ).map { try message(row: $0, in: db) }
    }

    /// Ends the leases of which the condition is true; the wait that a platform asked for is no lease and stays.
    static func release(where isAbandoned: SQL, in db: any SQLTransaction) throws -> Int {
        try db.change(
            """
            UPDATE message SET due_at = NULL, holds_until = NULL, leased_by = NULL
            WHERE state = 'pending' AND leased_by IS NOT NULL AND \(isAbandoned)
            """)
    }

    static func messages(of incident: IncidentID, in db: any SQLTransaction) throws -> [StoredMessage] {
        try db.rows("SELECT * FROM message WHERE incident = \(incident) ORDER BY id")
            .map { try message(row: $0, in: db) }
    }

    /// A message comes when it is due and its receiver is no longer held, by whichever message.
    static func nextDue(in db: any SQLTransaction) throws -> Timestamp? {
        try db.row(
            """
            SELECT min(CASE WHEN held < due THEN due ELSE coalesce(held, due) END) AS due
            FROM (SELECT receiver, coalesce(due_at, created_at) AS due FROM message
                WHERE state = 'pending' AND id IN (\(firstOfIncidents))) AS candidate
            LEFT JOIN (SELECT receiver AS holder, max(holds_until) AS held FROM message
                WHERE holds_until IS NOT NULL GROUP BY receiver) AS holding ON holder = receiver
            """)?.timestampIfPresent("due")
    }

    private static func message(row: SQLRow, in db: any SQLTransaction) throws -> StoredMessage {
        let id = try row.integer("id")
        return StoredMessage(
            id: id,
            message: OutgoingMessage(
                incident: try row.integerIfPresent("incident").map(IncidentID.init(number:)),
                receiver: try row.text("receiver"), kind: try row.text("kind"),
                deduplicationKey: try row.text("deduplication_key"), payload: try row.bytes("payload"),
                createdAt: try row.timestamp("created_at"), step: try row.named("step")),
            state: try row.named("state"), attempts: try AttemptTable.attempts(of: id, in: db))
    }
}
