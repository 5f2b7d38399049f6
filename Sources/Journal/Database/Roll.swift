import Synchronization

/// Which workers are gone: those that were missing in several looks, one after the other.
final class Roll: Sendable {
    private let missed = Mutex<[Int64: Int]>([:])

    /// One look.
    ///
    /// - Parameter missing: workers with leases that do not live now.
    /// - Returns: those of them that were missing as often as is enough.
    func gone(_ missing: Set<Int64>, after looks: Int) -> Set<Int64> {
        missed.withLock { missed in
            missed = Dictionary(uniqueKeysWithValues: missing.map { ($0, (missed[$0] ?? 0) + 1) })
            return Set(missed.filter { $0.value >= looks }.keys)
        }
    }
}
