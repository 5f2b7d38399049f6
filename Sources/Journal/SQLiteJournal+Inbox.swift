import GRDB
package import Telemetry

extension SQLiteJournal {
    package func accept(_ notification: IncomingNotification) async throws(JournalError) -> Acceptance {
        try await inbox.accept(notification)
    }

    package func claimNotification(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredNotification? {
        try await store.write("claim a notification") { db in
            try InboxTable.claim(in: db, now: now, until: now + lease)
        }
    }

    package func finishNotification(_ id: Int64, incident: IncidentID?) async throws(JournalError) {
        try await settle(
            id, "finish notification \(id)", "state = 'finished', due_at = NULL, incident = ?", [incident?.number])
    }

    package func releaseNotification(
        _ id: Int64, retryAt: Timestamp, reason: String
    ) async throws(JournalError) {
        try await settle(
            id, "release notification \(id)", "due_at = ?, reason = ?, claims = max(0, claims - 1)",
            [retryAt.nanoseconds, reason])
    }

    package func parkNotification(_ id: Int64, reason: String) async throws(JournalError) {
        try await settle(
            id, "park notification \(id)", "state = 'parked', due_at = NULL, reason = ?", [reason])
    }

    /// What is finished or parked already stays so: its lease had ended, and another worker was faster.
    private func settle(
        _ id: Int64, _ attempt: String, _ assignments: String, _ arguments: StatementArguments
    ) async throws(JournalError) {
        try await store.write(attempt) { db in
            try db.execute(
                sql: "UPDATE notification SET \(assignments) WHERE id = ? AND state = 'pending'",
                arguments: arguments + [id])
            guard db.changesCount == 0 else { return }
            guard try Bool.fetchOne(db, sql: "SELECT 1 FROM notification WHERE id = ?", arguments: [id]) == true else {
                throw JournalError.corrupt("cannot \(attempt): it is not there any more; was the file replaced?")
            }
        }
    }
}
