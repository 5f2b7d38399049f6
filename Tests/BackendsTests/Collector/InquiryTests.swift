import HTTPTransport
import Languages
import Synchronization
import Telemetry
import Testing

@testable import Backends

struct InquiryTests {
    private let attempt = BackendError.Attempt("Loki", "query", on: "{app=\"x\"}")

    private func inquiry(_ clock: ManualClock, _ budget: Budget = Budget()) -> Inquiry {
        Inquiry(backend: "Loki", stopwatch: Stopwatch(clock), budget: budget)
    }

    private func words<Value>(_ result: Result<Value, Inquiry.Shortfall>) -> String? {
        if case .failure(let shortfall) = result { shortfall.words.english } else { nil }
    }

    @Test func `an answer in time is the answer`() async throws {
        let result = await inquiry(ManualClock()).ask { () async throws(BackendError) in 42 }
        #expect(try result.get() == 42)
    }

    @Test func `a question that takes too long is cancelled and named with its limit`() async {
        let clock = ManualClock()
        let wasCancelled = Mutex(false)
        async let result: Result<Int, Inquiry.Shortfall> = inquiry(clock, Budget(answerTime: .seconds(5))).ask {
            () async throws(BackendError) in
            await hang()
            wasCancelled.withLock { $0 = Task.isCancelled }
            throw .cancelled(attempt)
        }
        await clock.whenSleeping(for: .seconds(5))
        clock.advance(by: .seconds(5))
        #expect(words(await result) == "Loki did not answer within 5 s")
        #expect(wasCancelled.withLock { $0 })
    }

    @Test func `a limit that the whole time cuts short is named as such`() async {
        let clock = ManualClock()
        let inquiry = inquiry(clock, Budget(time: .seconds(20), answerTime: .seconds(5)))
        clock.advance(by: .seconds(18))
        async let result: Result<Int, Inquiry.Shortfall> = inquiry.ask { () async throws(BackendError) in
            await hang()
            throw .cancelled(attempt)
        }
        await clock.whenSleeping(for: .seconds(2))
        clock.advance(by: .seconds(2))
        #expect(words(await result) == "Loki did not answer before the 20 s were used up")
    }

    @Test func `when the time is used up nothing is asked any more`() async {
        let clock = ManualClock()
        let inquiry = inquiry(clock)
        clock.advance(by: .seconds(20))
        let result: Result<Int, Inquiry.Shortfall> = await inquiry.ask { () async throws(BackendError) in
            Issue.record("asked")
            return 1
        }
        #expect(words(result) == "Loki was not asked: the 20 s were used up")
    }

    @Test(arguments: [
        (429, true), (500, true), (502, true), (503, true), (504, true), (400, false), (401, false), (403, false),
        (404, false), (422, false),
    ])
    func `a failure that may pass is asked once more, another is not`(status: Int, isAskedAgain: Bool) async {
        let clock = ManualClock()
        let calls = Mutex(0)
        let inquiry = inquiry(clock)
        let attempt = attempt
        async let result: Result<Int, Inquiry.Shortfall> = inquiry.ask { () async throws(BackendError) in
            calls.withLock { $0 += 1 }
            throw .refused(attempt, status: status, reason: "no", retryAfter: nil)
        }
        if isAskedAgain {
            await clock.whenSleeping(for: Retry.pause)
            clock.advance(by: Retry.pause)
        }
        let answer = await result
        #expect(calls.withLock { $0 } == (isAskedAgain ? 2 : 1))
        #expect(words(answer)?.hasPrefix("Loki answered \(status): no") == true)
    }

    @Test func `how long to wait is the server's word, within reason`() {
        func busy(_ wait: Duration?) -> BackendError {
            .refused(attempt, status: 429, reason: "", retryAfter: wait)
        }
        #expect(Retry.pause(after: busy(nil), remaining: .seconds(10)) == .milliseconds(250))
        #expect(Retry.pause(after: busy(.seconds(3)), remaining: .seconds(10)) == .seconds(3))
        #expect(Retry.pause(after: busy(.zero), remaining: .seconds(10)) == .milliseconds(250))
        #expect(Retry.pause(after: busy(.seconds(6)), remaining: .seconds(10)) == nil)
        #expect(Retry.pause(after: busy(nil), remaining: .milliseconds(400)) == nil)
        #expect(Retry.pause(after: .unreadable(attempt, reason: ""), remaining: .seconds(10)) == nil)
    }

    @Test(arguments: [
        (
            BackendError.noAnswer(.init("Loki", "query"), .deadlineExceeded(host: "loki", after: .milliseconds(2500))),
            "Loki did not answer within 2.5 s"
        ),
        (.unreadable(.init("Loki", "query", on: "q"), reason: "HTML."), "Loki's answer cannot be read: HTML"),
        (
            .refused(
                .init("Loki", "query", on: "q"), status: 429, reason: "too many outstanding requests\n", retryAfter: nil
            ),
            "Loki answered 429: too many outstanding requests"
        ),
        (.refused(.init("Loki", "query"), status: 502, reason: "", retryAfter: nil), "Loki answered 502"),
        (
            .noAnswer(.init("Loki", "query"), .responseTooLarge(host: "loki", limit: 64 << 20)),
            "Loki's answer was larger than 64 MiB"
        ),
        (
            .invalidQuestion(.init("Loki", "query"), reason: "the window is empty"),
            "Loki was not asked: the window is empty"
        ),
        (.cancelled(.init("Loki", "query")), "Loki was not waited for: the investigation was stopped"),
    ])
    func `a failure becomes a sentence for people`(error: BackendError, expected: String) async {
        let result: Result<Int, Inquiry.Shortfall> = await inquiry(ManualClock(), Budget(time: .milliseconds(400))).ask
        {
            () async throws(BackendError) in throw error
        }
        #expect(words(result) == expected)
    }

    @Test func `a backend that is down is named with its host`() async {
        let error = BackendError.noAnswer(attempt, .connectionFailed(host: "loki:3100", reason: "Connection refused"))
        let result: Result<Int, Inquiry.Shortfall> = await inquiry(ManualClock(), Budget(time: .milliseconds(400))).ask
        {
            () async throws(BackendError) in throw error
        }
        #expect(words(result) == "Loki cannot be reached at loki:3100: Connection refused")
    }

    @Test func `answers come in the order of the questions, and never more at a time than allowed`() async {
        let running = Mutex((now: 0, most: 0))
        let answers = await inquiry(ManualClock()).askEach(Array(0..<20), width: 3) { number in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<(20 - number) { await Task.yield() }
            running.withLock { $0.now -= 1 }
            return number * 2
        }
        #expect(answers == (0..<20).map { $0 * 2 })
        #expect(running.withLock { $0.most } <= 3)
    }
}
