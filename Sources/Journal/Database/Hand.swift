import Synchronization

/// What this process works on at the moment, by number.
///
/// A lease of its own that is not in here is of nobody: its worker was told that the claim had failed, or could not give
/// it back.
final class Hand: Sendable {
    private let ids = Mutex<Set<Int64>>([])

    /// Claims a piece of work, and keeps it from inside the claim's transaction, so that nobody takes it for abandoned in
    /// between.
    ///
    /// - Parameters:
    ///   - attempt: what an error says was attempted.
    ///   - id: the number of what was claimed.
    func claim<Work: Sendable>(
        _ attempt: String, from store: any JournalStore, id: @escaping @Sendable (Work) -> Int64,
        _ claim: @escaping @Sendable (any SQLTransaction) throws -> Work?
    ) async throws(JournalError) -> Work? {
        let taken = Taken()
        do {
            return try await store.write(attempt) { db in
                let work = try claim(db)
                if let id = work.map(id) {
                    taken.id.withLock { $0 = id }
                    self.ids.withLock { _ = $0.insert(id) }
                }
                return work
            }
        } catch {
            if let id = taken.id.withLock({ $0 }) { drop(id) }
            throw error
        }
    }

    func drop(_ id: Int64) { ids.withLock { _ = $0.remove(id) } }

    /// In ascending order.
    var held: [Int64] { ids.withLock { $0.sorted() } }

    /// What one claim took, for the case that its transaction fails.
    private final class Taken: Sendable {
        let id = Mutex<Int64?>(nil)
    }
}
