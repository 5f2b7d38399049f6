import TestSupport
import Testing

@testable import PostgreSQL

@Suite struct ConnectionTests {
    @Test func `values come back as they went`() async throws {
        let server = try await PostgresServer()
        let connection = try PostgresConnection(PostgresAddress(server.address(of: "postgres")))
        for value: PostgresValue in [
            .text("abc"), .integer(-5), .integer(.min), .real(0.25), .bytes([0, 255]), .bytes([]), .text(""),
            .text("ñ"),
        ] {
            #expect(try connection.ask("SELECT $1 AS v", [value]).rows == [[value]])
        }
        await server.stop()
    }
}
