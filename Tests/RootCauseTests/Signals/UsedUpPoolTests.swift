import Languages
import Telemetry
import Testing

@testable import RootCause

/// Pools of connections and servers that have none left, by what they write.
@Suite struct UsedUpPoolTests {
    @Test(arguments: [
        "HikariPool-1 - Connection is not available, request timed out after 30000ms (total=20, active=20, idle=0, waiting=7)",
        "java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30001ms.",
        "WARN pool checkout-db: 20 of 20 connections in use, 14 waiting",
        "db pool: active connections 50/50, queue 12", "using 10 / 10 pooled connections",
        "java.sql.SQLException: An attempt by a client to checkout a Connection has timed out.",
        "[http-1] Timeout: Pool empty. Unable to fetch a connection in 30 seconds, none available[size:100; busy:100; idle:0; lastwait:30000].",
        "com.alibaba.druid.pool.GetConnectionTimeoutException: wait millis 60000, active 20, maxActive 20, creating 0",
        "In-use connections equal max-pool-size and expired max-wait-time. Cannot allocate more connections.",
        "could not obtain a connection from the pool within 5.000 seconds (waited 5.002 seconds); all pooled connections were in use",
        "psycopg_pool.PoolTimeout: couldn't get a connection after 30.00 sec",
        "QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00",
        "The connection pool has been exhausted, either raise MaxPoolSize (currently 100) or Timeout (currently 15 seconds)",
        "pool timed out while waiting for an open connection", "redis: connection pool timeout",
        "timed out while checking out a connection from connection pool: context canceled; maxPoolSize: 100, connections in use by cursors: 0, connections in use by transactions: 0, connections in use by other operations: 100",
        "PoolAcquirePendingLimitException: Pending acquire queue has reached its maximum size of 1000",
    ])
    func `a pool of its own that is used up is recognised`(line: String) {
        #expect(UsedUpPool.isOwn(line))
        #expect(!UsedUpPool.isServed(line))
        #expect(UsedUpPool.isAbout(line))
    }

    @Test(arguments: [
        "FATAL:  remaining connection slots are reserved for non-replication superuser connections",
        "pq: remaining connection slots are reserved for roles with the SUPERUSER attribute",
        "FATAL:  sorry, too many clients already", "SQLSTATE[HY000] [1040] Too many connections",
        "1203: User shop already has more than 'max_user_connections' active connections",
        "User 'root' has exceeded the 'max_user_connections' resource (current value: 2)",
        "ERR max number of clients reached", "ERROR:  no more connections allowed (max_client_conn)",
        "psycopg2.DatabaseError: query_wait_timeout", "connection refused because too many open connections: 819",
        "ORA-12519, TNS:no appropriate service handler found",
    ])
    func `a server that takes no more connections is recognised`(line: String) {
        #expect(UsedUpPool.isServed(line))
        #expect(!UsedUpPool.isOwn(line))
        #expect(UsedUpPool.isAbout(line))
    }

    @Test(arguments: [
        "pool checkout-db: 3 of 20 connections in use", "connections: 0/20 in use, 1/20 idle",
        "200 of 200 requests used 3 connections", "closed 20 of 20 connections", "1 of 1 connections in use",
        "HikariPool-1 - Connection is not available, request timed out after 3000ms (total=0, active=0, idle=0, waiting=0)",
        "GetConnectionTimeoutException: wait millis 60000, active 0, maxActive 100, creating 1",
        "Connection pool is full, discarding connection: api.example.com. Connection pool size: 10",
        "connection refused", "took 20 20", "", "/", "2/2", "connections in use",
    ])
    func `a pool with room, and one that reaches nobody, are not used up`(line: String) {
        #expect(!UsedUpPool.isOwn(line))
        #expect(!UsedUpPool.isServed(line))
    }

    /// `checkout` asks its database in each request; from the window's start on it gets no connection.
    private static func story(_ line: String, level: String = "WARN", database: Bool = true, fails: Bool = true)
        -> Story
    {
        var story = Story()
        story.services = ["checkout"]
        for number in 0..<72 {
            let at = Double(number) * 10 - 598
            let isLate = at >= 0
            let root = story.span(
                "checkout", "POST /pay", kind: .server, at: at, takes: isLate ? 5.1 : 0.1,
                status: isLate && fails ? .error(message: "no connection") : .ok)
            if database {
                story.span(
                    "checkout", "SELECT shop", under: root, kind: .client, at: at + 0.01, takes: isLate ? 5 : 0.02,
                    status: isLate && fails ? .error(message: "no connection") : .unset,
                    attributes: ["db.system": .string("postgresql"), "server.address": .string("orders-db")])
            }
            let isTold = isLate || number % 9 == 0
            if isTold {
                story.log(isLate ? line : "POST /pay 200", at: at + 0.05, service: "checkout", span: nil, level: level)
            }
        }
        return story
    }

    @Test func `a used up pool is the cause, and not the slow call that waited for it`() throws {
        let diagnosis = Self.story("pool checkout-db: 20 of 20 connections in use, 14 waiting", database: false)
            .diagnosis()
        #expect(diagnosis.verdict == "resource-saturation checkout")
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.statement.english.hasPrefix("`checkout` has used up its connections since"))
        #expect(
            first.evidence.contains {
                $0.text.english == "12 times: pool checkout-db: 20 of 20 connections in use, 14 waiting"
            })
        #expect(first.recommendations.first?.english.contains("what holds the connections of `checkout`") == true)
    }

    @Test func `a database that takes no more connections is the one to look at`() throws {
        let diagnosis = Self.story(
            "FATAL:  remaining connection slots are reserved for non-replication superuser connections", level: "ERROR"
        ).diagnosis()
        #expect(diagnosis.verdict == "resource-saturation orders-db")
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.statement.english.hasPrefix("`orders-db` takes no more connections"))
    }

    @Test func `of a client whose server is not known it says what the client lacks`() throws {
        let diagnosis = Self.story("ERR max number of clients reached", database: false).diagnosis()
        #expect(diagnosis.verdict == "resource-saturation checkout")
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.statement.english.hasPrefix("`checkout` gets no more connections from what it calls"))
    }

    @Test func `what a pool wrote before as often is nothing new`() {
        var story = Self.story("pool checkout-db: 20 of 20 connections in use", database: false)
        for number in 0..<20 {
            story.log(
                "pool checkout-db: 20 of 20 connections in use", at: Double(number) * 20 - 590, service: "checkout")
        }
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .resourceSaturation })
    }

    @Test func `open files that are used up are told although the line is about a connection`() throws {
        let diagnosis = Self.story("error: accept connection: too many open files", database: false).diagnosis()
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.statement.english.hasPrefix("`checkout` has used up its open files"))
    }

    @Test func `a line that counts is read by its numbers, not by its kind`() {
        let story = Self.story("pool checkout-db: 3 of 20 connections in use", database: false)
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .resourceSaturation })
    }

    @Test func `a call that got no connection from its own pool speaks against its own service`() {
        var story = Story()
        for number in 0..<72 {
            let at = Double(number) * 10 - 598
            let root = story.span(
                "checkout", "POST /pay", kind: .server, at: at, takes: 5.1, status: at < 0 ? .ok : .error(message: ""))
            story.span(
                "checkout", "SELECT shop", under: root, kind: .client, at: at + 0.01, takes: 5,
                status: at < 0
                    ? .unset
                    : .error(message: "HikariPool-1 - Connection is not available, request timed out after 5000ms."),
                attributes: ["db.system": .string("postgresql"), "server.address": .string("orders-db")])
        }
        #expect(story.diagnosis().verdict == "resource-saturation checkout")
    }
}
