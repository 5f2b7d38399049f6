package import Telemetry

extension DatabaseJournal {
    package func accept(_ notification: IncomingNotification) async throws(JournalError) -> Acceptance {
        try await inbox.accept(notification)
    }

    package func claimNotification(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredNotification? {
        let worker = store.worker
        return try await store.write("claim a notification") { db in
            try InboxTable.claim(in: db, by: worker, now: now, until: now + lease)
        }
    }

    package func finishNotification(_ id: Int64, incident: IncidentID?) async throws(JournalError) {
        try await settle(
            id, "finish notification \(id)", "state = 'finished', due_at = NULL, incident = \(incident)")
    }

    package func releaseNotification(
        _ id: Int64, retryAt: Timestamp, reason: String
    ) async throws(JournalError) {
        try await settle(
            id, "release notification \(id)",
            """
            due_at = \(retryAt), reason = \(reason), claims = CASE WHEN claims > 0 THEN claims - 1 ELSE 0 END
            """)
    }

    package func parkNotification(_ id: Int64, reason: String) async throws(JournalError) {
        try await settle(
            id, "park notification \(id)", "state = 'parked', due_at = NULL, reason = \(reason)")
    }

    /// What is finished or parked already stays so: its lease had ended, and another worker was faster.
    private func settle(_ id: Int64, _ attempt: String, _ assignments: SQL) async throws(JournalError) {
        try await store.write(attempt) { db in
            let changed = try db.change(
                "UPDATE notification SET \(assignments), leased_by = NULL WHERE id = \(id) AND state = 'pending'")
            guard changed == 0 else { return }
            guard try db.exists("SELECT 1 FROM notification WHERE id = \(id)") else {
                throw JournalError.corrupt("cannot \(attempt): it is not there any more; was the journal replaced?")
            }
        }
    }
}
