import GRDB
import Synchronization

/// Lets concurrent callers share one transaction, and so one wait for the disk.
///
/// While a transaction runs, newcomers gather; the next one takes them all. Each caller gets the result of its own row,
/// after the commit. Alone, a caller waits for nobody.
final class GroupCommit: Sendable {
    typealias Outcome = Result<Acceptance, JournalError>
    /// Stores one row, inside the shared transaction.
    typealias Insertion = @Sendable (Database, IncomingNotification, inout Int) throws -> Acceptance

    private struct Caller {
        let notification: IncomingNotification
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var waiting: [Caller] = []
        var isScheduled = false
        var commits = 0
    }

    /// Rows in one transaction: enough that the disk is not what limits a burst, few enough that claims and receipts
    /// get their turn between two of them within milliseconds.
    static let maximumBatch = 512

    private let store: SQLiteStore
    private let countWaiting: @Sendable (Database) throws -> Int
    private let insert: Insertion
    private let state = Mutex(State())

    /// - Parameters:
    ///   - countWaiting: how many notifications wait; asked once in each transaction.
    ///   - insert: its last argument is that number, to be kept up to date.
    init(
        store: SQLiteStore, countWaiting: @escaping @Sendable (Database) throws -> Int, insert: @escaping Insertion
    ) {
        self.store = store
        self.countWaiting = countWaiting
        self.insert = insert
    }

    /// How many transactions were committed until now.
    var commits: Int { state.withLock { $0.commits } }

    /// How many callers wait for the next transaction.
    var waiting: Int { state.withLock { $0.waiting.count } }

    func accept(_ notification: IncomingNotification) async throws(JournalError) -> Acceptance {
        let outcome = await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append(Caller(notification: notification, continuation: continuation))
                defer { state.isScheduled = true }
                return !state.isScheduled
            }
            if isFirst { schedule() }
        }
        return try outcome.get()
    }

    private func schedule() {
        store.schedule(.immediate, "store a notification") { db in
            let batch = self.state.withLock { state in
                defer { state.waiting.removeFirst(min(state.waiting.count, Self.maximumBatch)) }
                return Array(state.waiting.prefix(Self.maximumBatch))
            }
            let outcomes = self.commit(batch, on: db)
            let hasMore = self.state.withLock { state in
                state.isScheduled = !state.waiting.isEmpty
                return state.isScheduled
            }
            for (caller, outcome) in zip(batch, outcomes) { caller.continuation.resume(returning: outcome) }
            if hasMore { self.schedule() }
        }
    }

    /// The outcome of every caller of the batch, in its order.
    private func commit(_ batch: [Caller], on db: Result<Database, JournalError>) -> [Outcome] {
        do {
            let db = try db.get()
            var outcomes: [Outcome] = []
            try db.inTransaction(.immediate) {
                var waiting = try countWaiting(db)
                for caller in batch { outcomes.append(try store(caller.notification, in: db, waiting: &waiting)) }
                return .commit
            }
            state.withLock { $0.commits += 1 }
            return outcomes
        } catch {
            let failure = JournalError(error, attempting: "store a notification", path: store.path)
            return batch.map { _ in .failure(failure) }
        }
    }

    /// - Throws: what concerns the whole transaction; what concerns only this row is its outcome.
    private func store(
        _ notification: IncomingNotification, in db: Database, waiting: inout Int
    ) throws -> Outcome {
        var outcome = Outcome.failure(.unavailable("cannot store a notification: nothing was tried"))
        do {
            try db.inSavepoint {
                outcome = .success(try insert(db, notification, &waiting))
                return .commit
            }
        } catch let error as JournalError {
            outcome = .failure(error)
        } catch let error as DatabaseError where error.blamesOneRow {
            outcome = .failure(JournalError(error, attempting: "store a notification", path: store.path))
        }
        return outcome
    }
}
