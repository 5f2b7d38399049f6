import ServiceLifecycle
import Synchronization

/// Lets so many in at the same time; the others wait their turn, first come, first served.
final class Turnstile: Sendable {
    private struct Waiting {
        let id: UInt64
        let wake: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var nextID: UInt64 = 0
        var waiting: [Waiting] = []
        /// Gave up before they began to wait.
        var gone: Set<UInt64> = []
    }

    private let state: Mutex<State>

    init(_ width: Int) { state = Mutex(State(free: max(1, width))) }

    /// Whether somebody who came now would not have to wait.
    var hasRoom: Bool { state.withLock { $0.free > 0 } }

    /// Returns when there is room: then the caller has to ``leave()``. False when its task was cancelled or the service
    /// stops: whoever has not begun begins nothing.
    func enter() async -> Bool {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        defer { state.withLock { _ = $0.gone.remove(id) } }
        return await withTaskCancellationOrGracefulShutdownHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.gone.contains(id) { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append(Waiting(id: id, wake: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancelOrGracefulShutdown: {
            let waiting: Waiting? = self.state.withLock { state in
                guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
                    state.gone.insert(id)
                    return nil
                }
                return state.waiting.remove(at: index)
            }
            waiting?.wake.resume(returning: false)
        }
    }

    func leave() {
        let next: Waiting? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.wake.resume(returning: true)
    }
}
