import Telemetry

/// What a build's own log says of it that its spans may not: the agent, why it stopped, what it waits for.
struct BuildNotes: Hashable, Sendable {
    struct Loss: Hashable, Sendable {
        let at: Timestamp
        let agent: String?
        let text: String
    }

    /// By `Running on maven-x7k2p in /home/…`, with the time of it.
    var agents: [String: Timestamp] = [:]
    var losses: [Loss] = []
    var stoppedAt: Timestamp?
    var timedOutAt: Timestamp?
    var queueCancelledAt: Timestamp?
    /// When it went on after a restart of the controller.
    var resumedAt: Timestamp?
    /// When it last began to wait for an agent.
    var waitingSince: Timestamp?
    /// The label that it waits for, in Jenkins' words.
    var waitsFor: String?
    /// The agent that was made for it and is not there yet.
    var waitsForAgent: String?
    /// `ABORTED`, from `Finished: ABORTED`.
    var result: String?

    /// More lines of one kind prove nothing more.
    private static let mostLosses = 50

    /// Which build a line is of.
    enum Owner: Hashable, Sendable {
        case trace(TraceID)
        case run(RunAddress)
    }

    private static let texts = [
        "Running on ", "Still waiting to schedule task", "have label ", "nodes with the label ", "nodes of label ",
        "available executor on ", " is offline", "Finished: ", "Aborted by ", "Superseded by ",
        "Cancelling nested steps due to timeout",
        "Timeout has been exceeded", "Build timed out (after", "Queue task was cancelled", "after Jenkins restart",
        "Could not connect to ",
    ]

    /// Of all lines that are known to be of a build.
    static func collect(from logs: LogTable) -> [Owner: BuildNotes] {
        let marks = Marks(texts)
        let telling = logs.templates { marks.areIn($0) || AgentLossWords.areIn($0) }
        var notes: [Owner: BuildNotes] = [:]
        for (row, entry) in zip(logs.rows, logs.entries) where telling[row.template] {
            guard let owner = owner(of: entry) else { continue }
            notes[owner, default: BuildNotes()].add(entry)
        }
        return notes
    }

    /// The run tells nested builds of one trace apart.
    private static func owner(of entry: LogEntry) -> Owner? {
        if let run = run(of: entry) { return .run(run) }
        return entry.traceID.map(Owner.trace)
    }

    /// The builds that lines of these traces name, where their spans do not: of each trace the outermost, which writes
    /// first.
    static func runs(of traces: Set<TraceID>, in logs: LogTable) -> [TraceID: RunAddress] {
        var runs: [TraceID: RunAddress] = [:]
        guard !traces.isEmpty else { return runs }
        for entry in logs.entries {
            guard let trace = entry.traceID, traces.contains(trace), runs[trace] == nil else { continue }
            runs[trace] = run(of: entry)
        }
        return runs
    }

    /// The build that a line's metadata names.
    static func run(of entry: LogEntry) -> RunAddress? {
        guard let job = entry.value(of: "ci.pipeline.id", "ci_pipeline_id"),
            let number = entry.value(of: "ci.pipeline.run.number", "ci_pipeline_run_number").flatMap({ Int($0) })
        else { return nil }
        return RunAddress(job: job, number: number)
    }

    /// Lines come in the order of time.
    private mutating func add(_ entry: LogEntry) {
        let line = entry.line
        if let agent = Self.word(after: "Running on ", in: line), line.contains(" in /") || line.contains(" in C:") {
            agents[agent] = agents[agent] ?? entry.at
            waitingSince = nil
        }
        if line.contains("Still waiting to schedule task") { waitingSince = waitingSince ?? entry.at }
        if let label = Self.label(in: line) { waitsFor = label }
        if let agent = Self.offlineAgent(in: line) { waitsForAgent = agent }
        if losses.count < Self.mostLosses, AgentLossWords.areIn(line) {
            let named = AgentLossWords.agents(in: line)
            losses += (named.isEmpty ? [nil] : named.map(Optional.some)).map {
                Loss(at: entry.at, agent: $0, text: line)
            }
        }
        switch Interruption.find(inLine: line) {
        case .stopped: stoppedAt = stoppedAt ?? entry.at
        case .timedOut: timedOutAt = timedOutAt ?? entry.at
        case .queueCancelled: queueCancelledAt = queueCancelledAt ?? entry.at
        case .agentRemoved, .failFast, nil: break
        }
        if line.contains("Resuming build at "), line.contains("after Jenkins restart") {
            resumedAt = resumedAt ?? entry.at
        }
        if let word = Self.word(after: "Finished: ", in: line), word.allSatisfy({ $0.isUppercase || $0 == "_" }) {
            result = word
        }
    }

    /// The label that Jenkins' queue says is wanted: `‘Jenkins’ doesn’t have label ‘maven’`.
    static func label(in line: String) -> String? {
        for phrase in ["have label ", "nodes with the label ", "nodes of label ", "available executor on "] {
            guard let range = line.firstRange(of: phrase) else { continue }
            let quoted = line[range.upperBound...].drop { "‘'\"`".contains($0) }
            let label = quoted.prefix { !"’'\"` ".contains($0) }
            if !label.isEmpty { return String(label) }
        }
        return nil
    }

    /// The agent that Jenkins' queue says is not there: `‘maven-x7k2p’ is offline`.
    static func offlineAgent(in line: String) -> String? {
        let quotes = "‘’'\"`"
        guard let end = line.firstRange(of: " is offline"), let last = line[..<end.lowerBound].last,
            quotes.contains(last)
        else { return nil }
        let quoted = line[..<end.lowerBound].dropLast()
        guard let start = quoted.lastIndex(where: { quotes.contains($0) }) else { return nil }
        let name = quoted[quoted.index(after: start)...]
        return name.isEmpty ? nil : String(name)
    }

    private static func word(after phrase: String, in line: String) -> String? {
        guard let range = line.firstRange(of: phrase) else { return nil }
        let word = line[range.upperBound...].prefix { !$0.isWhitespace }
        return word.isEmpty ? nil : String(word)
    }
}
