import GRDB
import Synchronization

/// One connection to the journal's file: opening it, transactions, and closing it.
///
/// SQLite has one writer at a time anyway, so one connection on a serial queue of its own serves reads and writes. No
/// transaction is tied to the task that asks for it: a task that is cancelled while the service shuts down still gets
/// its receipt recorded.
final class SQLiteStore: Sendable {
    let path: String
    let isReadOnly: Bool
    let queue: DatabaseQueue
    private let isClosed = Mutex(false)

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
                guard try JournalSchema.migrator.hasCompletedMigrations(db) else {
                    throw JournalError.unavailable(
                        "\(path) was written by an older release; read it with that one, or start this one's service on it"
                    )
                }
            }
        } catch {
            throw JournalError(error, attempting: "open for reading", path: path)
        }
    }

    /// Runs `work` in a transaction that has reached the disk on return.
    func write<T: Sendable>(
        _ attempt: String, _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(JournalError) -> T {
        try await inTransaction(.immediate, attempt, work)
    }

    /// Runs `work` on one unchanging state of the file.
    func read<T: Sendable>(
        _ attempt: String, _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(JournalError) -> T {
        try await inTransaction(.deferred, attempt, work)
    }

    private func inTransaction<T: Sendable>(
        _ kind: Database.TransactionKind, _ attempt: String, _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(JournalError) -> T {
        let result: Result<T, JournalError> = await withCheckedContinuation { continuation in
            schedule(kind, attempt) { db in
                continuation.resume(returning: db.flatMap { self.run(kind, attempt, on: $0, work) })
            }
        }
        return try result.get()
    }

    private func run<T>(
        _ kind: Database.TransactionKind, _ attempt: String, on db: Database, _ work: (Database) throws -> T
    ) -> Result<T, JournalError> {
        var outcome = Result<T, JournalError>.failure(.unavailable("cannot \(attempt): nothing was tried"))
        do {
            try db.inTransaction(kind) {
                outcome = .success(try work(db))
                return .commit
            }
            return outcome
        } catch {
            return .failure(JournalError(error, attempting: attempt, path: path))
        }
    }

    /// Runs `work` on the connection's queue, after everything that was scheduled before it.
    ///
    /// - Parameter kind: of the transaction that `work` is going to make; `immediate` for one that writes.
    func schedule(
        _ kind: Database.TransactionKind, _ attempt: String,
        _ work: @escaping @Sendable (Result<Database, JournalError>) -> Void
    ) {
        queue.asyncWriteWithoutTransaction { db in
            // A closed connection has no handle: SQLite must not be asked anything then.
            guard self.isClosed.withLock({ !$0 }) else {
                return work(.failure(.unavailable("cannot \(attempt): \(self.path) has been closed")))
            }
            guard kind != .immediate || !self.isReadOnly else {
                return work(.failure(.unavailable("cannot \(attempt): \(self.path) was opened for reading only")))
            }
            work(.success(db))
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
    }
}
