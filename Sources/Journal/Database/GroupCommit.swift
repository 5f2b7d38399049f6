import Synchronization

/// Lets concurrent callers share one transaction, and so one wait for the disk.
///
/// While a transaction runs, newcomers gather; the next one takes them all. Each caller gets the result of its own row,
/// after the commit. Alone, a caller waits for nobody.
final class GroupCommit: Sendable {
    typealias Outcome = Result<Acceptance, JournalError>
    /// Stores one row, inside the shared transaction.
    typealias Insertion = @Sendable (any SQLTransaction, IncomingNotification, inout Int) throws -> Acceptance

    private struct Caller {
        let notification: IncomingNotification
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var waiting: [Caller] = []
        /// Those whose rows are in the transaction under way.
        var batch: [Caller] = []
        var isScheduled = false
        var commits = 0
    }

    /// Rows in one transaction: enough that the disk is not what limits a burst, few enough that claims and receipts
    /// get their turn between two of them within milliseconds.
    static let maximumBatch = 512

    private static let attempt = "store a notification"

    private let store: any JournalStore
    private let countWaiting: @Sendable (any SQLTransaction) throws -> Int
    private let insert: Insertion
    private let state = Mutex(State())

    /// - Parameters:
    ///   - countWaiting: how many notifications wait; asked once in each transaction.
    ///   - insert: its last argument is that number, to be kept up to date.
    init(
        store: any JournalStore, countWaiting: @escaping @Sendable (any SQLTransaction) throws -> Int,
        insert: @escaping Insertion
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
        store.schedule(.writing, Self.attempt) { transaction in
            var waiting = try self.countWaiting(transaction)
            return try self.nextBatch().map { try self.store($0.notification, in: transaction, waiting: &waiting) }
        } finish: { result in
            self.finish(result)
        }
    }

    /// The callers whose turn it is, as many as share a transaction.
    private func nextBatch() -> [Caller] {
        state.withLock { state in
            state.batch = Array(state.waiting.prefix(Self.maximumBatch))
            state.waiting.removeFirst(state.batch.count)
            return state.batch
        }
    }

    private func finish(_ result: Result<[Outcome], JournalError>) {
        let (batch, hasMore) = state.withLock { state in
            // One that could not begin fails all who waited for it.
            if state.batch.isEmpty { swap(&state.batch, &state.waiting) }
            if case .success = result { state.commits += 1 }
            defer { state.batch = [] }
            state.isScheduled = !state.waiting.isEmpty
            return (state.batch, state.isScheduled)
        }
        let outcomes: [Outcome]
        switch result {
        case .success(let each): outcomes = each
        case .failure(let failure): outcomes = batch.map { _ in .failure(failure) }
        }
        for (caller, outcome) in zip(batch, outcomes) { caller.continuation.resume(returning: outcome) }
        if hasMore { schedule() }
    }

    /// - Throws: what concerns the whole transaction; what concerns only this row is its outcome.
    private func store(
        _ notification: IncomingNotification, in transaction: any SQLTransaction, waiting: inout Int
    ) throws -> Outcome {
        do {
            return .success(try transaction.savepoint { try insert(transaction, notification, &waiting) })
        } catch let error as JournalError {
            return .failure(error)
        } catch {
            guard let fault = transaction.faultOfOneRow(error, attempting: Self.attempt) else { throw error }
            return .failure(fault)
        }
    }
}
