import GRDB
import Synchronization

extension SQLiteJournal {
    /// Makes this process the only one that works through the journal, and takes up at once what the one before it left.
    ///
    /// A lease protects work from other workers. When no other process can be alive (each worker's process holds the same
    /// lock), leases are those of a process that died, and waiting for their end would only delay what people should
    /// know. The time that a chat platform asked to wait is not a lease and stays.
    ///
    /// - Throws: `unavailable` when another process has taken over this journal and lives.
    package func takeOver() async throws(JournalError) {
        if !store.isReadOnly, store.path != ":memory:" {
            let lock = try JournalLock(beside: store.path)
            ownership.withLock { $0 = lock }
        }
        try await store.write("take up what was left") { db in
            try db.execute(sql: "UPDATE notification SET due_at = NULL WHERE state = 'pending' AND due_at IS NOT NULL")
            try db.execute(
                sql: """
                    UPDATE message SET due_at = NULL, holds_until = NULL WHERE state = 'pending' AND due_at IS NOT NULL AND NOT EXISTS
                        (SELECT 1 FROM attempt WHERE attempt.message = message.id AND attempt.retry_at = message.due_at)
                    """)
        }
    }
}
