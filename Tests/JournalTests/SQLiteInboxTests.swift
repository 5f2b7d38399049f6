import Dispatch
import GRDB
import Telemetry
import Testing

@testable import Journal

@Suite struct SQLiteInboxTests {
    @Test func `a thousand concurrent webhooks share a few commits and are all on disk`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            let journal = try DatabaseJournal(path: path)
            // The connection is kept busy until all callers wait, so that the number of commits is no chance.
            let gate = DispatchSemaphore(value: 0)
            journal.store.schedule(.reading, "wait") { _ in
                gate.wait()
            } finish: { _ in
            }
            let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
                for index in 0..<1_000 {
                    group.addTask { try await journal.accept(Samples.notification(group: "group \(index)")).id }
                }
                while journal.inbox.waiting < 1_000 { await Task.yield() }
                gate.signal()
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1_000)
            #expect(journal.inboxCommits == 2, "512 and 488")

            // What another connection sees in the file, while the journal is still open, is what a crash would leave.
            let stored = try await DatabaseQueue(path: path).read { db in
                try Set(Int64.fetchAll(db, sql: "SELECT id FROM notification"))
            }
            #expect(stored == ids)
            await journal.close()
        }
    }

    @Test func `a commit is synced to the disk and the log is written ahead`() async throws {
        try await TemporaryFolder.with { folder in
            let journal = try DatabaseJournal(path: "\(folder)/journal.sqlite")
            let pragmas = try await journal.store.read("read the settings") { db in
                try ["PRAGMA journal_mode", "PRAGMA synchronous", "PRAGMA foreign_keys"].map { pragma in
                    try db.row(SQL(stringLiteral: pragma))?.values
                }
            }
            #expect(pragmas == [[.text("wal")], [.integer(2)], [.integer(1)]])
            await journal.close()
        }
    }

    @Test func `one bad row fails alone`() async throws {
        try await TemporaryFolder.with { folder in
            let journal = try DatabaseJournal(path: "\(folder)/journal.sqlite")
            try await journal.store.write("prepare") { db in
                _ = try db.change(
                    """
                    CREATE TRIGGER refusal BEFORE INSERT ON notification WHEN new.group_key = 'bad'
                    BEGIN SELECT raise(ABORT, 'refused'); END
                    """)
            }
            let gate = DispatchSemaphore(value: 0)
            journal.store.schedule(.reading, "wait") { _ in
                gate.wait()
            } finish: { _ in
            }
            let outcomes = await withTaskGroup(of: (String, Bool).self) { group in
                for name in ["good 1", "bad", "good 2"] {
                    group.addTask {
                        do {
                            _ = try await journal.accept(Samples.notification(group: name))
                            return (name, true)
                        } catch {
                            return (name, false)
                        }
                    }
                }
                while journal.inbox.waiting < 3 { await Task.yield() }
                gate.signal()
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes == ["good 1": true, "bad": false, "good 2": true])
            #expect(journal.inboxCommits == 1)
            #expect(try await journal.counts().pendingNotifications == 2)
            await journal.close()
        }
    }

    @Test func `a full inbox refuses what is new, recognises repeats, and takes again what fits`() async throws {
        let journal = try DatabaseJournal(path: ":memory:", waitingLimit: 2)
        let first = try await journal.accept(Samples.notification(group: "1")).id
        _ = try await journal.accept(Samples.notification(group: "2"))
        await #expect(throws: JournalError.full(waiting: 2, limit: 2)) {
            try await journal.accept(Samples.notification(group: "3"))
        }
        #expect(try await journal.accept(Samples.notification(group: "1")) == .repeated(id: first))
        try await journal.finishNotification(first, incident: nil)
        #expect(try await journal.accept(Samples.notification(group: "3")).id > first)
        await journal.close()
    }

    @Test func `callers that share a commit also share the limit`() async throws {
        let journal = try DatabaseJournal(path: ":memory:", waitingLimit: 5)
        let stored = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                group.addTask {
                    (try? await journal.accept(Samples.notification(group: "group \(index)"))) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(stored == 5)
        #expect(try await journal.counts().pendingNotifications == 5)
        await journal.close()
    }

    @Test func `repeats are counted, with the time of the latest`() async throws {
        let journal = try DatabaseJournal(path: ":memory:")
        for seconds: Int64 in [0, 300, 200] { _ = try await journal.accept(Samples.notification(after: seconds)) }
        let row = try await journal.store.read("read") { db in
            try db.row("SELECT repeats, last_seen_at, length(identity) FROM notification")?.values
        }
        #expect(row == [.integer(2), .integer(Timestamp.after(300).nanoseconds), .integer(32)])
        await journal.close()
    }

    @Test func `a full disk refuses the notification and loses nothing that was accepted`() async throws {
        try await TemporaryFolder.with { folder in
            let journal = try DatabaseJournal(path: "\(folder)/journal.sqlite")
            _ = try await journal.accept(Samples.notification(group: "before"))
            try await journal.store.write("prepare") { db in
                let pages = try db.row("PRAGMA page_count")?.integer("page_count") ?? 0
                _ = try db.rows(SQL(stringLiteral: "PRAGMA max_page_count = \(pages + 1)"))
            }
            let error = await #expect(throws: JournalError.self) {
                try await journal.accept(
                    Samples.notification(group: "large", body: String(repeating: "x", count: 100_000)))
            }
            let text = try required(error, "an error").description
            #expect(
                text.contains("journal is unavailable") && text.contains("the disk is full: free some space"), "\(text)"
            )
            try await journal.store.write("free") { _ = try $0.rows("PRAGMA max_page_count = 1000000") }
            _ = try await journal.accept(Samples.notification(group: "after"))
            #expect(try await journal.counts().pendingNotifications == 2)
            await journal.close()
        }
    }
}
