import Synchronization

/// A clock that stands still until the test moves it.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        let sinceStart: Duration

        func advanced(by duration: Duration) -> Instant { Instant(sinceStart: sinceStart + duration) }
        func duration(to other: Instant) -> Duration { other.sinceStart - sinceStart }
        static func < (left: Instant, right: Instant) -> Bool { left.sinceStart < right.sinceStart }
    }

    private struct Sleeper {
        let id: UInt64
        let until: Instant
        /// As asked for, at the time of asking.
        let length: Duration
        let wake: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        let count: Int
        let length: Duration
        let wake: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now = Instant(sinceStart: .zero)
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<UInt64> = []
        var watchers: [Watcher] = []

        func satisfies(_ watcher: Watcher) -> Bool {
            sleepers.count { $0.length == watcher.length } >= watcher.count
        }
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers.append(
                        Sleeper(
                            id: id, until: deadline, length: state.now.duration(to: deadline), wake: continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
                wakeWatchers()
            }
        } onCancel: {
            let sleeper: Sleeper? = state.withLock { state in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.wake.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let now = state.now
            let due = state.sleepers.filter { $0.until <= now }
            state.sleepers.removeAll { $0.until <= now }
            return due
        }
        for sleeper in due { sleeper.wake.resume() }
    }

    /// Returns as soon as so many sleep at the same time that went to sleep for this long. The length tells a deadline
    /// from a pause: moving the clock before the right one sleeps would leave it asleep for ever.
    func whenSleeping(_ count: Int = 1, for length: Duration) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.watchers.append(Watcher(count: count, length: length, wake: continuation)) }
            wakeWatchers()
        }
    }

    private func wakeWatchers() {
        let due = state.withLock { state in
            let due = state.watchers.filter(state.satisfies)
            let current = state
            state.watchers.removeAll(where: current.satisfies)
            return due
        }
        for watcher in due { watcher.wake.resume() }
    }
}
