/// A database that a journal is kept in: transactions one after the other, each of which is on the disk when it is told
/// to be done.
///
/// One that writes sees all that others wrote before it, and nobody writes while it runs: the statements look at other
/// rows than those they change (the earlier ones of a group, the others to a receiver) and rely on that.
///
/// No transaction is tied to the task that asks for it: a task that is cancelled while the service shuts down still gets
/// its receipt recorded.
protocol JournalStore: Sendable {
    /// Marks what this process has claimed, so that others can tell whether it still lives.
    var worker: Int64 { get }

    /// In how many looks, one after the other, a worker has to be missing before it counts as gone.
    var looksUntilGone: Int { get }

    /// Those who live, this process among them.
    ///
    /// - Throws: `unavailable` when it cannot be told.
    func livingWorkers(in transaction: any SQLTransaction) throws -> Set<Int64>

    /// Makes this process one that works through the journal.
    ///
    /// - Throws: `unavailable` where only one may, and another does.
    func enlist() async throws(JournalError)

    /// Runs `work` in a transaction after everything that was scheduled before it, and then gives `finish` what came of it:
    /// a failure also when the transaction could not begin, and `work` was not run.
    func schedule<T: Sendable>(
        _ kind: TransactionKind, _ attempt: String, _ work: @escaping @Sendable (any SQLTransaction) throws -> T,
        finish: @escaping @Sendable (Result<T, JournalError>) -> Void)

    /// Waits for what was scheduled before, then closes; a second call does nothing.
    func close() async
}

enum TransactionKind: Sendable {
    /// Sees one unchanging state.
    case reading
    case writing
}

extension JournalStore {
    func write<T: Sendable>(
        _ attempt: String, _ work: @escaping @Sendable (any SQLTransaction) throws -> T
    ) async throws(JournalError) -> T {
        try await transact(.writing, attempt, work)
    }

    func read<T: Sendable>(
        _ attempt: String, _ work: @escaping @Sendable (any SQLTransaction) throws -> T
    ) async throws(JournalError) -> T {
        try await transact(.reading, attempt, work)
    }

    private func transact<T: Sendable>(
        _ kind: TransactionKind, _ attempt: String, _ work: @escaping @Sendable (any SQLTransaction) throws -> T
    ) async throws(JournalError) -> T {
        let result: Result<T, JournalError> = await withCheckedContinuation { continuation in
            schedule(kind, attempt, work) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }
}
