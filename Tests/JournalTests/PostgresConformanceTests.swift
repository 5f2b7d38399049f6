import Journal
import PostgreSQL
import TestSupport
import Testing

@Suite struct PostgresConformanceTests {
    /// One test for all: the server is started once, and each case finds nothing in it.
    @Test func `the PostgreSQL journal keeps the contract`() async throws {
        try await PostgresServer.run { server in
            let database = try await server.database("journal")
            for conformance in JournalConformance.cases {
                do {
                    try PostgresConnection(PostgresAddress(database)).run("DROP SCHEMA IF EXISTS sabueso CASCADE")
                    try await conformance.run { try DatabaseJournal(postgres: database) }
                } catch {
                    Issue.record("\(conformance.name): \(error)")
                }
            }
        }
    }
}
