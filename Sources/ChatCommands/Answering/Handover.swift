import Responder
import Synchronization

/// An answer on its way from whoever works it out to whoever waits for it, but not for ever.
final class Handover: Sendable {
    private enum State {
        case open
        case answered(Answer)
        /// Nobody waits any more.
        case left
    }

    private let state = Mutex(State.open)
    private let bell = Doorbell()

    /// - Returns: false when nobody waits any more: the answer has to go another way.
    func finish(_ answer: Answer) -> Bool {
        let isTaken = state.withLock { state in
            guard case .open = state else { return false }
            state = .answered(answer)
            return true
        }
        bell.ring()
        return isTaken
    }

    /// - Returns: nil when the answer did not come in time.
    func answer(within limit: Duration, clock: WallClock) async -> Answer? {
        let ticket = bell.ticket()
        if state.withLock({ if case .open = $0 { true } else { false } }) {
            await bell.wait(after: ticket, atMost: limit, clock: clock)
        }
        return state.withLock { state in
            if case .answered(let answer) = state { return answer }
            state = .left
            return nil
        }
    }
}
