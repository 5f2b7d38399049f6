import Glibc
import TestSupport
import Testing

@testable import PostgreSQL

@Suite struct ConnectionTests {
    @Test func `values come back as they went, and refusals as errors`() async throws {
        try await PostgresServer.run { server in
            let connection = try PostgresConnection(PostgresAddress(server.address(of: "postgres")))
            #expect(connection.isAlive)
            let values: [PostgresValue] = [
                .text("ñandú 🐶"), .text(""), .integer(-5), .integer(.min), .integer(.max), .real(0.25),
                .real(-.infinity),
                .bytes([0, 255]), .bytes([]), .bytes([UInt8](repeating: 7, count: 3 << 20)),
            ]
            for value in values { #expect(try connection.ask("SELECT $1 AS v", [value]).rows == [[value]]) }
            #expect(try connection.ask("SELECT $1::bigint IS NULL AS v", [.null]).rows == [[.integer(1)]])
            #expect(try connection.ask("SELECT $1 AS v", [.text("a\0b")]).rows == [[.text("a\u{FFFD}b")]])
            let small = try connection.ask(
                "SELECT (-2)::smallint AS a, 70000 AS b, true AS c, null AS d, 3000000000::oid AS e")
            #expect(small.columns == ["a", "b", "c", "d", "e"])
            #expect(small.rows == [[.integer(-2), .integer(70_000), .integer(1), .null, .integer(3_000_000_000)]])
            #expect(throws: PostgresError.unreadable("a column is of the type 1700, which is not read here")) {
                try connection.ask("SELECT 1.5 AS v")
            }

            try connection.run("CREATE TABLE t (n BIGINT PRIMARY KEY); INSERT INTO t VALUES (1), (2)")
            #expect(try connection.ask("UPDATE t SET n = n + $1", [.integer(10)]).changedRows == 2)
            let refusal = #expect(throws: PostgresError.self) {
                try connection.ask("INSERT INTO t VALUES ($1)", [.integer(11)])
            }
            #expect(refusal?.blamesValues == true)
            try connection.run("BEGIN")
            #expect(throws: PostgresError.self) { try connection.ask("INSERT INTO t VALUES (11)") }
            #expect(throws: PostgresError.refused(code: "25P02", message: "a statement of the transaction had failed"))
            {
                try connection.commit()
            }
            try connection.run("BEGIN; INSERT INTO t VALUES (13)")
            try connection.commit()
            #expect(try connection.ask("SELECT count(*) AS n FROM t").rows == [[.integer(3)]])
            let mistake = #expect(throws: PostgresError.self) { try connection.run("SELEKT") }
            #expect(mistake?.blamesValues == false && connection.isAlive)
        }
    }

    @Test func `a connection that the server ends is known to be gone`() async throws {
        try await PostgresServer.run { server in
            let address = try PostgresAddress(server.address(of: "postgres"))
            let connection = try PostgresConnection(address)
            let id = try connection.ask("SELECT pg_backend_pid() AS id").rows
            try PostgresConnection(address).run("SELECT pg_terminate_backend(\(try Self.integer(id)))")
            // The word of its end and the end itself arrive one after the other.
            while connection.isAlive { #expect(throws: PostgresError.self) { try connection.run("SELECT 1") } }
            #expect(throws: PostgresError.self) { try connection.ask("SELECT 1 AS one") }
        }
    }

    @Test func `a server that says nothing any more is given up`() async throws {
        try await PostgresServer.run { server in
            let connection = try PostgresConnection(PostgresAddress(server.address(of: "postgres")))
            let id = pid_t(try Self.integer(connection.ask("SELECT pg_backend_pid() AS id").rows))
            kill(id, SIGSTOP)
            defer { kill(id, SIGCONT) }
            let error = #expect(throws: PostgresError.self) { try connection.run("SELECT 1") }
            #expect("\(String(describing: error))".contains("has said nothing for"))
            #expect(!connection.isAlive)
        }
    }

    @Test func `an address is told without its password`() throws {
        for (text, said) in [
            (
                "postgresql://u:secret-word@db.example.com:6543/journal",
                "PostgreSQL at db.example.com:6543, database journal"
            ),
            ("postgres://u@db1,db2/journal?sslmode=require", "PostgreSQL at db1,db2, database journal"),
            ("host=/run/postgresql user=u password=secret-word", "PostgreSQL at /run/postgresql, database u"),
            ("postgresql:///journal", "PostgreSQL at the local socket, database journal"),
        ] {
            #expect(try PostgresAddress(text).description == said)
        }
        let error = #expect(throws: PostgresError.self) { try PostgresAddress("postgresql://u:secret-word@[::1/x") }
        #expect("\(String(describing: error))".contains("secret-word") == false)
    }

    @Test func `a library that is not there is said to be missing`() {
        let error = #expect(throws: PostgresError.self) { try PostgresLibrary(name: "libnothing.so.5") }
        guard case .missing(let reason) = error else {
            Issue.record("not missing: \(String(describing: error))")
            return
        }
        #expect(reason.contains("libnothing.so.5"))
        // One that is there, and is none of PostgreSQL's.
        #expect(throws: PostgresError.missing("libc.so.6 has no PQconnectdbParams")) {
            try PostgresLibrary(name: "libc.so.6")
        }
    }

    private static func integer(_ rows: [[PostgresValue]]) throws -> Int64 {
        guard case .integer(let number)? = rows.first?.first else { throw TestFailure("no number: \(rows)") }
        return number
    }
}
