package import Telemetry

extension DatabaseJournal {
    package func accept(_ notification: IncomingNotification) async throws(JournalError) -> Acceptance {
        try await inbox.accept(notification)
    }

    package func claimNotification(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredNotification? {
        let worker = store.worker
        return try await notificationsInHand.claim("claim a notification", from: store, id: { $0.id }) { db in
            try InboxTable.claim(in: db, by: worker, now: now, until: now + lease)
        }
    }

    package func finishNotification(_ id: Int64, incident: IncidentID?) async throws(JournalError) {
        try await settle(
            id, "finish notification \(id)", "state = 'finished', due_at = NULL, incident = \(incident)",
            ofAnyWorker: true)
        notificationsInHand.drop(id)
    }

    package func releaseNotification(
        _ id: Int64, retryAt: Timestamp, reason: String
    ) async throws(JournalError) {
        // Also when it cannot be given back now: then it is taken up with what was left.
        defer { notificationsInHand.drop(id) }
        try await settle(
            id, "release notification \(id)",
            """
            due_at = \(retryAt), reason = \(reason), claims = CASE WHEN claims > 0 THEN claims - 1 ELSE 0 END
            """)
    }

    package func parkNotification(_ id: Int64, reason: String) async throws(JournalError) {
        try await settle(
            id, "park notification \(id)", "state = 'parked', due_at = NULL, reason = \(reason)")
        notificationsInHand.drop(id)
    }

    /// What is finished or parked already stays so: its lease had ended, and another worker was faster. What another one
    /// has claimed by then can be finished, for the work is done, but neither given back nor given up.
    private func settle(_ id: Int64, _ attempt: String, _ assignments: SQL, ofAnyWorker: Bool = false)
        async throws(JournalError)
    {
        let isOurs: SQL = ofAnyWorker ? "TRUE" : "coalesce(leased_by, \(store.worker)) = \(store.worker)"
        try await store.write(attempt) { db in
            let changed = try db.change(
                """
                UPDATE notification SET \(assignments), leased_by = NULL
                WHERE id = \(id) AND state = 'pending' AND \(isOurs)
                """)
            guard changed == 0 else { return }
            guard try db.exists("SELECT 1 FROM notification WHERE id = \(id)") else {
                throw JournalError.corrupt("cannot \(attempt): it is not there any more; was the journal replaced?")
            }
        }
    }
}
