extension DatabaseJournal {
    /// Makes this process one that works through the journal, and takes up at once what dead ones left.
    ///
    /// - Throws: `unavailable` when the journal is a file that another process works through.
    package func takeOver() async throws(JournalError) {
        try await store.enlist()
        _ = try await takeUpAbandoned()
    }

    package func takeUpAbandoned() async throws(JournalError) -> Int {
        let (store, roll) = (store, roll)
        let (notifications, messages) = (notificationsInHand, messagesInHand)
        return try await store.write("take up what was left") { db in
            let workers = try db.rows(
                """
                SELECT leased_by FROM notification WHERE state = 'pending' AND leased_by IS NOT NULL
                UNION SELECT leased_by FROM message WHERE state = 'pending' AND leased_by IS NOT NULL
                """
            ).map { try $0.integer("leased_by") }
            guard !workers.isEmpty else { return 0 }
            let missing = Set(workers).subtracting(try store.livingWorkers(in: db))
            let gone = roll.gone(missing, after: store.looksUntilGone)
            func isAbandoned(_ hand: Hand) -> SQL {
                let isForgotten: SQL = "leased_by = \(store.worker) AND NOT \(Self.isAmong("id", hand.held))"
                return "(\(Self.isAmong("leased_by", gone.sorted())) OR \(isForgotten))"
            }
            return try InboxTable.release(where: isAbandoned(notifications), in: db)
                + OutboxTable.release(where: isAbandoned(messages), in: db)
        }
    }

    /// A list of no values is not valid everywhere.
    private static func isAmong(_ column: SQL, _ values: [Int64]) -> SQL {
        guard !values.isEmpty else { return "FALSE" }
        return "\(column) IN (\(values.map { "\($0)" as SQL }.joined(separator: ", ")))"
    }
}
