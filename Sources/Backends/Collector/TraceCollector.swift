import Languages
import Telemetry

/// Searches for the traces of a scope and fetches as many of them whole as the budget allows.
struct TraceCollector: Sendable {
    let source: any TraceSource
    let inquiry: Inquiry
    let request: CollectionRequest

    struct Harvest {
        /// By id.
        var traces: [Trace] = []
        /// The failing ones in the order in which they were chosen, then the slow ones.
        var suspicious: [Trace] = []
        var gaps: [Gap] = []
        var samplings: [Sampling] = []
        /// Of the window; nil when its traces could not be counted.
        var sample: TraceSample?
    }

    /// Searches, and then fetches, at the same time.
    static let searchWidth = 4
    static let fetchWidth = 8

    private var budget: Budget { inquiry.budget }

    func collect() async -> Harvest {
        var report = SourceReport(.traces)
        let questions = TraceQuestions(request: request, budget: budget)
        for words in questions.shortfalls { report.note(words) }
        var searches = await search(questions.first, &report)
        if let slow = questions.slow(than: searches.filter { $0.role == .reference }.flatMap(\.hits)) {
            searches += await search([slow], &report)
        }
        for search in searches where search.isTruncated && search.role != .sample && search.role != .reference {
            report.note("there are more \(search.purpose) than the \(search.hits.count) that were looked at")
        }
        let plan = Self.plan(searches.map(sampled))
        let fetched = await fetch(plan)
        return harvest(plan, fetched, searches, report)
    }

    // MARK: Searching

    struct Search {
        let role: TraceQuestion.Role
        let purpose: Phrase
        let hits: [TraceHit]
        let isTruncated: Bool
    }

    private func search(_ questions: [TraceQuestion], _ report: inout SourceReport) async -> [Search] {
        let (source, inquiry) = (source, inquiry)
        let answers = await inquiry.askEach(questions, width: Self.searchWidth) { question in
            await inquiry.ask { () async throws(BackendError) in
                try await source.search(question.traceQL, in: question.window, limit: question.limit)
            }
        }
        var searches: [Search] = []
        for (question, answer) in zip(questions, answers) {
            report.note(answer, purpose: question.purpose)
            guard case .success(let found) = answer else { continue }
            let hits = found.hits.sorted { ($1.start, $0.traceID) < ($0.start, $1.traceID) }
            searches.append(
                Search(role: question.role, purpose: question.purpose, hits: hits, isTruncated: found.isTruncated))
        }
        return searches
    }

    /// The population is counted by its summaries, and only some of it is fetched: spread over the whole time, because
    /// the newest alone would show what is after the trouble, or before it.
    private func sampled(_ search: Search) -> Search {
        let wanted: Int
        switch search.role {
        case .sample: wanted = budget.sampledTraces
        case .reference: wanted = budget.referenceTraces
        case .failing, .failingElsewhere, .slow: return search
        }
        guard search.hits.count > wanted, wanted > 0 else { return search }
        let chosen = (0..<wanted).map { search.hits[$0 * search.hits.count / wanted] }
        return Search(
            role: search.role, purpose: search.purpose, hits: chosen, isTruncated: search.isTruncated)
    }

    /// A trace that is to be fetched.
    struct Planned: Hashable {
        let hit: TraceHit
        let role: TraceQuestion.Role
    }

    /// The hits in turns, one of each kind after the other, each trace once: however small the budget is, failing traces
    /// and those they are compared with are both in it.
    static func plan(_ searches: [Search]) -> [Planned] {
        let order: [TraceQuestion.Role] = [.failing, .reference, .failingElsewhere, .slow, .sample]
        let queues = order.map { role in
            searches.filter { $0.role == role }.flatMap(\.hits).map { Planned(hit: $0, role: role) }
        }
        var seen: Set<TraceID> = []
        var plan: [Planned] = []
        for turn in 0..<(queues.map(\.count).max() ?? 0) {
            for queue in queues where turn < queue.count && seen.insert(queue[turn].hit.traceID).inserted {
                plan.append(queue[turn])
            }
        }
        return plan
    }

    // MARK: Fetching

    private typealias Answer = Result<Trace?, Inquiry.Shortfall>

    /// The answers in the order of the plan, until the budget is reached.
    ///
    /// What counts is the plan's order and not that of the answers: fetching goes on while the answers without a hole
    /// before them are within the budget, and what came in beyond it is dropped. So the same servers give the same
    /// evidence, however fast they are.
    private func fetch(_ plan: [Planned]) async -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { group in
            var answers: [Int: Answer] = [:]
            var started = 0
            var counted = 0
            var weight = Weight()
            func startNext() {
                guard started < plan.count else { return }
                let (index, hit) = (started, plan[started].hit)
                started += 1
                group.addTask { (index, await fetch(hit)) }
            }
            for _ in 0..<Self.fetchWidth { startNext() }
            while let (index, answer) = await group.next() {
                answers[index] = answer
                while !weight.reaches(budget), let next = answers[counted] {
                    if case .success(let trace?) = next { weight.add(trace) }
                    counted += 1
                }
                if !weight.reaches(budget) { startNext() } else { group.cancelAll() }
            }
            return (0..<counted).compactMap { answers[$0] }
        }
    }

    private func fetch(_ hit: TraceHit) async -> Answer {
        // Of a trace without its root nobody knows when it began. A summary may know only a part of the others as well.
        let window =
            hit.isRootMissing
            ? nil
            : TimeWindow(
                start: min(hit.start, request.window.start),
                end: max(hit.start + hit.duration, request.window.end))
        let source = source
        return await inquiry.ask { () async throws(BackendError) in try await source.trace(hit.traceID, around: window)
        }
    }

    /// How much of the budget the traces take.
    private struct Weight {
        var spans = 0
        var bytes = 0

        mutating func add(_ trace: Trace) {
            spans += trace.spans.count
            bytes += trace.spans.reduce(0) { $0 + $1.approximateSize }
        }

        func reaches(_ budget: Budget) -> Bool { spans >= budget.spans || bytes >= budget.bytes / 2 }
    }

    private func harvest(
        _ plan: [Planned], _ fetched: [Answer], _ searches: [Search], _ report: SourceReport
    ) -> Harvest {
        var report = report
        var harvest = Harvest()
        var forgotten = 0
        var failures: [String: (words: Phrase, count: Int)] = [:]
        var slow: [Trace] = []
        for (planned, answer) in zip(plan, fetched) {
            switch answer {
            case .success(let trace?):
                harvest.traces.append(trace)
                if planned.role == .slow {
                    slow.append(trace)
                } else if planned.role != .reference, trace.spans.contains(where: \.isError) {
                    harvest.suspicious.append(trace)
                }
            case .success(nil): forgotten += 1
            case .failure(let shortfall): failures[shortfall.words.english, default: (shortfall.words, 0)].count += 1
            }
        }
        for (words, count) in failures.sorted(by: { $0.key < $1.key }).map(\.value) {
            report.note(
                Result<Void, Inquiry.Shortfall>.failure(Inquiry.Shortfall(words: words)),
                purpose: "\(count) of \(plan.count) traces that were found")
        }
        if forgotten > 0 {
            report.note("\(forgotten) of \(plan.count) traces were found, but Tempo has no spans of them")
        }
        if fetched.count < plan.count {
            report.note(
                "\(plan.count - fetched.count) of \(plan.count) traces were left out: the budget of \(budget.spans) spans and \(budget.bytes >> 20) MiB was used up"
            )
        }
        harvest.suspicious += slow
        harvest.sample = Self.sample(searches, of: Set(harvest.traces.map(\.id)))
        harvest.traces.sort { $0.id < $1.id }
        harvest.gaps = report.gaps(hasNothing: harvest.traces.isEmpty && !plan.isEmpty)
        if !harvest.traces.isEmpty {
            let isCounted = !searches.contains(where: \.isTruncated)
            let all = Set(searches.flatMap(\.hits).map(\.traceID))
            harvest.samplings = [Sampling(.traces, taken: harvest.traces.count, total: isCounted ? all.count : nil)]
        }
        return harvest
    }
}

extension TraceCollector {
    /// What was fetched, beside what was counted: failing traces and slow ones are looked for, of the others a few are
    /// taken.
    ///
    /// Builds that never ended have no root, so that the population does not count them: they are counted as found.
    static func sample(_ searches: [Search], of fetched: Set<TraceID>) -> TraceSample? {
        guard let population = searches.first(where: { $0.role == .sample }) else { return nil }
        func found(_ roles: Set<TraceQuestion.Role>) -> Set<TraceID> {
            Set(searches.filter { roles.contains($0.role) }.flatMap(\.hits).map(\.traceID))
        }
        let counted = Set(population.hits.map(\.traceID))
        var failing = found([.failing, .failingElsewhere])
        var slow = found([.slow]).subtracting(failing)
        if population.isTruncated {
            failing.formIntersection(counted)
            slow.formIntersection(counted)
        }
        let others = counted.subtracting(failing).subtracting(slow)
        return TraceSample(
            strata: [failing, slow, others].map {
                TraceSample.Stratum(counted: $0.count, fetched: $0.intersection(fetched))
            }, isComplete: !population.isTruncated)
    }
}

extension Span {
    /// In memory, roughly: the fixed part, and the text of its own.
    fileprivate var approximateSize: Int {
        let fixed = 200
        return attributes.reduce(fixed + name.utf8.count) { $0 + $1.name.utf8.count + $1.value.description.utf8.count }
            + events.reduce(0) { size, event in
                event.attributes.reduce(size + event.name.utf8.count) {
                    $0 + $1.name.utf8.count + $1.value.description.utf8.count
                }
            }
    }
}
