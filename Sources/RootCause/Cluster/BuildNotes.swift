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
    /// The stage that it entered last: `[Pipeline] { (Test)`; what is done after a failure is none.
    var stage: String?
    /// Of its first and its last line.
    var firstAt: Timestamp?
    var lastAt: Timestamp?
    /// Under which its lines are shipped: the controller's.
    var service: String?

    /// More lines of one kind prove nothing more.
    private static let mostLosses = 50

    /// Which build a line is of.
    enum Owner: Hashable, Sendable {
        case trace(TraceID)
        case run(RunAddress)
    }

    private static let texts =
        [
            "Running on ", "Still waiting to schedule task", "have label ", "nodes with the label ", "nodes of label ",
            "available executor on ", " is offline", "Finished: ", "after Jenkins restart",
            "Could not connect to ", "[Pipeline] { (",
        ] + Interruption.lineTexts

    /// Of all lines that are known to be of a build.
    static func collect(from logs: LogTable) -> Collection {
        let marks = Marks(texts)
        let telling = logs.templates { marks.areIn($0) || AgentLossWords.areIn($0) }
        var found = Collection()
        for (row, entry) in zip(logs.rows, logs.entries) {
            let run = run(of: entry)
            guard run != nil || telling[row.template], let owner = run.map(Owner.run) ?? entry.traceID.map(Owner.trace)
            else { continue }
            var notes = found.notes.removeValue(forKey: owner) ?? BuildNotes()
            // Lines come in the order of time.
            notes.firstAt = notes.firstAt ?? entry.at
            notes.lastAt = entry.at
            notes.service = notes.service ?? entry.service
            if telling[row.template] { notes.add(entry) }
            found.notes[owner] = notes
            if let run, found.known.insert(run).inserted, let trace = entry.traceID {
                found.runs[trace, default: []].append(run)
            }
        }
        return found
    }

    /// The notes of all builds of which there are lines.
    struct Collection {
        /// The run tells nested builds of one trace apart.
        fileprivate(set) var notes: [Owner: BuildNotes] = [:]
        /// The builds that lines of a trace name, the first that wrote one first: the outermost.
        fileprivate(set) var runs: [TraceID: [RunAddress]] = [:]
        fileprivate var known: Set<RunAddress> = []
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
        if let stage = Self.stage(in: line) { self.stage = stage }
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

    private static let stageMark = "[Pipeline] { ("

    /// Post actions run however the stages before them ended.
    private static func stage(in line: String) -> String? {
        guard let range = line.firstRange(of: stageMark), line.hasSuffix(")") else { return nil }
        let name = line[range.upperBound...].dropLast()
        return name.isEmpty || name.hasPrefix("Declarative: ") || name.hasPrefix("Branch: ") ? nil : String(name)
    }

    private static func word(after phrase: String, in line: String) -> String? {
        guard let range = line.firstRange(of: phrase) else { return nil }
        let word = line[range.upperBound...].prefix { !$0.isWhitespace }
        return word.isEmpty ? nil : String(word)
    }
}
