import Synchronization
package import Telemetry

/// Remembers what was admitted, for as long as a copy of it would be.
///
/// Only what was rightly signed gets in, so that strangers cannot fill it.
package final class SeenRequests: Sendable {
    private let capacity: Int
    private let kept = Mutex<[String: Timestamp]>([:])

    /// - Parameter capacity: far more than people can type and press in ten minutes.
    package init(capacity: Int = 10_000) {
        self.capacity = capacity
    }

    /// - Returns: false for a copy, and when so much was admitted that nothing more can be remembered.
    package func admit(_ signature: String, until end: Timestamp, now: Timestamp) -> Bool {
        kept.withLock { kept in
            if let known = kept[signature], known > now { return false }
            if kept.count >= capacity { kept = kept.filter { $0.value > now } }
            guard kept.count < capacity else { return false }
            kept[signature] = end
            return true
        }
    }
}
