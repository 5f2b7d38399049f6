import FoundationEssentials
import GRDB
import Telemetry
import Testing

@testable import Journal

@Suite struct ReadingTests {
    @Test func `a running service's journal is read beside it, unchanged and unlocked`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            let service = try DatabaseJournal(path: path)
            try await service.takeOver()
            try await service.save(Samples.incident(headline: "first"), messages: [Samples.message("k")])

            let reader = try DatabaseJournal(readingFrom: path)
            #expect(try await reader.incident(IncidentID(number: 1))?.headline == "first")
            #expect(try await reader.messages(of: IncidentID(number: 1)).count == 1)
            try await service.save(Samples.incident(headline: "second"), messages: [])
            #expect(try await reader.incidents(limit: 5).map(\.headline) == ["second"])
            #expect(try await reader.counts() == service.counts())
            #expect(try await reader.nextDue() == service.nextDue())
            await reader.close()
            _ = try await service.accept(Samples.notification())
            await service.close()
        }
    }

    @Test func `whoever reads cannot write`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            await (try DatabaseJournal(path: path)).close()
            let before = try Data(contentsOf: URL(filePath: path))
            let journal = try DatabaseJournal(readingFrom: path)
            let attempt = DeliveryAttempt(at: .after(0), outcome: .parked, detail: "")
            let writes: [(String, @Sendable () async throws -> Void)] = [
                ("store a notification", { _ = try await journal.accept(Samples.notification()) }),
                ("claim a notification", { _ = try await journal.claimedNotification(0) }),
                ("finish notification 1", { try await journal.finishNotification(1, incident: nil) }),
                (
                    "release notification 1",
                    { try await journal.releaseNotification(1, retryAt: .after(0), reason: "") }
                ),
                ("park notification 1", { try await journal.parkNotification(1, reason: "") }),
                ("save incident i-1", { try await journal.save(Samples.incident(), messages: []) }),
                ("claim a message", { _ = try await journal.claimedMessage(0) }),
                ("record an attempt to send message 1", { try await journal.recordAttempt(1, attempt) }),
                ("put messages into the outbox", { try await journal.enqueue([]) }),
                ("delete what is old", { _ = try await journal.prune(before: .after(0)) }),
                ("take up what was left", { try await journal.takeOver() }),
            ]
            for (what, write) in writes {
                await #expect(
                    throws: JournalError.unavailable("cannot \(what): \(path) was opened for reading only")
                ) { try await write() }
            }
            await journal.close()
            await #expect(throws: JournalError.self) { try await journal.counts() }
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
            #expect(!FileManager.default.fileExists(atPath: "\(path).lock"))
        }
    }

    @Test func `a file with another schema is refused, and left as it is`() async throws {
        try await TemporaryFolder.with { folder in
            let cases: [(name: String, change: String, said: String)] = [
                ("newer", "INSERT INTO grdb_migrations VALUES ('v99')", "written by a newer release (schema v99)"),
                ("older", "DELETE FROM grdb_migrations", "written by an older release"),
                ("unfinished", "DROP TABLE grdb_migrations", "written by an older release"),
                ("other", "PRAGMA application_id = 7", "is no journal"),
            ]
            for (name, change, said) in cases {
                let path = "\(folder)/\(name).sqlite"
                await (try DatabaseJournal(path: path)).close()
                let other = try DatabaseQueue(path: path)
                try await other.writeWithoutTransaction { db in
                    try db.execute(sql: change)
                    try db.checkpoint(.truncate)
                }
                try other.close()
                let before = try Data(contentsOf: URL(filePath: path))
                let error = #expect(throws: JournalError.self) { try DatabaseJournal(readingFrom: path) }
                let text = try required(error, "an error").description
                #expect(text.contains(path) && text.contains(said), "\(text)")
                #expect(try Data(contentsOf: URL(filePath: path)) == before)
            }
        }
    }

    @Test func `a file that is not there is not created`() async throws {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/journal.sqlite"
            let error = #expect(throws: JournalError.self) { try DatabaseJournal(readingFrom: path) }
            let text = try required(error, "an error").description
            #expect(text.contains("cannot open for reading: \(path): ") && text.contains("is it there"), "\(text)")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }
}
