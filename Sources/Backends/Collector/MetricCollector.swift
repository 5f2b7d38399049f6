import Languages
import Telemetry

/// Asks for metrics in two rounds: what the scope names, and then what the suspicious traces point to.
struct MetricCollector: Sendable {
    let source: any MetricSource
    let inquiry: Inquiry
    let questions: MetricQuestions

    /// Questions at the same time: Prometheus evaluates 20 unless told otherwise, and is there for others as well.
    static let width = 4
    /// A server that can is asked for so many times the series that are kept, so that there is a choice; the others send
    /// them all.
    static let choice = 10

    struct Answer: Sendable {
        let question: MetricQuestion
        /// nil for a rule that nobody knows.
        let result: Result<MetricAnswer?, Inquiry.Shortfall>
    }

    struct Harvest {
        /// By name, then by labels.
        var series: [MetricSeries] = []
        var gaps: [Gap] = []
        var samplings: [Sampling] = []
    }

    func firstRound() async -> [Answer] { await ask(questions.first) }

    func secondRound(_ clues: Clues) async -> [Answer] { await ask(questions.second(clues)) }

    /// The first few tell whether the others make sense: with twenty questions, a server that hangs would use up the time
    /// of the whole investigation.
    private func ask(_ questions: [MetricQuestion]) async -> [Answer] {
        guard let range = self.questions.range else { return [] }
        func ask(_ questions: some Sequence<MetricQuestion>) async -> [Answer] {
            await inquiry.askEach(Array(questions), width: Self.width) { question in
                Answer(question: question, result: await answer(question, range))
            }
        }
        let first = await ask(questions.prefix(Self.width))
        let rest = questions.dropFirst(Self.width)
        let shortfalls = first.compactMap { answer in
            if case .failure(let shortfall) = answer.result { shortfall } else { nil }
        }
        guard let shortfall = shortfalls.first, shortfalls.count == first.count else {
            return first + (await ask(rest))
        }
        return first + rest.map { Answer(question: $0, result: .failure(shortfall)) }
    }

    private func answer(
        _ question: MetricQuestion, _ range: MetricRange
    ) async -> Result<MetricAnswer?, Inquiry.Shortfall> {
        switch question {
        case .query(let name, let promQL): return await series(promQL, name, range)
        case .rule(let rule):
            if let expression = AlertExpression.inGeneratorURL(rule.generatorURL) {
                return await series(AlertExpression.measured(expression), rule.name, range)
            }
            let source = source
            let found = await inquiry.ask { () async throws(BackendError) in
                try await source.expression(ofAlert: rule.name)
            }
            switch found {
            case .failure(let shortfall): return .failure(shortfall)
            case .success(nil): return .success(nil)
            case .success(let expression?):
                return await series(AlertExpression.measured(expression), rule.name, range)
            }
        }
    }

    private func series(
        _ promQL: String, _ name: String, _ range: MetricRange
    ) async -> Result<MetricAnswer?, Inquiry.Shortfall> {
        let (source, limit) = (source, inquiry.budget.seriesPerQuery * Self.choice)
        return await inquiry.ask { () async throws(BackendError) in
            try await source.series(promQL, named: name, over: range, limit: max(1, limit))
        }
    }

    // MARK: All answers

    /// - Parameter answers: of the first round and then of the second, which saw more.
    func harvest(_ answers: [Answer], _ clues: Clues) -> Harvest {
        guard questions.range != nil else {
            return Harvest(gaps: [Gap(.metrics, "there is no time to ask Prometheus about", isTotal: true)])
        }
        var report = SourceReport(.metrics)
        var gaps: [Gap] = []
        var found: [(name: String, series: [MetricSeries])] = []
        var isComplete = true
        for answer in answers {
            let name = answer.question.name
            report.note(answer.result, purpose: Phrase(verbatim: name))
            switch answer.result {
            case .failure: isComplete = false
            case .success(nil):
                gaps.append(
                    Gap(
                        .metrics,
                        "the expression of \(name.printableLine(atMost: 100)) is neither in the alert's link nor among Prometheus' rules",
                        isTotal: false, isStanding: true))
            case .success(let metrics?):
                for warning in metrics.warnings.prefix(Self.warningsTold) {
                    report.note("Prometheus warns about \(name): \(warning.printableLine(atMost: 200))")
                    isComplete = false
                }
                found.append((name, metrics.series))
            }
        }
        note(&report, clues)
        let names = questions.names(clues)
        let selection = MetricSelection(found, about: names, budget: inquiry.budget)
        if let words = selection.shortfall { report.note(words) }
        return Harvest(
            series: selection.series, gaps: report.gaps() + gaps,
            samplings: selection.series.isEmpty
                ? []
                : [Sampling(.metrics, taken: selection.series.count, total: isComplete ? selection.found : nil)])
    }

    /// A query over many stores may warn once for each.
    private static let warningsTold = 2

    /// Whoever needs more of the names finds them in the configuration.
    private static let unaskedTold = 3

    private func note(_ report: inout SourceReport, _ clues: Clues) {
        let unasked = questions.unasked(clues)
        if !unasked.isEmpty {
            let names = unasked.prefix(Self.unaskedTold).joined(separator: ", ")
            let rest = unasked.count - Self.unaskedTold
            let list: Phrase = rest > 0 ? "\(names) and \(rest) more" : Phrase(verbatim: names)
            report.note(
                "metrics not fetched, for neither the alert nor a trace says of which service or pod: \(list)"
            )
        }
        let beyond = questions.names(clues).beyondLimit
        if beyond > 0 {
            report.note(
                "metrics of \(beyond) names were not asked for: a query has room for \(MetricNames.limit) of a kind")
        }
    }
}
