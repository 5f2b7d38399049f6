import Synchronization

/// Remembers the latest refusals, so that one that comes again and again is logged once.
final class RefusalMemory: Sendable {
    private struct Refusal: Hashable {
        let reason: String
        let body: [UInt8].SubSequence
    }

    /// More different refusals than a misconfigured Alertmanager sends in a round.
    private static let capacity = 256
    /// Enough of a body to tell two groups apart; the whole may be megabytes.
    private static let prefixLength = 512

    private let latest = Mutex<[Int]>([])

    /// Whether this refusal is not among the latest; it is from now on.
    func isNew(reason: String, body: [UInt8]) -> Bool {
        let hash = Refusal(reason: reason, body: body.prefix(Self.prefixLength)).hashValue
        return latest.withLock { latest in
            if latest.contains(hash) { return false }
            latest.append(hash)
            if latest.count > Self.capacity { latest.removeFirst() }
            return true
        }
    }
}
