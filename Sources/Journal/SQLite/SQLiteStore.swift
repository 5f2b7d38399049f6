import GRDB
import Synchronization

/// One connection to the journal's file: opening it, transactions, and closing it.
///
/// SQLite has one writer at a time anyway, so one connection on a serial queue of its own serves reads and writes.
final class SQLiteStore: JournalStore {
    let path: String
    let isReadOnly: Bool
    let queue: DatabaseQueue
    let worker = Int64.random(in: 1 ... .max)
    private let isClosed = Mutex(false)
    /// Held from `enlist` to `close`.
    private let ownership = Mutex<JournalLock?>(nil)

    /// Opens the file, creates it where there is none, and brings its schema up to date.
    ///
    /// - Parameter busyTimeout: how long to wait for another process that writes.
    init(path: String, busyTimeout: Duration) throws(JournalError) {
        self.path = path
        isReadOnly = false
        do {
            queue = try Self.connect(path, busyTimeout: busyTimeout, isReadOnly: false)
            try queue.inTransaction(.immediate) { db in
                try Self.takeOwnership(db, path: path)
                return .commit
            }
            try queue.writeWithoutTransaction { db in try Self.makeDurable(db, path: path, busyTimeout: busyTimeout) }
            try Self.migrate(queue)
        } catch {
            throw JournalError(error, attempting: "open", path: path)
        }
    }

    /// Opens a file that is there, for reading only, and only when its schema is this release's.
    init(readingFrom path: String, busyTimeout: Duration) throws(JournalError) {
        self.path = path
        isReadOnly = true
        do {
            queue = try Self.connect(path, busyTimeout: busyTimeout, isReadOnly: true)
            try queue.read { db in
                guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == JournalSchema.applicationID else {
                    throw JournalError.unavailable("\(path) is no journal; give the path of the running service's")
                }
                try Self.refuseNewer(db, path: path)
                guard try Self.migrator.hasCompletedMigrations(db) else {
                    throw JournalError.unavailable(
                        "\(path) was written by an older release; read it with that one, or start this one's service on it"
                    )
                }
            }
        } catch {
            throw JournalError(error, attempting: "open for reading", path: path)
        }
    }

    var looksUntilGone: Int { 1 }

    /// Whoever holds the lock on the file is the only one, so all others are gone.
    func livingWorkers(in transaction: any SQLTransaction) throws -> Set<Int64> { [worker] }

    func enlist() async throws(JournalError) {
        guard !isReadOnly, path != ":memory:" else { return }
        let lock = try JournalLock(beside: path)
        ownership.withLock { $0 = lock }
    }

    func schedule<T: Sendable>(
        _ kind: TransactionKind, _ attempt: String, _ work: @escaping @Sendable (any SQLTransaction) throws -> T,
        finish: @escaping @Sendable (Result<T, JournalError>) -> Void
    ) {
        queue.asyncWriteWithoutTransaction { db in finish(self.run(kind, attempt, on: db, work)) }
    }

    private func run<T>(
        _ kind: TransactionKind, _ attempt: String, on db: Database, _ work: (any SQLTransaction) throws -> T
    ) -> Result<T, JournalError> {
        // A closed connection has no handle: SQLite must not be asked anything then.
        guard isClosed.withLock({ !$0 }) else {
            return .failure(.unavailable("cannot \(attempt): \(path) has been closed"))
        }
        guard kind == .reading || !isReadOnly else {
            return .failure(.unavailable("cannot \(attempt): \(path) was opened for reading only"))
        }
        var outcome = Result<T, JournalError>.failure(.unavailable("cannot \(attempt): nothing was tried"))
        do {
            try db.inTransaction(kind == .writing ? .immediate : .deferred) {
                outcome = .success(try work(SQLiteTransaction(database: db, path: path)))
                return .commit
            }
            return outcome
        } catch {
            return .failure(JournalError(error, attempting: attempt, path: path))
        }
    }

    /// Waits for what was scheduled before, then closes; a second call does nothing.
    func close() async {
        await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                let wasClosed = self.isClosed.withLock { isClosed in
                    defer { isClosed = true }
                    return isClosed
                }
                if !wasClosed && !self.isReadOnly {
                    // Moves the log into the file; what cannot be moved now is read from the log at the next opening.
                    _ = try? db.checkpoint(.truncate)
                }
                continuation.resume()
            }
        }
        try? queue.close()
        ownership.withLock { $0 = nil }
    }
}
