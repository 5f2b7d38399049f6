import GRDB
package import Telemetry

extension SQLiteJournal {
    /// Rows deleted in one transaction, so that webhooks get their turn between two of them.
    private static let pruningBatch = 500

    package func prune(before time: Timestamp) async throws(JournalError) -> PruneResult {
        // A group's newest notification goes after the older ones, or the next to come would be compared with one of
        // them and taken for its repeat.
        let older = try await delete("notification", Self.notification + "AND EXISTS (\(Self.later))", before: time)
        let newest = try await delete(
            "notification", Self.notification + "AND NOT EXISTS (\(Self.later)) AND NOT EXISTS (\(Self.earlier))",
            before: time)
        let messages = try await delete(
            "message", "old.state = 'sent' AND old.settled_at < ?1 AND NOT EXISTS (\(Self.openIncident))", before: time)
        let incidents = try await delete(
            "incident",
            """
            old.state = 'resolved' AND old.updated_at < ?1
                AND NOT EXISTS (SELECT 1 FROM notification WHERE notification.incident = old.id)
                AND NOT EXISTS (SELECT 1 FROM message WHERE message.incident = old.id)
            """, before: time)
        return PruneResult(notifications: older + newest, messages: messages, incidents: incidents)
    }

    /// A notification that Alertmanager still repeats must stay known, or its next repeat would be investigated as new:
    /// hence its last sight, not its arrival. The same for whatever belongs to an open incident.
    private static let notification =
        "old.state = 'finished' AND old.last_seen_at < ?1 AND NOT EXISTS (\(openIncident)) "
    private static let openIncident =
        "SELECT 1 FROM incident WHERE incident.id = old.incident AND incident.state = 'open'"
    private static let later = sameGroup + "other.id > old.id"
    private static let earlier = sameGroup + "other.id < old.id"
    private static let sameGroup = """
        SELECT 1 FROM notification AS other
        WHERE other.group_key = old.group_key AND other.receiver = old.receiver AND 
        """

    /// - Parameter condition: on the row `old`; its argument is the time.
    private func delete(
        _ table: String, _ condition: String, before time: Timestamp
    ) async throws(JournalError) -> Int {
        let statement = """
            DELETE FROM \(table) WHERE id IN
                (SELECT old.id FROM \(table) AS old WHERE \(condition) LIMIT \(Self.pruningBatch))
            """
        var total = 0
        while true {
            let deleted = try await store.write("delete what is old") { db in
                try db.execute(sql: statement, arguments: [time.nanoseconds])
                return db.changesCount
            }
            total += deleted
            if deleted < Self.pruningBatch { return total }
        }
    }
}
