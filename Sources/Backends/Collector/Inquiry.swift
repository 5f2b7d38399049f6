import HTTPTransport
import Telemetry

/// Asks one backend within the budget of time; what goes wrong becomes words for people.
struct Inquiry: Sendable {
    /// `Tempo`, `Loki`, `Kubernetes`: as the reader knows it.
    let backend: String
    let stopwatch: Stopwatch
    let budget: Budget

    /// Why there is no answer: "Loki did not answer within 5 s".
    struct Shortfall: Error, Hashable {
        let words: String
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
                let words =
                    limit < budget.answerTime
                    ? "before the \(budget.time.roundedText) were used up" : "within \(limit.roundedText)"
                return .failure(Shortfall(words: "\(backend) did not answer \(words)"))
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
    /// One sentence for the list of what is missing. It leaves out what only who runs the service needs to know.
    fileprivate func gapWords(_ backend: String) -> String {
        switch self {
        case .noAnswer(_, .deadlineExceeded(_, let limit)): "\(backend) did not answer within \(limit.roundedText)"
        case .noAnswer(_, .connectionFailed(let host, let reason)):
            "\(backend) cannot be reached at \(host): \(reason)"
        case .noAnswer(_, .cancelled), .cancelled: "\(backend) was not waited for: the investigation was stopped"
        default:
            String(description.hasSuffix(".") ? description.dropLast() : description[...])
        }
    }
}

extension Duration {
    /// `5 s`, `2.5 s`, `250 ms`.
    var roundedText: String {
        let milliseconds = nanoseconds / 1_000_000
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let tenths = (milliseconds + 50) / 100
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
