import Languages
import Telemetry

/// One run of a Jenkins job, as its trace and its log tell it.
struct Build: Hashable, Sendable {
    enum Outcome: Hashable, Sendable {
        case success, failure, unstable
        /// Somebody or something wanted it to stop: no failure.
        case stopped
        /// Its agent went away under it.
        case lostAgent
        /// Its `timeout` step ended it.
        case timedOut
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

    /// The trace's number in the table; nil for a build of which there is only the log.
    let trace: Int?
    let traceID: TraceID
    /// The row of its root span; nil while that has not arrived.
    let root: Int?
    let population: Population
    /// The job's full name: `team/app/main`.
    let job: String
    let number: Int?
    let url: String?
    /// The controller's, by its spans or its log.
    let service: String?
    /// The stage that its log says it entered last.
    let lastStage: String?
    var outcome: Outcome
    /// Whether something says why it ended as it did; an aborted build of which nothing does may have lost its agent.
    var isExplained: Bool
    /// As Jenkins says it: `ABORTED`; nil while nothing says it.
    let result: String?
    let start: Timestamp
    let end: Timestamp
    /// When the first step failed; the end when none did.
    let failedAt: Timestamp
    let agents: [String]
    /// Of these, the ones that are said to be lost, and in which words.
    var lostAgents: [String]
    var lossText: Phrase?
    /// Whether it lost one on the way and may have gone on elsewhere.
    let hasLostAnAgent: Bool
    let step: Step?
    /// Where its agents ran, if a collector says so.
    let nodes: [String: String]
    /// The label of the agent that it never got, when it ended while it waited; empty when the label is not known.
    let waitedFor: String?
    /// The agent that was made for it and did not come, as far as its log names it.
    let waitedForAgent: String?
    /// The label of the agents that it asked for.
    let label: String?
    /// When it went on after a restart of the controller.
    let resumedAt: Timestamp?

    var isFailure: Bool {
        switch outcome {
        case .failure, .unstable, .lostAgent, .timedOut: true
        case .success, .stopped, .open: false
        }
    }

    /// `team/app/main #418`
    var title: String { number.map { "\(job) #\($0)" } ?? job }

    /// The stage in which it failed, by the failed step or by its log.
    var stage: String? { step == nil ? lastStage : step?.stage }

    /// Where what is known of it comes from.
    var source: EvidenceSource { trace == nil ? .logs : .traces }

    /// All builds of the evidence, those within others and those of which only the log is there too, in the order of
    /// their start.
    ///
    /// - Parameter linesAreSampled: then the last line of a log may be missing, and says nothing when it is.
    static func all(in table: SpanTable, logs: LogTable, pods: [PodState], linesAreSampled: Bool = false) -> [Build] {
        let log = BuildNotes.collect(from: logs)
        guard table.traceRows.contains(where: \.isPipeline) || !log.notes.isEmpty else { return [] }
        let agents = AgentsOfRuns(pods)
        var builds: [Build] = []
        var traced: Set<TraceID> = []
        for (number, trace) in table.traceRows.enumerated() where trace.isPipeline {
            let id = table.traces[number].id
            traced.insert(id)
            let context = BuildContext(trace.rows, in: table)
            for (place, part) in parts(of: trace.rows, context, in: table).enumerated() {
                let told = place == 0 ? log.runs[id]?.first ?? agents.run(of: part.rows, context) : nil
                var reader = BuildReader(
                    root: part.root, rows: part.rows, context: context, table: table, traceID: id, told: told)
                reader.add(log, agents, isOutermost: place == 0)
                builds.append(reader.build(trace: number))
            }
        }
        builds += LoggedBuilds.all(log, agents, except: traced, in: table).filter {
            !linesAreSampled || $0.result != nil
        }
        return builds.sorted {
            ($0.start, $0.job, $0.number ?? 0, $0.traceID) < ($1.start, $1.job, $1.number ?? 0, $1.traceID)
        }
    }

    /// The rows of one trace by the build that they are of, the outermost first.
    private static func parts(
        of rows: Range<Int>, _ context: BuildContext, in table: SpanTable
    ) -> [(root: Int?, rows: [Int])] {
        var owned: [Int: [Int]] = [:]
        var rootless: [Int] = []
        for row in rows {
            if let root = context.root(of: row) {
                owned[root, default: []].append(row)
            } else {
                rootless.append(row)
            }
        }
        let roots = owned.keys.sorted()
        // What lacks a span between it and the outermost build is of that one.
        if let outermost = roots.first(where: { !table.rows[$0].isOrphan && table.rows[$0].parent < 0 }) {
            owned[outermost] = ((owned[outermost] ?? []) + rootless).sorted()
            rootless = []
        }
        // Above a build may stand the span of whoever started it.
        let hasSteps = rootless.contains {
            let span = table.span(of: $0)
            return PipelineNames.isPipeline(span.name) || PipelineNames.isStep(span)
        }
        // Without a root, the spans' own attributes say of which builds they are.
        let alone = !hasSteps ? [] : runs(of: rootless, in: table).map { (root: Int?.none, rows: $0) }
        return alone + roots.map { (root: Optional($0), rows: owned[$0] ?? []) }
    }

    /// Spans without a root, parted by the build that they name; those that name none belong to the first.
    private static func runs(of rows: [Int], in table: SpanTable) -> [[Int]] {
        var places: [String: Int] = [:]
        var parts: [[Int]] = []
        var rest: [Int] = []
        for row in rows {
            let attributes = table.span(of: row).attributes
            guard let job = attributes.text("ci.pipeline.id") else {
                rest.append(row)
                continue
            }
            let key = "\(job) \(attributes.text("ci.pipeline.run.number") ?? "")"
            let place = places[key] ?? parts.count
            if place == parts.count {
                places[key] = place
                parts.append([])
            }
            parts[place].append(row)
        }
        guard !parts.isEmpty else { return [rest] }
        parts[0] = (parts[0] + rest).sorted()
        return parts
    }
}
