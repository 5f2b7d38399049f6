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
    var lossText: String?
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

    /// All builds of the evidence, those within others too, in the order of their start.
    static func all(in table: SpanTable, logs: LogTable, pods: [PodState]) -> [Build] {
        guard table.traceRows.contains(where: \.isPipeline) else { return [] }
        let notes = BuildNotes.collect(from: logs)
        var agentsOf: [RunAddress: [String]] = [:]
        for pod in pods {
            if let run = RunAddress(annotations: pod.annotations) { agentsOf[run, default: []].append(pod.name) }
        }
        let nameless = Set(
            table.traceRows.indices.filter { number in
                let trace = table.traceRows[number]
                return trace.isPipeline
                    && !trace.rows.contains { table.span(of: $0).attributes.text("ci.pipeline.id") != nil }
            }.map { table.traces[$0].id })
        let toldRuns = BuildNotes.runs(of: nameless, in: logs)
        var builds: [Build] = []
        for (number, trace) in table.traceRows.enumerated() where trace.isPipeline {
            let context = BuildContext(trace.rows, in: table)
            var owned: [Int: [Int]] = [:]
            var rootless: [Int] = []
            for row in trace.rows {
                if let root = context.root(of: row) {
                    owned[root, default: []].append(row)
                } else {
                    rootless.append(row)
                }
            }
            // Without a root, the spans' own attributes say of which builds they are.
            var parts = owned.keys.sorted().map { (root: Optional($0), rows: owned[$0] ?? []) }
            if owned.isEmpty { parts = runs(of: rootless, in: table).map { (root: nil, rows: $0) } }
            for (place, part) in parts.enumerated() {
                var reader = BuildReader(
                    root: part.root, rows: part.rows, run: toldRuns[table.traces[number].id], context: context,
                    table: table)
                if let run = reader.run {
                    if let own = notes[.run(run)] { reader.add(own) }
                    reader.add(agents: agentsOf[run] ?? [])
                }
                // Lines that name only the trace are of its outermost build.
                if place == 0, let own = notes[.trace(table.traces[number].id)] { reader.add(own) }
                builds.append(reader.build(trace: number))
            }
        }
        return builds.sorted {
            ($0.start, $0.job, $0.number ?? 0, $0.traceID) < ($1.start, $1.job, $1.number ?? 0, $1.traceID)
        }
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
