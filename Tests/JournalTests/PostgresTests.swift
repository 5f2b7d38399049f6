import PostgreSQL
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Journal

/// What only a server can do to a journal, and what only several processes can. One after the other: each starts a server,
/// and a starved one answers too late.
@Suite(.serialized) struct PostgresTests {
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
            // The server notices the end of a connection a moment later; then it takes three looks.
            #expect(try await eventually("it is gone") { try await next.takeUpAbandoned() == 2 ? true : nil })
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

            let claims = Claims()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for journal in journals {
                    group.addTask {
                        while let next = try await journal.claimNotification(now: .after(0), lease: .seconds(60)) {
                            claims.all.withLock { $0.append(next) }
                            try await journal.finishNotification(next.id, incident: nil)
                        }
                    }
                }
                try await group.waitForAll()
            }
            // A group's next one can be claimed only after the one before it was finished, by whichever process.
            let all = claims.all.withLock { $0 }
            #expect(all.count >= 60 - 3 * 10, "one that finds all groups leased stops early")
            #expect(Set(all.map(\.id)).count == all.count)
            for (_, group) in Dictionary(grouping: all, by: \.groupKey) {
                #expect(group.map(\.id) == group.map(\.id).sorted())
            }
            for journal in journals { await journal.close() }
        }
    }

    @Test func `a server that was started again is asked again`() async throws {
        try await Self.withDatabase { server, address in
            let journal = try DatabaseJournal(postgres: address)
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
            try await server.restart()
            // For a second after a connection that failed none is tried.
            let repeated = try await eventually("it is asked again") {
                try? await journal.accept(Samples.notification())
            }
            #expect(repeated == .repeated(id: id))
            _ = try await eventually("and read") { try? await journal.counts().pendingNotifications == 1 ? true : nil }
            await journal.close()
            await #expect(throws: JournalError.self) { try await journal.counts() }
        }
    }

    @Test func `what cannot be opened says why, what to do, and no secret`() async throws {
        try await Self.withDatabase { server, address in
            let port = server.port
            try PostgresConnection(PostgresAddress(address)).run(
                "CREATE ROLE poor LOGIN PASSWORD 'secret-word'; CREATE ROLE reader LOGIN PASSWORD 'secret-word'")
            let cases = [
                ("postgresql://sabueso:secret-word@127.0.0.1:\(port)/journal", "password authentication failed"),
                ("postgresql://sabueso:a%2Bb%2Fc%20%25@127.0.0.1:\(port)/other", "database \"other\" does not exist"),
                ("postgresql://poor:secret-word@127.0.0.1:\(port)/journal", "user needs CREATE on the database"),
                ("postgresql://x:secret-word@127.0.0.1:\(try FreePort.pick())/journal", "Connection refused"),
                ("postgresql://x:secret-word@[::1/journal", "not of the form postgresql://"),
                ("postgresql://x:secret/word@127.0.0.1:\(port)/journal", "not of the form postgresql://"),
                ("postgresql://x:secret-word@tail@127.0.0.1:\(port)/journal", "not of the form postgresql://"),
                ("postgresql://x:99/secret-word@127.0.0.1:\(port)/journal", "not of the form postgresql://"),
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

    @Test func `a restart of the server takes no work from anybody, and what could not be given back is taken up`()
        async throws
    {
        try await Self.withDatabase { server, address in
            let one = try DatabaseJournal(postgres: address)
            let two = try DatabaseJournal(postgres: address)
            for group in ["a", "b"] { _ = try await one.accept(Samples.notification(group: group)) }
            let kept = try required(try await one.claimNotification(now: .after(0), lease: .seconds(600)), "a")
            let lost = try required(try await two.claimNotification(now: .after(0), lease: .seconds(600)), "b")
            await server.stop()
            await #expect(throws: JournalError.self) {
                try await two.releaseNotification(lost.id, retryAt: .after(1), reason: "the journal failed")
            }
            try await server.restart()
            // Whoever comes first does not find the other one's lock.
            #expect(try await eventually("the server is asked again") { try? await one.takeUpAbandoned() } == 0)
            #expect(try await eventually("and by the other one") { try? await two.takeUpAbandoned() } == 1)
            for _ in 0..<4 { #expect(try await one.takeUpAbandoned() + two.takeUpAbandoned() == 0) }
            #expect(try await two.claimNotification(now: .after(2), lease: .seconds(600))?.id == lost.id)
            #expect(try await two.claimNotification(now: .after(2), lease: .seconds(600)) == nil, "a is worked on")
            try await one.finishNotification(kept.id, incident: nil)
            await one.close()
            await two.close()
        }
    }

    @Test func `a connection that the server still holds for a process does not take its name from it`() async throws {
        try await Self.withDatabase { _, address in
            let journal = try DatabaseJournal(postgres: address)
            let worker = journal.store.worker
            _ = try await journal.accept(Samples.notification())
            _ = try await journal.claimNotification(now: .after(0), lease: .seconds(600))
            // Its connection ends, and another one with its lock lives on, as after a break that the server did not see.
            let other = try PostgresConnection(PostgresAddress(address))
            try other.run(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = \(worker)")
            while try other.ask("SELECT pg_try_advisory_lock(\(PostgresLink.workersLock), \(worker)) AS taken").rows
                != [[.integer(1)]]
            {}
            #expect(try await journal.takeUpAbandoned() == 0)
            while other.isAlive { try? other.run("SELECT 1") }
            for _ in 0..<4 { #expect(try await journal.takeUpAbandoned() == 0) }
            await journal.close()
        }
    }

    @Test func `a database with another default isolation serves several processes as well`() async throws {
        try await Self.withDatabase { _, address in
            try PostgresConnection(PostgresAddress(address)).run(
                "ALTER DATABASE journal SET default_transaction_isolation = 'repeatable read'")
            let journals = try await withThrowingTaskGroup(of: DatabaseJournal.self) { group in
                for _ in 0..<3 { group.addTask { try DatabaseJournal(postgres: address) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        _ = try await journals[number % 3].accept(
                            Samples.notification(group: "g\(number % 7)", startsAt: Int64(number)))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await journals[0].counts().pendingNotifications == 60)
            for journal in journals { await journal.close() }
        }
    }

    @Test func `thousands that wait in one group and for one channel are no burden`() async throws {
        try await Self.withDatabase { _, address in
            let journal = try DatabaseJournal(postgres: address)
            try PostgresConnection(PostgresAddress(address)).run(
                """
                SET search_path = sabueso;
                INSERT INTO notification (identity, group_key, receiver, state, received_at, last_seen_at, body)
                    SELECT sha256(n::text::bytea), 'one group', 'sabueso', 'pending', n, n, '' FROM generate_series(1, 10000) AS n;
                INSERT INTO message (receiver, kind, deduplication_key, state, created_at, payload)
                    SELECT 'on-call', 'replay', n::text, 'pending', n, '' FROM generate_series(1, 10000) AS n
                """)
            // Each of them has 10 s, by the server's own limit; comparing each with each took longer.
            #expect(try await journal.nextDue() == Timestamp(nanoseconds: 1))
            #expect(try await journal.claimNotification(now: .after(0), lease: .seconds(60)) != nil)
            #expect(try await journal.claimNotification(now: .after(0), lease: .seconds(60)) == nil)
            #expect(try await journal.claimMessage(now: .after(0), lease: .seconds(60)) != nil)
            await journal.close()
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

    /// What several processes have claimed, in that order.
    private final class Claims: Sendable {
        let all = Mutex<[StoredNotification]>([])
    }

    /// An empty database on a server of the test's own.
    private static func withDatabase(_ body: (PostgresServer, String) async throws -> Void) async throws {
        try await PostgresServer.run { server in try await body(server, try await server.database("journal")) }
    }
}
