import Languages
import Telemetry

/// Asks for log lines in two rounds: those of the scope, and then those that the failing traces point to.
struct LogCollector: Sendable {
    let source: any LogSource
    let inquiry: Inquiry
    let questions: LogQuestions

    /// Questions at the same time; Loki refuses what its queue cannot hold.
    static let width = 4

    /// The lines that one question gave.
    struct Answer: Sendable {
        let question: LogQuestion
        var entries: [LogEntry] = []
        /// Whether there were more, which were looked at only in part.
        var isTruncated = false
        var shortfalls: [Inquiry.Shortfall] = []
        var answered = 0
    }

    struct Harvest {
        /// By time, then by labels and text.
        var entries: [LogEntry] = []
        var gaps: [Gap] = []
        var samplings: [Sampling] = []
    }

    func firstRound() async -> [Answer] { await ask(questions.first) }

    /// - Parameter first: tells which labels this Loki has.
    func secondRound(_ clues: Clues, after first: [Answer]) async -> [Answer] {
        let productive = Set(first.filter { !$0.entries.isEmpty }.map(\.question.label))
        return await ask(questions.second(clues, productive: productive))
    }

    private func ask(_ questions: [LogQuestion]) async -> [Answer] {
        await inquiry.askEach(questions, width: Self.width) { await answer($0) }
    }

    // MARK: One question

    private func limit(_ question: LogQuestion) -> Int {
        max(1, inquiry.budget.logLines * question.role.share / 100)
    }

    /// The newest lines; when there are more, also what sounds like trouble in the rest, and the oldest lines: a window
    /// has to be seen as a whole, and a busy service fills any limit within its last minute.
    private func answer(_ question: LogQuestion) async -> Answer {
        let limit = limit(question)
        var answer = Answer(question: question)
        let newest = await page(question.logQL, question.window, limit, .backward, &answer)
        guard let newest, newest.isTruncated, let oldest = newest.entries.map(\.at).min() else { return answer }
        answer.isTruncated = true
        guard question.role == .window || question.role == .baseline else { return answer }
        // Lines of the oldest instant may be among those that were cut off; what comes twice counts once.
        let rest = TimeWindow(start: question.window.start, end: oldest + .nanoseconds(1))
        _ = await page(question.logQL + LogQuestions.soundsLikeTrouble, rest, max(1, limit / 2), .backward, &answer)
        _ = await page(question.logQL, rest, max(1, limit / 4), .forward, &answer)
        return answer
    }

    private func page(
        _ logQL: String, _ window: TimeWindow, _ limit: Int, _ direction: LogDirection, _ answer: inout Answer
    ) async -> LogPage? {
        let source = source
        let result = await inquiry.ask { () async throws(BackendError) in
            try await source.entries(logQL, in: window, limit: limit, direction: direction)
        }
        switch result {
        case .success(let page):
            answer.answered += 1
            answer.entries += page.entries
            return page
        case .failure(let shortfall):
            answer.shortfalls.append(shortfall)
            return nil
        }
    }

    // MARK: All answers

    func harvest(_ answers: [Answer]) -> Harvest {
        var report = SourceReport(.logs)
        for answer in answers {
            for _ in 0..<answer.answered {
                report.note(Result<Void, Inquiry.Shortfall>.success(()), purpose: answer.question.purpose)
            }
            for shortfall in answer.shortfalls {
                report.note(Result<Void, Inquiry.Shortfall>.failure(shortfall), purpose: answer.question.purpose)
            }
            if answer.isTruncated {
                report.note("there are more \(answer.question.purpose) than were fetched: the newest were looked at")
            }
        }
        if answers.isEmpty {
            return Harvest(gaps: [
                Gap(
                    .logs, "neither the alert nor a trace names a service, namespace or pod whose logs to read",
                    isTotal: true)
            ])
        }
        let selection = LogSelection(answers, budget: inquiry.budget)
        if selection.entries.count < selection.found {
            report.note(
                "\(selection.found - selection.entries.count) of \(selection.found) log lines were left out: the budget of \(inquiry.budget.logLines) lines and \(inquiry.budget.bytes >> 20) MiB was used up"
            )
        }
        let isCounted = !answers.contains { $0.isTruncated || !$0.shortfalls.isEmpty }
        return Harvest(
            entries: selection.entries, gaps: report.gaps(),
            samplings: selection.entries.isEmpty
                ? []
                : [Sampling(.logs, taken: selection.entries.count, total: isCounted ? selection.found : nil)])
    }
}
