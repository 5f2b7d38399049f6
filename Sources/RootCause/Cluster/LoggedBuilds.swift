import Telemetry

/// Builds of which no span is there, as their own logs tell them: job and number, agents, how they ended.
///
/// The tracing plugin writes to every line of which build it is; where a shipper drops that, the annotation of the agent's
/// pod names the build.
enum LoggedBuilds {
    /// - Parameter traced: traces that have spans of builds.
    static func all(
        _ log: BuildNotes.Collection, _ agents: AgentsOfRuns, except traced: Set<TraceID>, in table: SpanTable
    ) -> [Build] {
        var runs = log.runs.filter { !traced.contains($0.key) }
        for (owner, notes) in log.notes {
            guard case .trace(let id) = owner, runs[id] == nil, !traced.contains(id),
                let run = notes.agents.keys.sorted().lazy.compactMap({ agents.run(of: $0) }).first
            else { continue }
            runs[id] = [run]
        }
        let context = BuildContext(0..<0, in: table)
        return runs.sorted { $0.key < $1.key }.flatMap { id, runs in
            runs.enumerated().map { place, run in
                var reader = BuildReader(root: nil, rows: [], context: context, table: table, traceID: id, told: run)
                reader.add(log, agents, isOutermost: place == 0)
                return reader.build(trace: nil)
            }
        }
    }
}

/// Which agents were made for which builds, by the annotations of their pods.
struct AgentsOfRuns {
    private var agents: [RunAddress: [String]] = [:]
    private var runs: [String: RunAddress] = [:]

    init(_ pods: [PodState]) {
        for pod in pods.sorted(by: { $0.name < $1.name }) {
            guard let run = RunAddress(annotations: pod.annotations) else { continue }
            agents[run, default: []].append(pod.name)
            runs[pod.name] = runs[pod.name] ?? run
        }
    }

    func agents(of run: RunAddress) -> [String] { agents[run] ?? [] }

    func run(of agent: String) -> RunAddress? { runs[agent] }

    /// The build for which the agents of these spans were made.
    func run(of rows: [Int], _ context: BuildContext) -> RunAddress? {
        runs.isEmpty ? nil : rows.lazy.compactMap { context.agent(of: $0) }.compactMap { runs[$0] }.first
    }
}

extension BuildReader {
    /// What the log and the pods say of it.
    ///
    /// - Parameter isOutermost: lines that name only the trace are of its outermost build.
    mutating func add(_ log: BuildNotes.Collection, _ agents: AgentsOfRuns, isOutermost: Bool) {
        if let run {
            if let own = log.notes[.run(run)] { add(own) }
            add(agents: agents.agents(of: run))
        }
        if isOutermost, let own = log.notes[.trace(traceID)] { add(own) }
    }
}
