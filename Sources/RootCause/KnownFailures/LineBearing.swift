import Telemetry

extension Surroundings {
    /// What a line says about the builds or the trace that it belongs to.
    struct Belonging {
        let bearing: Sighting.Bearing
        var builds: [Int] = []
        var trace: Int?
    }

    /// Clocks differ, and the end of a step is noted before its last lines are written.
    private static let slack = Duration.seconds(5)
    /// Kubernetes reports an end some time after it.
    private static let reportingDelay = Duration.seconds(60)

    /// - Returns: nil for a line that came after the failure, from a step of its own: it is no cause.
    func belonging(ofLine entry: LogEntry, row: LogTable.Row, agent: String?) -> Belonging? {
        guard let trace = entry.traceID ?? (row.span >= 0 ? spans.span(of: row.span).traceID : nil) else {
            return belonging(ofPod: agent, at: entry.at)
        }
        guard let own = buildsOfTrace[trace] else {
            guard let number = tracesByID[trace] else { return belonging(ofPod: agent, at: entry.at) }
            let isFailed = failedTraces.contains(number)
            return Belonging(bearing: isFailed ? .inBuild(isRead: false) : .everyday, trace: number)
        }
        let named = own.filter { isNamed(builds[$0], by: entry) }
        let candidates = named.isEmpty ? own : named
        let harmed = candidates.filter(isHarmed)
        // Of a build within a build, the inner one is where it happened.
        guard let build = harmed.max(by: { builds[$0].start < builds[$1].start }) else {
            return Belonging(bearing: .everyday, builds: candidates)
        }
        return bearing(of: entry, row, in: builds[build]).map { Belonging(bearing: $0, builds: [build]) }
    }

    private func isNamed(_ build: Build, by entry: LogEntry) -> Bool {
        guard let job = entry.value(of: "ci.pipeline.id", "ci_pipeline_id"), job == build.job else { return false }
        let number = entry.value(of: "ci.pipeline.run.number", "ci_pipeline_run_number")
        return number == nil || number == build.number.map(String.init)
    }

    private func bearing(of entry: LogEntry, _ row: LogTable.Row, in build: Build) -> Sighting.Bearing? {
        let isRead = readTraces.contains(build.traceID)
        let isAfter = entry.at > build.failedAt + Self.slack
        if isEnding(entry, row, of: build) { return .ending }
        var isInStep = false
        if let step = build.step {
            let id = entry.value(of: "jenkins.pipeline.step.id", "jenkins_pipeline_step_id")
            let failed = spans.span(of: step.row).attributes.text("jenkins.pipeline.step.id")
            isInStep =
                (id != nil && id == failed)
                || (row.span >= 0 && (row.span == step.row || isAbove(step.row, row.span)))
            let isOfAnother = row.span >= 0 ? !isAbove(row.span, step.row) : id != nil && failed != nil
            if !isInStep, isOfAnother { return isAfter ? nil : .elsewhere }
        }
        if explainingLines.contains(LineKey(trace: entry.traceID, at: entry.at, line: entry.line)) {
            return .explaining
        }
        if isInStep { return .inStep(isRead: isRead) }
        return isAfter ? .afterwards : .inBuild(isRead: isRead)
    }

    /// Whether Jenkins says it of the whole build when the pipeline is over: there stands the exception that ended it.
    private func isEnding(_ entry: LogEntry, _ row: LogTable.Row, of build: Build) -> Bool {
        guard let over = endings[build.traceID], entry.at >= over else { return false }
        guard row.span >= 0 else {
            return entry.value(of: "jenkins.pipeline.step.id", "jenkins_pipeline_step_id") == nil
        }
        return row.span == build.root || PipelineNames.isPhase(spans.span(of: row.span).name)
    }

    /// Whether a span is one of another's ancestors.
    private func isAbove(_ ancestor: Int, _ row: Int) -> Bool {
        var current = Int(spans.rows[row].parent)
        while current >= 0 {
            if current == ancestor { return true }
            current = Int(spans.rows[current].parent)
        }
        return false
    }

    /// What something that happened to a node says about the builds whose agents were on it.
    func belonging(ofNode node: String, at: Timestamp) -> Belonging? {
        let agents = buildsOfAgent.keys.filter { cluster.node(of: $0) == node }.sorted()
        let own = agents.compactMap { belonging(ofPod: $0, at: at) }
        let harmed = Set(own.filter { $0.bearing == .cluster }.flatMap(\.builds)).sorted()
        if !harmed.isEmpty || agents.isEmpty { return Belonging(bearing: .cluster, builds: harmed) }
        let good = Set(own.flatMap(\.builds)).sorted()
        return good.isEmpty ? nil : Belonging(bearing: .everyday, builds: good)
    }

    /// What something that happened to a pod says about the builds that used it.
    func belonging(ofPod pod: String?, at: Timestamp?) -> Belonging? {
        guard let pod, let own = buildsOfAgent[pod] else { return Belonging(bearing: .cluster) }
        let current = own.filter { builds[$0].population == .window }
        guard !current.isEmpty else { return Belonging(bearing: .cluster) }
        let harmed = current.filter(isHarmed)
        guard !harmed.isEmpty else { return Belonging(bearing: .everyday, builds: current) }
        guard let at else { return Belonging(bearing: .cluster, builds: harmed) }
        let before = harmed.filter { at <= builds[$0].failedAt + Self.reportingDelay }
        return before.isEmpty ? nil : Belonging(bearing: .cluster, builds: before)
    }

    /// What a failed span says about its build or trace.
    func belonging(ofSpan row: Int) -> Belonging? {
        let number = Int(spans.rows[row].trace)
        guard let own = buildsOfTrace[spans.traces[number].id] else {
            return Belonging(bearing: failedTraces.contains(number) ? .explaining : .everyday, trace: number)
        }
        let harmed = own.filter(isHarmed)
        guard let build = harmed.max(by: { builds[$0].start < builds[$1].start }) else {
            return Belonging(bearing: .everyday, builds: own)
        }
        guard let step = builds[build].step else {
            return Belonging(bearing: .inBuild(isRead: false), builds: [build])
        }
        if row == step.row || isAbove(row, step.row) { return Belonging(bearing: .explaining, builds: [build]) }
        let isAfter = spans.span(of: row).end > builds[build].failedAt + Self.slack
        return isAfter ? nil : Belonging(bearing: .elsewhere, builds: [build])
    }
}
