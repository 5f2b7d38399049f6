import HTTPTransport
import Languages
import Telemetry

/// Asks one backend within the budget of time; what goes wrong becomes words for people.
struct Inquiry: Sendable {
    /// `Tempo`, `Loki`, `Kubernetes`: as the reader knows it.
    let backend: String
    let stopwatch: Stopwatch
    let budget: Budget

    /// Why there is no answer: "Loki did not answer within 5 s".
    struct Shortfall: Error, Hashable {
        let words: Phrase
    }

    private var remaining: Duration { budget.time - stopwatch.elapsed() }

    /// One answer, with one more attempt after a failure that may pass.
    func ask<Value: Sendable>(
        _ question: @escaping @Sendable () async throws(BackendError) -> Value
    ) async -> Result<Value, Shortfall> {
        var isSecondAttempt = false
        while true {
            let remaining = remaining
            guard remaining > .zero else {
                return .failure(
                    Shortfall(words: "\(backend) was not asked: the \(budget.time.roundedText) were used up"))
            }
            let limit = min(budget.answerTime, remaining)
            switch await stopwatch.run(atMost: limit, question) {
            case .value(let value): return .success(value)
            case .expired:
                return .failure(
                    Shortfall(
                        words: limit < budget.answerTime
                            ? "\(backend) did not answer before the \(budget.time.roundedText) were used up"
                            : "\(backend) did not answer within \(limit.roundedText)"))
            case .failure(let error):
                guard !isSecondAttempt, let pause = Retry.pause(after: error, remaining: self.remaining),
                    (try? await stopwatch.sleep(pause)) != nil
                else { return .failure(Shortfall(words: error.gapWords(backend))) }
                isSecondAttempt = true
            }
        }
    }

    /// Asks about each element, at most `width` at a time; the answers are in the order of the elements.
    ///
    /// A few at a time is quicker than all at once: Tempo and Loki refuse what their queues cannot hold.
    func askEach<Element: Sendable, Answer: Sendable>(
        _ elements: [Element], width: Int, _ ask: @escaping @Sendable (Element) async -> Answer
    ) async -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { group in
            var waiting = elements.enumerated().makeIterator()
            var answers: [(Int, Answer)] = []
            func startNext() {
                if let (index, element) = waiting.next() { group.addTask { (index, await ask(element)) } }
            }
            for _ in 0..<width { startNext() }
            while let answer = await group.next() {
                answers.append(answer)
                startNext()
            }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

extension BackendError {
    /// One sentence for the list of what is missing. It has no query: what is missing is said in words beside it, and
    /// the same trouble with twenty queries is one line.
    fileprivate func gapWords(_ backend: String) -> Phrase {
        switch self {
        case .noAnswer(_, .deadlineExceeded(_, let limit)): "\(backend) did not answer within \(limit.roundedText)"
        case .noAnswer(_, .connectionFailed(let host, let reason)): "\(backend) cannot be reached at \(host): \(reason)"
        case .noAnswer(_, .responseTooLarge(_, let limit)): "\(backend)'s answer was larger than \(limit >> 20) MiB"
        case .noAnswer(_, .invalidRequest(let reason)): "\(backend) was not asked: \(reason)"
        case .noAnswer(_, .cancelled), .cancelled: "\(backend) was not waited for: the investigation was stopped"
        case .refused(_, let status, let reason, _):
            "\(backend) answered \(status)\(reason.isEmpty ? "" : ": \(Self.shortened(reason))")"
        case .unreadable(_, let reason), .malformed(_, let reason):
            "\(backend)'s answer cannot be read: \(Self.shortened(reason))"
        case .invalidQuestion(_, let reason): "\(backend) was not asked: \(reason)"
        case .file(let path, let reason): "\(path) cannot be read: \(reason)"
        }
    }

    /// Enough for the API server's words about a missing permission and the rule that grants it.
    private static let longestReason = 400

    private static func shortened(_ reason: String) -> String {
        var text = reason.count > longestReason ? reason.prefix(longestReason) + "…" : reason[...]
        while text.hasSuffix(".") || text.hasSuffix("\n") { text.removeLast() }
        return String(text)
    }
}

extension Duration {
    /// `5 s`, `2.5 s`, `250 ms`.
    var roundedText: Phrase {
        let milliseconds = nanoseconds / 1_000_000
        if milliseconds < 1000 { return Phrase(verbatim: "\(milliseconds) ms") }
        let tenths = (milliseconds + 50) / 100
        return Phrase(decimal: tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)")
            + Phrase(verbatim: " s")
    }
}
