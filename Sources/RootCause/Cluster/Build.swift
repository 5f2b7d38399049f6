import Telemetry

/// One run of a Jenkins job, as its trace tells it.
struct Build: Hashable, Sendable {
    enum Outcome: Hashable, Sendable {
        case success, failure, unstable
        /// Somebody or something wanted it to stop: no failure.
        case stopped
        /// Its agent went away under it.
        case lostAgent
        /// Its root span has not arrived: it runs, or the controller lost it.
        case open
    }

    /// The step that failed first.
    struct Step: Hashable, Sendable {
        let row: Int
        let name: String
        let stage: String?
        let reason: String?
    }

    /// The trace's number in the table.
    let trace: Int
    let traceID: TraceID
    /// The row of its root span; nil while that has not arrived.
    let root: Int?
    let population: Population
    /// The job's full name: `team/app/main`.
    let job: String
    let number: Int?
    let url: String?
    let outcome: Outcome
    /// As Jenkins says it: `ABORTED`; nil while the root span has not arrived.
    let result: String?
    let start: Timestamp
    let end: Timestamp
    /// When the first step failed; the end when none did.
    let failedAt: Timestamp
    let agents: [String]
    /// Of these, the ones that spans say are lost, and in which words.
    let lostAgents: [String]
    let lossText: String?
    let step: Step?
    /// Where its agents ran, if a collector says so.
    let nodes: [String: String]

    var isFailure: Bool {
        switch outcome {
        case .failure, .unstable, .lostAgent: true
        case .success, .stopped, .open: false
        }
    }

    /// `team/app/main #418`
    var title: String { number.map { "\(job) #\($0)" } ?? job }

    /// All builds of the evidence, those within others too, in the order of their start.
    static func all(in table: SpanTable) -> [Build] {
        var builds: [Build] = []
        for (number, trace) in table.traceRows.enumerated() where trace.isPipeline {
            var owned: [Int: [Int]] = [:]
            var rootless: [Int] = []
            let context = BuildContext(trace.rows, in: table)
            for row in trace.rows {
                if let root = context.root(of: row) {
                    owned[root, default: []].append(row)
                } else {
                    rootless.append(row)
                }
            }
            for root in owned.keys.sorted() {
                builds.append(Build(trace: number, root: root, rows: owned[root] ?? [], context: context, table: table))
            }
            if owned.isEmpty {
                builds.append(Build(trace: number, root: nil, rows: rootless, context: context, table: table))
            }
        }
        return builds.sorted {
            ($0.start, $0.job, $0.number ?? 0, $0.traceID) < ($1.start, $1.job, $1.number ?? 0, $1.traceID)
        }
    }

    private init(trace: Int, root: Int?, rows: [Int], context: BuildContext, table: SpanTable) {
        self.trace = trace
        traceID = table.traces[trace].id
        self.root = root
        population = table.traceRows[trace].population
        let rootSpan = root.map(table.span(of:))
        let spans = rows.map { ($0, table.span(of: $0)) }
        job = Self.job(rootSpan, spans.map(\.1))
        number = spans.lazy.compactMap { Int($0.1.attributes.text("ci.pipeline.run.number") ?? "") }.first
        url = spans.lazy.compactMap { $0.1.attributes.text("ci.pipeline.run.url") }.first
        result = rootSpan?.attributes.text("ci.pipeline.run.result")
        start = spans.map(\.1.start).min() ?? table.stretches.window.start
        end = spans.map(\.1.end).max() ?? start

        var agents: Set<String> = []
        var lost: Set<String> = []
        var nodes: [String: String] = [:]
        var lossText: String?
        var lostAt: Timestamp?
        var stoppedAt: Timestamp?
        var failed: (row: Int, span: Span)?
        for (row, span) in spans {
            let agent = context.agent(of: row)
            if let agent { agents.insert(agent) }
            if let agent, let node = span.node { nodes[agent] = node }
            switch Interruption.find(in: span) {
            case .agentRemoved(let text):
                if let agent { lost.insert(agent) }
                if span.end < lostAt ?? span.end + .nanoseconds(1) {
                    lostAt = span.end
                    lossText = text
                }
            case .stopped: stoppedAt = min(stoppedAt ?? span.end, span.end)
            case .failFast, nil: break
            }
            guard row != root, span.isError else { continue }
            // The innermost of those that end first.
            if let known = failed, (known.span.end, -table.rows[known.row].depth) <= (span.end, -table.rows[row].depth)
            {
                continue
            }
            failed = (row, span)
        }
        // Its agent is named on other steps only.
        if lossText != nil, lost.isEmpty { lost = agents }
        self.agents = agents.sorted()
        lostAgents = lost.sorted()
        self.lossText = lossText
        self.nodes = nodes
        failedAt = failed?.span.end ?? end
        step = failed.map { row, span in
            Step(
                row: row, name: span.name, stage: context.stage(of: row), reason: FailureMarks.reason(of: span))
        }
        // An agent that goes away after somebody stopped the build was only cleaned up.
        let isLost = lostAt.map { $0 <= stoppedAt ?? $0 } ?? false
        switch result {
        case "SUCCESS": outcome = .success
        case "FAILURE": outcome = isLost ? .lostAgent : .failure
        case "UNSTABLE": outcome = .unstable
        case "ABORTED" where isLost: outcome = .lostAgent
        case "ABORTED", "NOT_BUILT": outcome = .stopped
        default:
            if isLost {
                outcome = .lostAgent
            } else if let rootSpan {
                outcome = rootSpan.isError ? .failure : .success
            } else {
                outcome = .open
            }
        }
    }

    private static func job(_ root: Span?, _ spans: [Span]) -> String {
        // Roots of pull requests are named `BUILD x/PR-{number}`, literally: only the id has the number.
        if let id = spans.lazy.compactMap({ $0.attributes.text("ci.pipeline.id") }).first { return id }
        guard let root else { return "unknown job" }
        return String(root.name.dropFirst(PipelineNames.build.count))
    }
}
