import Languages
import Telemetry

/// Reads one build from its spans, and from what its log and its pods add.
struct BuildReader {
    private struct Loss {
        let at: Timestamp
        let agent: String?
        let text: String
        /// The row of the span that says it.
        let row: Int?
    }

    private struct Failed {
        let row: Int
        let span: Span
    }

    /// Log lines come a little after what they tell of, and clocks differ.
    static let clockSkew = Duration.seconds(5)

    /// A build that lost more agents than this has lost its agents.
    private static let mostLosses = 20

    private let table: SpanTable
    private let context: BuildContext
    private let rows: [Int]
    private let root: Int?
    private let job: String
    private let number: Int?
    private let url: String?
    let traceID: TraceID
    private var notes: [BuildNotes] = []
    private var result: String?
    private var agents: Set<String> = []
    private var nodes: [String: String] = [:]
    private var losses: [Loss] = []
    /// When a span says that it was stopped.
    private var stopOfSpans: Timestamp?
    /// When its log says so.
    private var stopOfLines: Timestamp?
    private var timedOutAt: Timestamp?
    private var queueCancelledAt: Timestamp?
    private var resumedAt: Timestamp?
    private var failed: Failed?
    private var hasFailFast = false
    /// The label of an agent that was asked for and did not come.
    private var allocation: (label: String?, failed: Bool)?
    private var waitsFor: String?
    private var waitsForAgent: String?
    private var waitingSince: Timestamp?

    /// - Parameter told: the build that its log or its agent's pod names: without a root, its spans name none.
    init(
        root: Int?, rows: [Int], context: BuildContext, table: SpanTable, traceID: TraceID, told: RunAddress? = nil
    ) {
        self.traceID = traceID
        self.root = root
        self.rows = rows
        self.context = context
        self.table = table
        let spans = rows.map { table.span(of: $0) }
        url = spans.lazy.compactMap { $0.attributes.text("ci.pipeline.run.url") }.first
        let address = url.flatMap { RunAddress($0) }
        // Roots of pull requests are named `BUILD x/PR-{number}`, literally: only the id has the number.
        job =
            spans.lazy.compactMap { $0.attributes.text("ci.pipeline.id") }.first ?? address?.job
            ?? root.map { String(table.span(of: $0).name.dropFirst(PipelineNames.build.count)) } ?? told?.job
            ?? "unknown job"
        number =
            spans.lazy.compactMap { Int($0.attributes.text("ci.pipeline.run.number") ?? "") }.first ?? address?.number
            ?? told?.number
        result = root.flatMap { table.span(of: $0).attributes.text("ci.pipeline.run.result") }
        for (row, span) in zip(rows, spans) { read(span, row) }
    }

    var run: RunAddress? { number.map { RunAddress(job: job, number: $0) } }

    private mutating func read(_ span: Span, _ row: Int) {
        let agent = context.agent(of: row)
        if let agent { agents.insert(agent) }
        if let agent, let node = span.node { nodes[agent] = node }
        let interruption = Interruption.find(in: span)
        switch interruption {
        case .agentRemoved(let text): losses.append(Loss(at: span.end, agent: agent, text: text, row: row))
        case .stopped: stopOfSpans = min(stopOfSpans ?? span.end, span.end)
        case .timedOut: timedOutAt = min(timedOutAt ?? span.end, span.end)
        case .queueCancelled: queueCancelledAt = min(queueCancelledAt ?? span.end, span.end)
        case .failFast: hasFailFast = true
        case nil: break
        }
        if PipelineNames.isAllocation(span) {
            let label = span.attributes.text("jenkins.pipeline.step.agent.label")
            if span.isError || allocation == nil { allocation = (label ?? allocation?.label, span.isError) }
        }
        guard row != root, span.isError, interruption != .failFast else { return }
        // The innermost of those that end first.
        if let known = failed, (known.span.end, -table.rows[known.row].depth) <= (span.end, -table.rows[row].depth) {
            return
        }
        failed = Failed(row: row, span: span)
    }

    mutating func add(_ notes: BuildNotes) {
        self.notes.append(notes)
        agents.formUnion(notes.agents.keys)
        losses += notes.losses.map { Loss(at: $0.at, agent: $0.agent, text: $0.text, row: nil) }
        agents.formUnion(notes.losses.compactMap(\.agent))
        stopOfLines = [stopOfLines, notes.stoppedAt].compactMap(\.self).min()
        timedOutAt = [timedOutAt, notes.timedOutAt].compactMap(\.self).min()
        queueCancelledAt = [queueCancelledAt, notes.queueCancelledAt].compactMap(\.self).min()
        resumedAt = resumedAt ?? notes.resumedAt
        result = result ?? notes.result
        waitingSince = waitingSince ?? notes.waitingSince
        waitsFor = waitsFor ?? notes.waitsFor
        waitsForAgent = waitsForAgent ?? notes.waitsForAgent
    }

    /// When somebody or something wanted it to stop.
    ///
    /// Jenkins records as the cause of an interruption what came first: where a span says that the agent was removed, a
    /// line that sounds like a stop is of something else.
    private var stoppedAt: Timestamp? {
        let isRecorded = losses.contains { $0.row != nil && AgentLossWords.isCause($0.text) }
        return isRecorded ? stopOfSpans : [stopOfSpans, stopOfLines].compactMap(\.self).min()
    }

    /// - Parameter names: agents that are known to have been made for it.
    mutating func add(agents names: [String]) { agents.formUnion(names) }

    /// - Parameter trace: nil for one of which there is only the log.
    func build(trace: Int?) -> Build {
        let rootSpan = root.map { table.span(of: $0) }
        let spans = rows.map { table.span(of: $0) }
        let start =
            spans.map(\.start).min() ?? notes.compactMap(\.firstAt).min() ?? table.stretches.window.start
        let end = spans.map(\.end).max() ?? notes.compactMap(\.lastAt).max() ?? start
        let decision = decide(rootSpan, end: end)
        var lost: Set<String> = []
        if decision.outcome == .lostAgent {
            lost = Set(losses.compactMap(\.agent))
            // Its agent is named on other steps only.
            if lost.isEmpty { lost = agents }
        }
        let firstLoss = losses.min { ($0.at, $0.text) < ($1.at, $1.text) }
        let step = failed.map {
            Build.Step(
                row: $0.row, name: $0.span.name, stage: context.stage(of: $0.row),
                reason: FailureMarks.reason(of: $0.span))
        }
        let failedAt: Timestamp =
            switch decision.outcome {
            case .timedOut: timedOutAt ?? failed?.span.end ?? end
            case .lostAgent: failed?.span.end ?? firstLoss?.at ?? end
            default: failed?.span.end ?? end
            }
        return Build(
            trace: trace, traceID: traceID, root: root,
            population: trace.map { table.traceRows[$0].population }
                ?? table.stretches.population(from: start, to: end),
            job: job, number: number, url: url, service: service, lastStage: notes.lazy.compactMap(\.stage).first,
            outcome: decision.outcome, isExplained: decision.isExplained, result: result,
            start: start, end: end, failedAt: failedAt, agents: agents.sorted(), lostAgents: lost.sorted(),
            lossText: decision.outcome == .lostAgent ? firstLoss.map { Phrase(verbatim: $0.text) } : nil,
            hasLostAnAgent: losses.contains { $0.row != nil }, step: step, nodes: nodes,
            waitedFor: waitedFor, waitedForAgent: waitsForAgent, label: allocation?.label ?? waitsFor,
            resumedAt: resumedAt)
    }

    private var service: String? {
        (root ?? rows.first).map { table.span(of: $0).service } ?? notes.lazy.compactMap(\.service).first
    }

    /// What it waited for when it ended: an agent that it asked for did not come.
    private var waitedFor: String? {
        if let allocation, allocation.failed { return allocation.label ?? waitsFor ?? "" }
        return waitingSince != nil ? waitsFor ?? allocation?.label ?? "" : nil
    }

    private func decide(_ rootSpan: Span?, end: Timestamp) -> (outcome: Build.Outcome, isExplained: Bool) {
        // What comes first is what ended it: an agent that goes after somebody stopped the build was only cleaned up.
        let stop = stoppedAt ?? .init(nanoseconds: .max)
        let timeout = timedOutAt ?? .init(nanoseconds: .max)
        let first = losses.sorted { ($0.at, $0.text) < ($1.at, $1.text) }.prefix(Self.mostLosses)
        let loss = first.filter { !isRecovered($0) && isTelling($0, end: end) }.map(\.at).min()
        let isLost = loss.map { $0 <= stop && $0 <= timeout + Self.clockSkew } ?? false
        let isTimedOut = timedOutAt != nil && timeout <= stop
        switch result {
        case "SUCCESS": return (.success, true)
        case "UNSTABLE": return (.unstable, true)
        case "NOT_BUILT": return (.stopped, true)
        case "ABORTED", "FAILURE":
            if isLost { return (.lostAgent, true) }
            if isTimedOut, failed.map({ timeout <= $0.span.end + Self.clockSkew }) ?? true { return (.timedOut, true) }
            if result == "FAILURE" { return (.failure, true) }
            if stoppedAt != nil { return (.stopped, true) }
            if queueCancelledAt != nil || (hasFailFast && failed != nil) { return (.failure, true) }
            return (.stopped, false)
        default:
            if isLost { return (.lostAgent, true) }
            guard let rootSpan else { return (isTimedOut ? .timedOut : stoppedAt != nil ? .stopped : .open, true) }
            return (rootSpan.isError ? .failure : .success, true)
        }
    }

    /// Whether the build went on elsewhere: the same step ran again, later and on another agent.
    private func isRecovered(_ loss: Loss) -> Bool {
        guard let row = loss.row else {
            guard let agent = loss.agent else { return false }
            if let told = losses.first(where: { $0.agent == agent && $0.row != nil }) { return isRecovered(told) }
            // Of a build of which there is only the log: it got another agent afterwards.
            return rows.isEmpty && notes.contains { $0.agents.contains { $0.key != agent && $0.value > loss.at } }
        }
        let span = table.span(of: row)
        return rows.contains { other in
            guard other != row, context.agent(of: other) != loss.agent, context.agent(of: other) != nil else {
                return false
            }
            let again = table.span(of: other)
            return again.start >= loss.at && again.name == span.name
                && context.stage(of: other) == context.stage(of: row)
        }
    }

    /// A pod that is deleted in the moment in which its build ends says nothing.
    ///
    /// The same holds for what a log says after a step failed by itself: what comes later is no cause.
    private func isTelling(_ loss: Loss, end: Timestamp) -> Bool {
        guard loss.row == nil else { return true }
        let skew: Duration = AgentLossWords.mayBeCleanUp(loss.text) ? .zero : Self.clockSkew
        guard loss.at <= end + skew else { return false }
        guard let failed, !losses.contains(where: { $0.row == failed.row }) else { return true }
        return loss.at <= failed.span.end + skew
    }
}
