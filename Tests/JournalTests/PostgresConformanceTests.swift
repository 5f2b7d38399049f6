import Journal
import TestSupport
import Testing

@Suite struct PostgresConformanceTests {
    /// One test for all: the server is started once, and each case gets a database of its own.
    @Test func `the PostgreSQL journal keeps the contract`() async throws {
        let server = try await PostgresServer()
        for (number, conformance) in JournalConformance.cases.enumerated() {
            do {
                let database = try await server.database("case_\(number)")
                try await conformance.run { try DatabaseJournal(postgres: database) }
            } catch {
                Issue.record("\(conformance.name): \(error)")
            }
        }
        await server.stop()
    }
}
