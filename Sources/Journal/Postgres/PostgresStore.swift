import Dispatch
import PostgreSQL
import Synchronization

/// A PostgreSQL database that several processes work through at the same time.
///
/// Whoever writes holds a lock of the database for as long as its transaction takes, so that there is one writer as in an
/// SQLite file, and the statements mean the same. Locking rows alone (`FOR UPDATE SKIP LOCKED`) would not do: whether a
/// message can be claimed depends on others that another process may be claiming. A transaction takes milliseconds, and
/// what takes long (collecting evidence, sending) is not part of any.
///
/// A process holds a second lock for as long as it lives, under the number that its leases carry: when the server has lost
/// the process, that lock is free, and its work is taken up by others. Both need a session that stays the same: no pooler
/// in transaction mode may stand between.
final class PostgresStore: JournalStore {
    enum Purpose {
        case forWork, forReading
    }

    let worker: Int64
    private let purpose: Purpose
    private let place: String
    /// One that writes, and one that reads while the other waits for its turn.
    private let writer: PostgresLink
    private let reader: PostgresLink

    init(_ address: String, opening purpose: Purpose) throws(JournalError) {
        let worker = Int64.random(in: 1...Int64(Int32.max))
        do {
            let address = try PostgresAddress(address)
            place = address.description
            writer = PostgresLink(address, label: "journal-writer", as: purpose == .forWork ? .writer(worker) : .reader)
            reader = PostgresLink(address, label: "journal-reader", as: .reader)
        } catch {
            throw Self.unusable(error)
        }
        self.worker = worker
        self.purpose = purpose
        switch purpose {
        case .forWork: try writer.transact("open", Self.migrate(place)).get()
        case .forReading: try reader.transact("open for reading", Self.refuseOtherSchema(place)).get()
        }
    }

    private static func unusable(_ error: PostgresError) -> JournalError {
        switch error {
        case .missing(let reason):
            .unavailable(
                "PostgreSQL's client library is not here (\(reason)); install it (Debian's package libpq5), or keep the "
                    + "journal in a file: journal.path")
        case .badAddress(let reason): .unavailable("journal.url cannot be read: \(reason)")
        default: .unavailable("journal.url: \(error)")
        }
    }

    /// After a restart of the server all have to connect again, which they do within seconds: each asks for work.
    var looksUntilGone: Int { 3 }

    /// Those who hold their lock. `classid`, `objid` and `objsubid` of a lock on two numbers: PostgreSQL's documentation of
    /// pg_locks.
    func livingWorkers(in transaction: any SQLTransaction) throws -> Set<Int64> {
        let rows = try transaction.rows(
            """
            SELECT objid::bigint AS worker FROM pg_locks
            WHERE locktype = 'advisory' AND classid::bigint = \(PostgresLink.workersLock) AND objsubid = 2 AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
        let living = Set(try rows.map { try $0.integer("worker") })
        guard living.contains(worker) else {
            throw JournalError.unavailable(
                "\(place) does not know this process any more: does a pooler in transaction mode stand between?")
        }
        return living
    }

    /// Nothing to do: a connection that writes is used only with its worker's lock.
    func enlist() async throws(JournalError) {}

    func schedule<T: Sendable>(
        _ kind: TransactionKind, _ attempt: String, _ work: @escaping @Sendable (any SQLTransaction) throws -> T,
        finish: @escaping @Sendable (Result<T, JournalError>) -> Void
    ) {
        guard kind == .reading || purpose == .forWork else {
            return finish(.failure(.unavailable("cannot \(attempt): \(place) was opened for reading only")))
        }
        let link = kind == .reading ? reader : writer
        link.schedule { finish(link.transact(attempt, work)) }
    }

    func close() async {
        await writer.close()
        await reader.close()
    }

    // MARK: - Schema

    /// Brings the tables up to date, all in one transaction that no other process is in.
    private static func migrate(_ place: String) -> @Sendable (any SQLTransaction) throws -> Void {
        { db in
            if try !db.exists("SELECT 1 FROM pg_namespace WHERE nspname = \(PostgresSchema.name)") {
                try db.change(SQL(stringLiteral: "CREATE SCHEMA \(PostgresSchema.name)"))
            }
            if try !hasHistory(db) { try db.change(SQL(stringLiteral: PostgresSchema.createsHistory)) }
            let taken = try stepsTaken(db)
            try refuseNewer(taken, place)
            for step in PostgresSchema.steps where !taken.contains(step.name) {
                for statement in step.statements.split(separator: ";") where !statement.allSatisfy(\.isWhitespace) {
                    try db.change(SQL(stringLiteral: String(statement)))
                }
                try db.change("INSERT INTO step (name) VALUES (\(step.name))")
            }
        }
    }

    private static func refuseOtherSchema(_ place: String) -> @Sendable (any SQLTransaction) throws -> Void {
        { db in
            guard try hasHistory(db) else {
                throw JournalError.unavailable("\(place) has no journal; give the address of the running service's")
            }
            let taken = try stepsTaken(db)
            try refuseNewer(taken, place)
            guard PostgresSchema.steps.allSatisfy({ taken.contains($0.name) }) else {
                throw JournalError.unavailable(
                    "\(place) was written by an older release; read it with that one, or start this one's service on it"
                )
            }
        }
    }

    private static func hasHistory(_ db: any SQLTransaction) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM pg_tables WHERE schemaname = \(PostgresSchema.name) AND tablename = 'step'")
    }

    private static func stepsTaken(_ db: any SQLTransaction) throws -> Set<String> {
        Set(try db.rows("SELECT name FROM step").map { try $0.text("name") })
    }

    private static func refuseNewer(_ taken: Set<String>, _ place: String) throws {
        let unknown = taken.subtracting(PostgresSchema.steps.map(\.name)).sorted()
        guard unknown.isEmpty else {
            throw JournalError.unavailable(
                "\(place) was written by a newer release (schema \(unknown.joined(separator: ", "))); "
                    + "start that release, or give this one another database")
        }
    }
}
