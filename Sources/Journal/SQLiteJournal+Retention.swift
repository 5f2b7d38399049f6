import GRDB
package import Telemetry

extension SQLiteJournal {
    /// Rows deleted in one transaction, so that webhooks get their turn between two of them.
    private static let pruningBatch = 500

    package func prune(before time: Timestamp) async throws(JournalError) -> PruneResult {
        // A notification that Alertmanager still repeats must stay known, or its next repeat would be investigated as
        // new: hence its last sight, not its arrival. The same for whatever belongs to an open incident.
        let notifications = try await delete(
            """
            DELETE FROM notification WHERE id IN (
                SELECT id FROM notification WHERE state = 'finished' AND last_seen_at < ?
                    AND (incident IS NULL OR incident NOT IN (SELECT id FROM incident WHERE state = 'open'))
                LIMIT \(Self.pruningBatch))
            """, before: time)
        let messages = try await delete(
            """
            DELETE FROM message WHERE id IN (
                SELECT id FROM message WHERE state = 'sent' AND settled_at < ?
                    AND (incident IS NULL OR incident NOT IN (SELECT id FROM incident WHERE state = 'open'))
                LIMIT \(Self.pruningBatch))
            """, before: time)
        return PruneResult(notifications: notifications, messages: messages)
    }

    private func delete(_ statement: String, before time: Timestamp) async throws(JournalError) -> Int {
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
