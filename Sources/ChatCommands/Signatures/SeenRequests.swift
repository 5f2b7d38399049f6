import Synchronization
package import Telemetry

/// Remembers what was admitted, for as long as a copy of it would be.
///
/// Only what was rightly signed gets in, so that strangers cannot fill it. What was sent before the service started may be
/// a copy of what it admitted before it stopped, and is not admitted.
package final class SeenRequests: Sendable {
    private let capacity: Int
    private let start: Timestamp
    private let kept = Mutex<[String: Timestamp]>([:])

    /// - Parameters:
    ///   - start: of the service.
    ///   - capacity: far more than people can type and press in ten minutes.
    package init(since start: Timestamp, capacity: Int = 10_000) {
        self.start = start
        self.capacity = capacity
    }

    /// - Parameter sentAt: as the sender says, to the second; nil where it does not say.
    /// - Returns: false for what may be a copy, and when so much was admitted that nothing more can be remembered.
    package func admit(_ signature: String, sentAt: Timestamp?, until end: Timestamp, now: Timestamp) -> Bool {
        if let sentAt, sentAt.seconds < start.seconds { return false }
        return kept.withLock { kept in
            if let known = kept[signature], known > now { return false }
            if kept.count >= capacity { kept = kept.filter { $0.value > now } }
            guard kept.count < capacity else { return false }
            kept[signature] = end
            return true
        }
    }
}
