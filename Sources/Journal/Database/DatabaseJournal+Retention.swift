package import Telemetry

extension DatabaseJournal {
    /// Rows deleted in one transaction, so that webhooks get their turn between two of them.
    private static let pruningBatch = 500

    package func prune(before time: Timestamp) async throws(JournalError) -> PruneResult {
        // A group's newest notification goes after the older ones, or the next to come would be compared with one of
        // them and taken for its repeat.
        let isOld: SQL = """
            old.state = 'finished' AND old.last_seen_at < \(time) AND NOT EXISTS (\(Self.openIncident))
            """
        let older = try await delete("notification", "\(isOld) AND EXISTS (\(Self.later))")
        let newest = try await delete(
            "notification", "\(isOld) AND NOT EXISTS (\(Self.later)) AND NOT EXISTS (\(Self.earlier))")
        let messages = try await delete(
            "message", "old.state = 'sent' AND old.settled_at < \(time) AND NOT EXISTS (\(Self.openIncident))")
        let incidents = try await delete(
            "incident",
            """
            old.state = 'resolved' AND old.updated_at < \(time)
                AND NOT EXISTS (SELECT 1 FROM notification WHERE notification.incident = old.id)
                AND NOT EXISTS (SELECT 1 FROM message WHERE message.incident = old.id)
            """)
        return PruneResult(notifications: older + newest, messages: messages, incidents: incidents)
    }

    /// A notification that Alertmanager still repeats must stay known, or its next repeat would be investigated as new:
    /// hence its last sight, not its arrival. The same for whatever belongs to an open incident.
    private static let openIncident: SQL =
        "SELECT 1 FROM incident WHERE incident.id = old.incident AND incident.state = 'open'"
    private static let later: SQL = "\(sameGroup) AND other.id > old.id"
    private static let earlier: SQL = "\(sameGroup) AND other.id < old.id"
    private static let sameGroup: SQL = """
        SELECT 1 FROM notification AS other WHERE other.group_key = old.group_key AND other.receiver = old.receiver
        """

    /// - Parameter condition: on the row `old`.
    private func delete(_ table: SQL, _ condition: SQL) async throws(JournalError) -> Int {
        var total = 0
        while true {
            let deleted = try await store.write("delete what is old") { db in
                try db.change(
                    """
                    DELETE FROM \(table) WHERE id IN
                        (SELECT old.id FROM \(table) AS old WHERE \(condition) LIMIT \(Self.pruningBatch))
                    """)
            }
            total += deleted
            if deleted < Self.pruningBatch { return total }
        }
    }
}
