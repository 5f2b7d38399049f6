import FoundationEssentials
import GRDB
import Telemetry
import TestSupport
import Testing

@testable import Journal

@Suite struct SQLiteFileTests {
    @Test func `what was accepted survives a crash`() async throws {
        try await TemporaryFolder.with { folder in
            let journal = try DatabaseJournal(path: "\(folder)/journal.sqlite")
            let first = try await journal.accept(Samples.notification(group: "a")).id
            _ = try await journal.claimNotification(now: .after(0), lease: .seconds(60))
            let second = try await journal.accept(Samples.notification(group: "b")).id
            // The file and its log as they are on disk at this moment; the connection has not been closed.
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: "\(folder)/journal.sqlite\(suffix)", toPath: "\(folder)/crashed.sqlite\(suffix)")
            }
            _ = try await journal.accept(Samples.notification(group: "c"))
            await journal.close()

            let recovered = try DatabaseJournal(path: "\(folder)/crashed.sqlite")
            #expect(try await recovered.counts().pendingNotifications == 2)
            #expect(try await recovered.claimNotification(now: .after(1), lease: .seconds(60))?.id == second)
            #expect(try await recovered.claimNotification(now: .after(60), lease: .seconds(60))?.id == first)
            await recovered.close()
        }
    }

    @Test func `a log that was cut off in the middle of a commit loses only that commit`() async throws {
        try await TemporaryFolder.with { folder in
            let journal = try DatabaseJournal(path: "\(folder)/journal.sqlite")
            let first = try await journal.accept(Samples.notification(group: "a")).id
            let log = URL(filePath: "\(folder)/journal.sqlite-wal")
            let intact = try Data(contentsOf: log).count
            _ = try await journal.accept(
                Samples.notification(group: "b", body: String(repeating: "x", count: 50_000)))
            let torn = try Data(contentsOf: log)
            #expect(torn.count > intact)
            try FileManager.default.copyItem(
                atPath: "\(folder)/journal.sqlite", toPath: "\(folder)/crashed.sqlite")
            try torn.prefix(intact + (torn.count - intact) / 2).write(to: URL(filePath: "\(folder)/crashed.sqlite-wal"))
            await journal.close()

            let recovered = try DatabaseJournal(path: "\(folder)/crashed.sqlite")
            #expect(try await recovered.counts().pendingNotifications == 1)
            #expect(try await recovered.claimNotification(now: .after(1), lease: .seconds(60))?.id == first)
            await recovered.close()
        }
    }

    @Test func `a file that cannot be created is an error that says what to do`() async throws {
        try await TemporaryFolder.with { folder in
            try Data("x".utf8).write(to: URL(filePath: "\(folder)/file"))
            // The kernel lets nobody create files in /proc, not even root; a folder's mode would not stop root.
            let paths = [
                "/proc/journal.sqlite", "\(folder)/missing/journal.sqlite", "\(folder)/file/journal.sqlite", folder,
            ]
            for path in paths {
                let error = #expect(throws: JournalError.self) { try DatabaseJournal(path: path) }
                let text = try required(error, "an error").description
                #expect(text.hasPrefix("the journal is unavailable: cannot open: \(path): "), "\(text)")
                #expect(text.contains("may this user write to its directory?"), "\(text)")
            }
            #expect(throws: JournalError.unavailable("the path of its file is empty")) { try DatabaseJournal(path: "") }
        }
    }

    @Test func `a file of another program is left alone`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/other.sqlite"
            try await DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE theirs (id INTEGER)") }
            let before = try Data(contentsOf: URL(filePath: path))
            let error = #expect(throws: JournalError.self) { try DatabaseJournal(path: path) }
            #expect(try required(error, "an error").description.contains("another program"))
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    @Test func `a file of a newer release is refused by the name of its schema`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            await (try DatabaseJournal(path: path)).close()
            try await DatabaseQueue(path: path).write {
                try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99')")
            }
            let error = #expect(throws: JournalError.self) { try DatabaseJournal(path: path) }
            let text = try required(error, "an error").description
            #expect(text.contains("written by a newer release (schema v99)"), "\(text)")
        }
    }

    @Test func `a file that is no database is called corrupt at once`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            try Data(repeating: 7, count: 10_000).write(to: URL(filePath: path))
            let error = #expect(throws: JournalError.self) { try DatabaseJournal(path: path) }
            guard case .corrupt(let reason) = try required(error, "an error") else {
                Issue.record("not corrupt: \(String(describing: error))")
                return
            }
            #expect(reason.contains(path) && reason.contains("move the file away"), "\(reason)")
        }
    }

    @Test func `a damaged page is an error and not the end of the process`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            let journal = try DatabaseJournal(path: path)
            for index in 0..<50 {
                _ = try await journal.accept(
                    Samples.notification(group: "group \(index)", body: String(repeating: "x", count: 3_000)))
            }
            let schemaPages = 30
            await journal.close()
            var bytes = try Data(contentsOf: URL(filePath: path))
            // Everything behind the schema's own pages becomes noise.
            for index in (schemaPages * 4_096)..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
            try bytes.write(to: URL(filePath: path))
            let damaged = try DatabaseJournal(path: path)
            var errors: [JournalError] = []
            for second in 0..<60 {
                do {
                    _ = try await damaged.claimNotification(now: .after(Int64(second)), lease: .seconds(600))
                } catch let error as JournalError {
                    errors.append(error)
                }
            }
            let first = try required(errors.first, "an error")
            guard case .corrupt = first else {
                Issue.record("not corrupt: \(first)")
                return
            }
            await damaged.close()
        }
    }

    @Test func `two processes that start at the same time on a new file both get it`() async throws {
        for _ in 0..<20 {
            try await TemporaryFolder.with { folder in
                let path = "\(folder)/journal.sqlite"
                let journals = try await withThrowingTaskGroup(of: DatabaseJournal.self) { group in
                    for _ in 0..<2 { group.addTask { try DatabaseJournal(path: path) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for journal in journals { _ = try await journal.accept(Samples.notification()) }
                for journal in journals {
                    #expect(try await journal.counts().pendingNotifications == 1)
                    await journal.close()
                }
            }
        }
    }

    @Test func `a process that waits too long for another one's write says so`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            let journal = try DatabaseJournal(path: path, busyTimeout: .milliseconds(1))
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: path, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
            let error = await #expect(throws: JournalError.self) { try await journal.accept(Samples.notification()) }
            #expect(try required(error, "an error").description.contains("another process is writing"))
            try await other.writeWithoutTransaction { try $0.rollback() }
            _ = try await journal.accept(Samples.notification())
            await journal.close()
        }
    }

    @Test func `the first release's file is carried over with everything in it`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            let dump = try Repository.text("Tests/Fixtures/Journal/v1.sql")
            try await DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: dump) }
            let journal = try DatabaseJournal(path: path)
            #expect(
                try await journal.counts()
                    == JournalCounts(
                        pendingNotifications: 1, parkedNotifications: 1, openIncidents: 1, pendingMessages: 1,
                        parkedMessages: 1))
            #expect(try await journal.accept(Samples.notification(group: "open")) == .repeated(id: 1))
            let waiting = try await journal.claimNotification(now: .after(90), lease: .seconds(60))
            #expect(waiting?.groupKey == "waiting")
            #expect(waiting?.body == Array("{\"status\":\"firing\"}".utf8))
            #expect(waiting?.attempts == 1)
            let incident = try await journal.openIncident(groupKey: "open", receiver: "sabueso")
            #expect(incident?.headline == "Spot node aks-spot-3 was preempted")
            #expect(incident?.investigatedBody == Array("{\"status\":\"firing\"}".utf8))
            let messages = try await journal.messages(of: IncidentID(number: 1))
            #expect(messages.map(\.state) == [.sent, .pending, .parked])
            #expect(
                messages.first?.attempts == [
                    DeliveryAttempt(at: .after(1), outcome: .retry(at: .after(2)), detail: "429"),
                    DeliveryAttempt(at: .after(2), outcome: .delivered(receipt: "ok"), detail: "200"),
                ])
            await journal.close()
        }
    }

    @Test func `the first schema is what was released`() async throws {
        try await TemporaryFolder.with { folder in
            func schema(_ name: String, _ fill: (DatabaseQueue) throws -> Void) throws -> [String] {
                let queue = try DatabaseQueue(path: "\(folder)/\(name)")
                try fill(queue)
                return try queue.read {
                    try String.fetchAll(
                        $0,
                        sql:
                            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"
                    )
                }
            }
            let dump = try Repository.text("Tests/Fixtures/Journal/v1.sql")
            let released = try schema("released") { try $0.writeWithoutTransaction { try $0.execute(sql: dump) } }
            let ours = try schema("ours") { try SQLiteStore.migrator.migrate($0, upTo: "v1") }
            #expect(ours == released)
            #expect(ours.count > 10)
        }
    }

    @Test func `a digest is SHA-256`() throws {
        let digest = try SHA256.digest(of: "abc")
        let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try SHA256.digest(of: "").count == SHA256.digestLength)
    }
}
