import Journal
import Testing

@Suite struct SQLiteConformanceTests {
    @Test(arguments: JournalConformance.cases)
    func `the SQLite journal keeps the contract`(_ conformance: JournalConformance) async throws {
        try await TemporaryFolder.with { folder in
            try await conformance.run { try DatabaseJournal(path: "\(folder)/journal.sqlite") }
        }
    }

    @Test func `a journal in memory works and is private`() async throws {
        let one = try DatabaseJournal(path: ":memory:")
        let two = try DatabaseJournal(path: ":memory:")
        _ = try await one.accept(Samples.notification())
        #expect(try await one.counts().pendingNotifications == 1)
        #expect(try await two.counts().pendingNotifications == 0)
        await one.close()
        await two.close()
    }
}
