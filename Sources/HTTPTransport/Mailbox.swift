internal import Synchronization

/// What passes between the callers and the event loop's thread.
final class Mailbox: Sendable {
    /// A request on its way to the thread, and the caller who waits for its answer.
    struct Submission: Sendable {
        let request: HTTPRequest
        let target: RequestTarget
        let headers: RequestHeaders
        let configuration: HTTPClientConfiguration
        let submitted: ContinuousClock.Instant
        let cancellation: Cancellation
        let answer: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>
    }

    enum Message: Sendable {
        case start(Submission)
        case cancel(Cancellation)
    }

    private struct State {
        var messages: [Message] = []
        /// nil when there is nothing to wake: the thread could not start, or frees the handle.
        var multi: MultiHandle?
        var isStopping: Bool
        var hasEnded: Bool
        var whenEnded: [CheckedContinuation<Void, Never>] = []
        var statistics = CurlEventLoop.Statistics()
    }

    private let state: Mutex<State>

    /// - Parameter multi: nil for a loop that cannot start, which refuses every request.
    init(multi: MultiHandle?) {
        state = Mutex(State(multi: multi, isStopping: multi == nil, hasEnded: multi == nil))
    }

    /// Hands a request over; its caller hears at once when nobody would take it any more.
    func submit(_ submission: Submission) {
        let accepted = state.withLock { state in
            guard !state.isStopping else { return false }
            state.messages.append(.start(submission))
            state.statistics.running += 1
            state.multi?.wake()
            return true
        }
        if !accepted { submission.answer.resume(returning: .failure(.cancelled)) }
    }

    func cancel(_ cancellation: Cancellation) {
        cancellation.raise()
        state.withLock { state in
            guard !state.isStopping else { return }
            state.messages.append(.cancel(cancellation))
            state.multi?.wake()
        }
    }

    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.multi?.wake()
        }
    }

    /// Returns when the thread has let go of everything.
    func ended() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.whenEnded.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    var statistics: CurlEventLoop.Statistics { state.withLock { $0.statistics } }

    // MARK: For the thread

    func take() -> (messages: [Message], isStopping: Bool) {
        state.withLock { state in
            defer { state.messages = [] }
            return (state.messages, state.isStopping)
        }
    }

    func count(finishedWith connections: Int) {
        state.withLock { state in
            state.statistics.running -= 1
            state.statistics.finished += 1
            state.statistics.connections += connections
        }
    }

    /// After this nobody submits a request or wakes the multi handle: it may be freed.
    func close() {
        state.withLock { state in
            state.isStopping = true
            state.multi = nil
        }
    }

    func announceEnd() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.whenEnded = [] }
            return state.whenEnded
        }
        for continuation in waiting { continuation.resume() }
    }
}
