package import Telemetry

extension DatabaseJournal {
    package func openIncident(groupKey: String, receiver: String) async throws(JournalError) -> Incident? {
        try await store.read("read the open incident of a group") { db in
            try db.row(
                """
                SELECT * FROM incident
                WHERE group_key = \(try GroupKey.stored(groupKey)) AND receiver = \(receiver) AND state = 'open'
                """
            ).map(Incident.init(row:))
        }
    }

    package func incident(_ id: IncidentID) async throws(JournalError) -> Incident? {
        try await store.read("read incident \(id)") { db in
            try db.row("SELECT * FROM incident WHERE id = \(id)").map(Incident.init(row:))
        }
    }

    package func incidents(limit: Int) async throws(JournalError) -> [Incident] {
        try await store.read("read the incidents") { db in
            // SQLite takes a negative limit as none, and PostgreSQL refuses it.
            try db.rows("SELECT * FROM incident ORDER BY id DESC LIMIT \(max(0, limit))").map(Incident.init(row:))
        }
    }

    package func openIncidents() async throws(JournalError) -> [Incident] {
        try await store.read("read the open incidents") { db in
            try db.rows("SELECT * FROM incident WHERE state = 'open' ORDER BY id").map(Incident.init(row:))
        }
    }

    package func incidentToLookAtAgain(dueAt now: Timestamp) async throws(JournalError) -> Incident? {
        try await store.read("read which incident is looked at again") { db in
            try db.row(
                """
                SELECT * FROM incident WHERE state = 'open' AND look_again_at <= \(now)
                ORDER BY look_again_at, id LIMIT 1
                """
            ).map(Incident.init(row:))
        }
    }

    package func openIncidents(toldIn channel: String) async throws(JournalError) -> [Incident] {
        try await store.read("read the open incidents of a channel") { db in
            let beginning = "\(channel) "
            return try db.rows(
                """
                SELECT * FROM incident WHERE state = 'open' AND EXISTS (
                    SELECT 1 FROM message JOIN attempt ON attempt.message = message.id
                    WHERE message.incident = incident.id AND message.step IN ('post', 'edit')
                        AND attempt.outcome = 'delivered'
                        AND substr(attempt.receipt, 1, length(\(beginning))) = \(beginning))
                ORDER BY id
                """
            ).map(Incident.init(row:))
        }
    }

    package func save(
        _ incident: Incident, messages: [OutgoingMessage], held: [HeldIncident], ifUntouchedSince time: Timestamp
    ) async throws(JournalError) -> Bool {
        try await store.write("save incident \(incident.id)") { db in
            let isUntouched = try db.exists(
                "SELECT 1 FROM incident WHERE id = \(incident.id) AND state = 'open' AND updated_at = \(time)")
            guard isUntouched else { return false }
            try Self.save(incident, messages, held, in: db)
            return true
        }
    }

    package func untakenIncidents(
        unheardBy receiver: String, since time: Timestamp
    ) async throws(JournalError) -> [Incident] {
        try await store.read("read the open incidents that nobody took") { db in
            try db.rows(
                """
                SELECT * FROM incident WHERE state = 'open'
                    AND NOT EXISTS (SELECT 1 FROM remark
                        WHERE remark.incident = incident.id AND remark.kind = 'acknowledged')
                    AND \(OutboxTable.wasLastHeard(of: "incident.id", by: receiver, until: time))
                ORDER BY id
                """
            ).map(Incident.init(row:))
        }
    }

    package func save(
        _ incident: Incident, messages: [OutgoingMessage], held: [HeldIncident]
    ) async throws(JournalError) {
        try await store.write("save incident \(incident.id)") { db in
            try Self.save(incident, messages, held, in: db)
        }
    }

    private static func save(
        _ incident: Incident, _ messages: [OutgoingMessage], _ held: [HeldIncident], in db: any SQLTransaction
    ) throws {
        try incident.upsert(in: db)
        for one in held { try HeldTable.hold(one, in: db) }
        for message in messages { try OutboxTable.add(message, in: db) }
    }
}

extension Incident {
    fileprivate init(row: SQLRow) throws {
        self.init(
            id: try row.incident("id"), groupKey: try row.text("group_key"), receiver: try row.text("receiver"),
            alertName: try row.text("alert_name"), playbook: try row.text("playbook"), state: try row.named("state"),
            startsAt: try row.timestamp("starts_at"), resolvedAt: try row.timestampIfPresent("resolved_at"),
            openedAt: try row.timestamp("opened_at"), updatedAt: try row.timestamp("updated_at"),
            alertBody: try row.bytes("alert_body"), investigatedBody: try row.bytes("investigated_body"),
            headline: try row.text("headline"), diagnosis: try row.bytes("diagnosis"),
            lookAgainAt: try row.timestampIfPresent("look_again_at"))
    }

    /// Updates in place: `INSERT OR REPLACE` would delete the row first, against which its messages' references speak.
    fileprivate func upsert(in db: any SQLTransaction) throws {
        try db.change(
            """
            INSERT INTO incident (id, group_key, receiver, alert_name, playbook, state, starts_at, resolved_at,
                opened_at, updated_at, headline, alert_body, investigated_body, diagnosis, look_again_at)
            VALUES (\(id), \(try GroupKey.stored(groupKey)), \(receiver), \(alertName), \(playbook), \(state.rawValue), \(startsAt),
                \(resolvedAt), \(openedAt), \(updatedAt), \(headline), \(alertBody), \(investigatedBody),
                \(diagnosis), \(lookAgainAt))
            ON CONFLICT (id) DO UPDATE SET group_key = excluded.group_key, receiver = excluded.receiver,
                alert_name = excluded.alert_name, playbook = excluded.playbook, state = excluded.state,
                starts_at = excluded.starts_at, resolved_at = excluded.resolved_at,
                opened_at = excluded.opened_at, updated_at = excluded.updated_at, headline = excluded.headline,
                alert_body = excluded.alert_body, investigated_body = excluded.investigated_body,
                diagnosis = excluded.diagnosis, look_again_at = excluded.look_again_at
            """)
    }
}
