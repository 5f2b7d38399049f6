import Synchronization

/// Gives out turns to send to one channel.
package protocol Pacing: Sendable {
    /// Returns when it is the caller's turn, or at once when that is too far away to wait for.
    func turn() async -> Turn
}

package enum Turn: Hashable, Sendable {
    case now
    /// Not reserved: come again in this time.
    case later(Duration)
    /// The task was cancelled while it waited.
    case cancelled
}

/// Keeps one channel within its platform's limits.
///
/// What was sent is known to this process only: after a restart the windows begin anew, and the platform's own 429 is
/// what remains.
package final class Pacer<PacingClock: Clock<Duration>>: Pacing {
    private let policy: PacingPolicy
    private let clock: PacingClock
    private let longestWait: Duration
    /// The turns that were given out, in order; the last ones may lie in the future.
    private let turns = Mutex<[PacingClock.Instant]>([])

    /// - Parameter longestWait: callers hold a lease on their message while they wait, so this is well below it.
    package init(policy: PacingPolicy, clock: PacingClock, longestWait: Duration = .seconds(10)) {
        self.policy = policy
        self.clock = clock
        self.longestWait = longestWait
    }

    package func turn() async -> Turn {
        let now = clock.now
        let planned = turns.withLock { turns -> PacingClock.Instant? in
            let next = policy.next(after: turns, now: now)
            guard now.duration(to: next) <= longestWait else { return nil }
            turns.append(next)
            turns.removeFirst(max(0, turns.count - policy.memory))
            return next
        }
        guard let planned else {
            return .later(now.duration(to: turns.withLock { policy.next(after: $0, now: now) }))
        }
        guard planned > now else { return .now }
        do {
            try await clock.sleep(until: planned, tolerance: nil)
            return .now
        } catch {
            return .cancelled
        }
    }
}
