import PostgreSQL
import Telemetry
import TestSupport
import Testing

@testable import Journal

/// What only a server can do to a journal, and what only several processes can.
@Suite struct PostgresTests {
    @Test func `what a dead process had claimed can be claimed at once, and what a living one has cannot`() async throws
    {
        try await Self.withDatabase { _, address in
            let dying = try DatabaseJournal(postgres: address)
            let living = try DatabaseJournal(postgres: address)
            for group in ["a", "b"] { _ = try await dying.accept(Samples.notification(group: group)) }
            for key in ["1", "2", "limited"] {
                try await dying.enqueue([Samples.message(key, incident: nil, receiver: key)])
            }
            let lease = Duration.seconds(600)
            #expect(try await dying.claimNotification(now: .after(0), lease: lease)?.groupKey == "a")
            #expect(try await dying.claimMessage(now: .after(0), lease: lease)?.message.receiver == "1")
            #expect(try await living.claimNotification(now: .after(0), lease: lease)?.groupKey == "b")
            #expect(try await living.claimMessage(now: .after(0), lease: lease)?.message.receiver == "2")
            let limited = try required(try await dying.claimMessage(now: .after(0), lease: lease), "the third")
            try await dying.recordAttempt(
                limited.id, DeliveryAttempt(at: .after(0), outcome: .retry(at: .after(300)), detail: "429"))

            let next = try DatabaseJournal(postgres: address)
            try await next.takeOver()
            #expect(try await next.claimNotification(now: .after(1), lease: lease) == nil, "both live")
            await dying.close()
            #expect(try await eventually("the server notices") { try await next.takeUpAbandoned() == 2 ? true : nil })
            #expect(try await next.claimNotification(now: .after(1), lease: lease)?.groupKey == "a")
            #expect(try await next.claimMessage(now: .after(1), lease: lease)?.message.receiver == "1")
            #expect(try await next.claimMessage(now: .after(1), lease: lease) == nil, "one is sent, one has to wait")
            #expect(try await next.claimMessage(now: .after(300), lease: lease)?.message.receiver == "limited")
            await living.close()
            await next.close()
        }
    }

    @Test func `processes that work side by side do each piece once, and a group's in order`() async throws {
        try await Self.withDatabase { _, address in
            let journals = try (0..<3).map { _ in try DatabaseJournal(postgres: address) }
            // Each notification comes to all of them at the same time, as from a cluster of Alertmanagers.
            let stored = try await withThrowingTaskGroup(of: Acceptance.self) { group in
                for number in 0..<60 {
                    for journal in journals {
                        group.addTask {
                            try await journal.accept(
                                Samples.notification(group: "g\(number % 10)", startsAt: Int64(number)))
                        }
                    }
                }
                return try await group.reduce(into: [Acceptance]()) { $0.append($1) }
            }
            #expect(Set(stored.map(\.id)).count == 60)
            #expect(stored.filter { if case .stored = $0 { true } else { false } }.count == 60)

            let claimed = try await withThrowingTaskGroup(of: [StoredNotification].self) { group in
                for journal in journals {
                    group.addTask {
                        var mine: [StoredNotification] = []
                        while let next = try await journal.claimNotification(now: .after(0), lease: .seconds(60)) {
                            mine.append(next)
                            try await journal.finishNotification(next.id, incident: nil)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: [[StoredNotification]]()) { $0.append($1) }
            }
            let all = claimed.flatMap { $0 }
            #expect(all.count >= 60 - 3 * 10, "one that finds all groups leased stops early")
            #expect(Set(all.map(\.id)).count == all.count)
            for mine in claimed {
                for (_, group) in Dictionary(grouping: mine, by: \.groupKey) {
                    #expect(group.map(\.id) == group.map(\.id).sorted())
                }
            }
            for journal in journals { await journal.close() }
        }
    }

    @Test func `a server that was started again is asked again without a word`() async throws {
        let server = try await PostgresServer()
        let journal = try DatabaseJournal(postgres: try await server.database("journal"))
        let id = try await journal.accept(Samples.notification()).id
        #expect(try await journal.counts().pendingNotifications == 1)
        await server.stop()
        for attempt in [
            { @Sendable () async throws in _ = try await journal.accept(Samples.notification(group: "lost")) },
            { @Sendable () async throws in _ = try await journal.counts() },
        ] {
            let error = await #expect(throws: JournalError.self) { try await attempt() }
            let text = try required(error, "an error").description
            #expect(text.contains("PostgreSQL at 127.0.0.1:\(server.port), database journal: "), "\(text)")
            #expect(text.contains("refused") || text.contains("terminat"), "\(text)")
            #expect(!text.contains(PostgresServer.password) && !text.contains("a%2Bb"), "\(text)")
        }
        let again = try await server.restarted()
        #expect(try await journal.accept(Samples.notification()) == .repeated(id: id))
        #expect(try await journal.counts().pendingNotifications == 1)
        await journal.close()
        await #expect(throws: JournalError.self) { try await journal.counts() }
        await again.stop()
    }

    @Test func `what cannot be opened says why, what to do, and no secret`() async throws {
        try await Self.withDatabase { server, address in
            let port = server.port
            try PostgresConnection(PostgresAddress(address)).run(
                "CREATE ROLE poor LOGIN PASSWORD 'secret-word'; CREATE ROLE reader LOGIN PASSWORD 'secret-word'")
            let cases = [
                ("postgresql://sabueso:secret-word@127.0.0.1:\(port)/journal", "password authentication failed"),
                ("postgresql://sabueso:a%2Bb%2Fc%20%25@127.0.0.1:\(port)/other", "database \"other\" does not exist"),
                ("postgresql://poor:secret-word@127.0.0.1:\(port)/journal", "the user needs CREATE on the database"),
                ("postgresql://x:secret-word@127.0.0.1:\(try FreePort.pick())/journal", "Connection refused"),
                ("postgresql://x:secret-word@[::1/journal", "not of the form postgresql://"),
            ]
            for (address, said) in cases {
                let error = #expect(throws: JournalError.self) { try DatabaseJournal(postgres: address) }
                let text = try required(error, "an error").description
                #expect(text.contains(said), "\(text)")
                #expect(!text.contains("secret-word") && !text.contains("a%2Bb"), "\(text)")
            }
        }
    }

    @Test func `whoever reads cannot write, and another schema is refused`() async throws {
        try await Self.withDatabase { _, address in
            let none = #expect(throws: JournalError.self) { try DatabaseJournal(readingFromPostgres: address) }
            #expect(try required(none, "an error").description.contains("has no journal"))
            let service = try DatabaseJournal(postgres: address)
            try await service.save(Samples.incident(headline: "first"), messages: [Samples.message("k")])
            let reader = try DatabaseJournal(readingFromPostgres: address)
            #expect(try await reader.incident(IncidentID(number: 1))?.headline == "first")
            #expect(try await reader.counts() == service.counts())
            let refused = await #expect(throws: JournalError.self) { try await reader.accept(Samples.notification()) }
            #expect(try required(refused, "an error").description.contains("was opened for reading only"))
            await reader.close()
            await service.close()

            try PostgresConnection(PostgresAddress(address)).run("INSERT INTO sabueso.step VALUES ('v99')")
            for open in [{ try DatabaseJournal(postgres: $0) }, { try DatabaseJournal(readingFromPostgres: $0) }] {
                let error = #expect(throws: JournalError.self) { try open(address) }
                #expect(try required(error, "an error").description.contains("written by a newer release (schema v99)"))
            }
            try PostgresConnection(PostgresAddress(address)).run("DELETE FROM sabueso.step WHERE name IN ('v4', 'v99')")
            let error = #expect(throws: JournalError.self) { try DatabaseJournal(readingFromPostgres: address) }
            #expect(try required(error, "an error").description.contains("written by an older release"))
        }
    }

    @Test func `processes that start at the same time on an empty database all get it`() async throws {
        try await Self.withDatabase { _, address in
            let journals = try await withThrowingTaskGroup(of: DatabaseJournal.self) { group in
                for _ in 0..<4 { group.addTask { try DatabaseJournal(postgres: address) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for journal in journals { _ = try await journal.accept(Samples.notification()) }
            #expect(try await journals[0].counts().pendingNotifications == 1)
            for journal in journals { await journal.close() }
        }
    }

    @Test func `a process that waits too long for another one's write says so`() async throws {
        try await Self.withDatabase { _, address in
            let journal = try DatabaseJournal(postgres: address)
            let other = try PostgresConnection(PostgresAddress(address))
            try other.run("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresLink.writersLock))")
            let error = await #expect(throws: JournalError.self) { try await journal.accept(Samples.notification()) }
            #expect(try required(error, "an error").description.contains("another replica is writing for too long"))
            #expect(try await journal.counts().pendingNotifications == 0, "who reads does not wait")
            try other.run("ROLLBACK")
            _ = try await journal.accept(Samples.notification())
            await journal.close()
        }
    }

    @Test func `a text with a character that PostgreSQL has no place for is kept all the same`() async throws {
        try await Self.withDatabase { _, address in
            let journal = try DatabaseJournal(postgres: address)
            let id = try await journal.accept(Samples.notification(group: "a\0b")).id
            #expect(try await journal.accept(Samples.notification(group: "a\0b")) == .repeated(id: id))
            let claimed = try await journal.claimNotification(now: .after(0), lease: .seconds(60))
            #expect(claimed?.groupKey == "a\u{FFFD}b")
            await journal.close()
        }
    }

    @Test func `one bad row fails alone`() async throws {
        try await Self.withDatabase { _, address in
            let journal = try DatabaseJournal(postgres: address)
            try PostgresConnection(PostgresAddress(address)).run(
                "ALTER TABLE sabueso.notification ADD CONSTRAINT refusal CHECK (group_key <> 'bad')")
            let outcomes = await withTaskGroup(of: (String, Bool).self) { group in
                for name in ["good 1", "bad", "good 2"] {
                    group.addTask {
                        let stored = try? await journal.accept(Samples.notification(group: name))
                        return (name, stored != nil)
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes == ["good 1": true, "bad": false, "good 2": true])
            #expect(try await journal.counts().pendingNotifications == 2)
            await journal.close()
        }
    }

    /// An empty database on a server of the test's own.
    private static func withDatabase(_ body: (PostgresServer, String) async throws -> Void) async throws {
        try await PostgresServer.run { server in try await body(server, try await server.database("journal")) }
    }
}
