import Synchronization

/// Tells workers that there may be something to claim, so that nobody has to look at the journal all the time.
///
/// A ring between "I looked and found nothing" and "I wait" must not be lost: a worker takes a ticket before it looks, and
/// waiting with a ticket returns at once when the bell rang since.
package final class Doorbell: Sendable {
    package struct Ticket: Sendable {
        fileprivate let ring: UInt64
    }

    private struct State {
        var rings: UInt64 = 0
        var nextWaiter: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package func ticket() -> Ticket {
        Ticket(ring: state.withLock { $0.rings })
    }

    /// Wakes everybody who waits.
    package func ring() {
        let waiting = state.withLock { state in
            state.rings += 1
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// Returns when the bell rings, when it rang since the ticket was taken, or when the task is cancelled.
    package func wait(after ticket: Ticket) async {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let rang = state.withLock { state in
                    if state.rings > ticket.ring || Task.isCancelled { return true }
                    state.waiting[waiter] = continuation
                    return false
                }
                if rang { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }

    /// As `wait(after:)`, but for at most `limit`; nil waits without one.
    package func wait(after ticket: Ticket, atMost limit: Duration?, clock: WallClock) async {
        guard let limit else { return await wait(after: ticket) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(after: ticket) }
            // The sleep ends early only when it is cancelled, which is what the other child's return does to it.
            group.addTask { try? await clock.sleep(limit) }
            await group.next()
            group.cancelAll()
        }
    }
}
