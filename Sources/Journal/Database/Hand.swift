import Synchronization

/// What this process works on at the moment, by number.
///
/// A lease of its own that is not in here is of nobody: its worker was told that the claim had failed, or could not give
/// it back.
final class Hand: Sendable {
    private let ids = Mutex<Set<Int64>>([])

    /// Kept from inside the claim's transaction, so that nobody takes it for abandoned in between.
    func take(_ id: Int64) { _ = ids.withLock { $0.insert(id) } }

    func drop(_ id: Int64) { _ = ids.withLock { $0.remove(id) } }

    /// In ascending order.
    var held: [Int64] { ids.withLock { $0.sorted() } }
}

/// What one claim took, for the case that its transaction fails.
final class Claimed: Sendable {
    private let id = Mutex<Int64?>(nil)

    func take(_ id: Int64?, into hand: Hand) {
        guard let id else { return }
        self.id.withLock { $0 = id }
        hand.take(id)
    }

    func drop(from hand: Hand) {
        if let id = id.withLock({ $0 }) { hand.drop(id) }
    }
}
