package import Telemetry

extension DatabaseJournal {
    package func nextDue() async throws(JournalError) -> Timestamp? {
        try await store.read("find what is due next") { db in
            [try InboxTable.nextDue(in: db), try OutboxTable.nextDue(in: db)].compactMap { $0 }.min()
        }
    }

    package func counts() async throws(JournalError) -> JournalCounts {
        try await store.read("count what is in the journal") { db in
            func count(_ table: SQL, _ state: String) throws -> Int {
                try db.count("SELECT count(*) AS count FROM \(table) WHERE state = \(state)")
            }
            return JournalCounts(
                pendingNotifications: try InboxTable.countPending(db),
                parkedNotifications: try count("notification", "parked"),
                openIncidents: try count("incident", "open"), pendingMessages: try count("message", "pending"),
                parkedMessages: try count("message", "parked"))
        }
    }
}
