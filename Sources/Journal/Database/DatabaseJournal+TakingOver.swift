extension DatabaseJournal {
    /// Makes this process one that works through the journal, and takes up at once what dead ones left.
    ///
    /// - Throws: `unavailable` when the journal is a file that another process works through.
    package func takeOver() async throws(JournalError) {
        try await store.enlist()
        _ = try await takeUpAbandoned()
    }

    package func takeUpAbandoned() async throws(JournalError) -> Int {
        let isAbandoned = store.isAbandoned
        return try await store.write("take up what was left") { db in
            try InboxTable.release(where: isAbandoned, in: db) + OutboxTable.release(where: isAbandoned, in: db)
        }
    }
}
