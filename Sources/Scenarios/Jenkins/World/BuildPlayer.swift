import Telemetry

/// Plays a build and notes what the Jenkins OpenTelemetry plugin would export of it: spans and lines.
struct BuildPlayer {
    private(set) var spans: [Span] = []
    private(set) var lines: [LogEntry] = []
    private(set) var end: Timestamp

    private let build: WorldBuild
    private let number: Int
    private let resource: Attributes
    private let service: String
    private let traceID: TraceID
    private let rootID: SpanID
    private var random: SplitMix
    private var stepNumber = 2
    private var isStopped = false

    /// - Parameter number: the build's; `%number%` in lines becomes it, `%next%` the one after it.
    static func play(_ build: WorldBuild, number: Int, in world: JenkinsWorld, _ random: inout SplitMix) -> BuildPlayer
    {
        var player = BuildPlayer(build, number, world, random)
        player.play()
        random = player.random
        return player
    }

    private init(_ build: WorldBuild, _ number: Int, _ world: JenkinsWorld, _ random: SplitMix) {
        var random = random
        self.build = build
        self.number = number
        resource = world.controller.resource(service: world.service, host: world.host)
        service = world.service
        end = build.start
        traceID = TraceID(high: random.next(), low: random.next())
        rootID = SpanID(random.next())
        self.random = random
    }

    private mutating func play() {
        log(build.start, build.cause == "BranchEventCause" ? "Branch event" : "Started by an SCM change", rootID)
        log(build.start + .milliseconds(2), "[Pipeline] Start of Pipeline", rootID)
        let running = build.start + build.script.launch
        add("Phase: Start", parent: rootID, build.start, running)
        let phase = SpanID(random.next())
        let stop = agentBlock(parent: phase, from: running)
        add("Phase: Run", phase, parent: rootID, running, stop)
        end = stop + random.milliseconds(60...180)
        add("Phase: Finalise", parent: rootID, stop, end)
        log(stop + .milliseconds(1), "[Pipeline] End of Pipeline", rootID)
        if let farewell { log(stop + .milliseconds(2), farewell, rootID) }
        for line in build.moreLines { log(line.at, line.text, rootID) }
        if case .unfinished(let after) = build.ending {
            cut(after: after)
        } else {
            log(end, "Finished: \(build.ending.result)", rootID)
            addRoot()
        }
        for line in build.lateLines { log(line.at, line.text, rootID) }
    }

    /// What the pipeline says last about its failure.
    private var farewell: String? {
        switch build.ending {
        case .success, .unstable, .unfinished: nil
        case .failed(let failure):
            failure.exception == "hudson.AbortException"
                ? "ERROR: \(failure.message)" : "\(failure.exception): \(failure.message)"
        case .interrupted(let interruption): interruption.reason
        }
    }

    private mutating func cut(after: Timestamp) {
        spans.removeAll { $0.end > after }
        lines.removeAll { $0.at > after }
    }

    private mutating func addRoot() {
        let job = build.job
        var attributes: [(String, AttributeValue)] = [
            ("ci.pipeline.id", .string(job.fullName)), ("ci.pipeline.name", .string(job.displayName)),
            ("ci.pipeline.type", .string("workflow")), ("ci.pipeline.run.number", .int(Int64(number))),
            ("ci.pipeline.run.url", .string("https://jenkins.example.com/\(job.path)\(number)/")),
            ("ci.pipeline.run.result", .string(build.ending.result)),
            ("ci.pipeline.run.completed", .bool(build.ending.result != "ABORTED")),
            ("ci.pipeline.run.durationMillis", .int((end - build.start).nanoseconds / 1_000_000)),
            ("ci.pipeline.run.cause", .array([.string(build.cause)])), ("type", .string("job")),
        ]
        var status = Span.Status.unset
        switch build.ending {
        case .success: status = .ok
        case .unstable, .failed:
            status = .error(message: build.ending.result)
            attributes.append(("exception.type", .string("PIPELINE_\(build.ending.result)")))
            attributes.append(("exception.message", .string("PIPELINE_\(build.ending.result)")))
        case .interrupted, .unfinished: break
        }
        add(job.rootName, rootID, parent: nil, build.start, end, kind: .server, status: status, attributes)
    }

    // MARK: The agent's block

    /// `node('maven') { … }`; returns when it is over.
    private mutating func agentBlock(parent: SpanID, from start: Timestamp) -> Timestamp {
        let block = SpanID(random.next())
        let label = ("jenkins.pipeline.step.agent.label", AttributeValue.string(build.agent.template.label))
        var now = start + build.script.allocation
        let blockID = nextStep()
        let isCancelled = stopTime.map { $0 <= now } ?? false
        if isCancelled, let stopTime {
            now = stopTime
            isStopped = true
            sayLastWords(block)
        }
        add(
            "Agent Allocation", parent: block, start, now, status: statusNow,
            step("node", "agent.allocate", blockID) + [label] + resultNow, events: eventsNow(now))
        // Cancelled before it had an agent, the block's own span never ends.
        if isCancelled { return now }
        let computer = ("jenkins.computer.name", AttributeValue.string(build.agent.name))
        log(now, "Running on \(build.agent.name) in \(build.job.workspace)", block)
        for stage in build.script.stages {
            if isStopped {
                if case .failed = build.ending {
                    log(now, "Stage \"\(stage.name)\" skipped due to earlier failure(s)", block)
                }
                continue
            }
            now = play(stage, parent: block, from: now)
        }
        add(
            "Agent", block, parent: parent, start, now, status: statusNow,
            step("node", "agent", blockID) + [label, computer] + resultNow, events: eventsNow(now))
        return now
    }

    private mutating func play(_ stage: BuildScript.Stage, parent: SpanID, from start: Timestamp) -> Timestamp {
        let id = SpanID(random.next())
        let number = nextStep()
        log(start, "[Pipeline] { (\(stage.name))", id)
        var now = start
        if stage.isParallel {
            var anyStopped = false
            for step in stage.steps {
                isStopped = false
                let branch = SpanID(random.next())
                let branchNumber = nextStep()
                let end = play(step, parent: branch, from: start, mayFail: !anyStopped)
                add(
                    "Parallel branch: \(step.title)", branch, parent: id, start, end, status: statusNow,
                    self.step("parallel", step.title, branchNumber) + resultNow, events: eventsNow(end))
                now = max(now, end)
                anyStopped = anyStopped || isStopped
            }
            isStopped = anyStopped
        } else {
            for step in stage.steps where !isStopped { now = play(step, parent: id, from: now) }
        }
        add(
            "Stage: \(stage.name)", id, parent: parent, start, now, status: statusNow,
            step("stage", stage.name, number) + resultNow, events: eventsNow(now))
        return now
    }

    /// - Parameter mayFail: false beside a branch that failed: this one is over before.
    private mutating func play(
        _ step: BuildScript.Step, parent: SpanID, from start: Timestamp, mayFail: Bool = true
    ) -> Timestamp {
        let id = SpanID(random.next())
        var end = start + step.duration
        let isLast = build.script.stages.last?.steps.last == step
        // A step whose agent is silent does not end by itself.
        let isUnheard = build.silentFrom.map { $0 <= end } ?? false
        if let stopTime, stopTime <= end || isLast || isUnheard {
            end = max(start, stopTime)
            isStopped = isInterrupted || mayFail
        }
        let span = end - start
        let printed = step.lines
        for (index, line) in printed.enumerated() {
            // The last line comes at the end: no success is printed before a failure.
            let share = printed.count > 1 ? 97 * index / (printed.count - 1) : 0
            let at = start + .milliseconds(60) + step.duration * share / 100
            if at < min(end, build.silentFrom ?? end) { log(at, line, id) }
        }
        var unstable = false
        if case .unstable(let words) = build.ending, step.type == "junit" || step.title.contains("est") {
            unstable = true
            for (index, line) in words.enumerated() {
                log(start + span * (index + 1) / (words.count + 1), line, id)
            }
        }
        if isStopped { sayLastWords(id) }
        if step.type == "build" { playDownstream(step.title, parent: id, start, end) }
        let isGit = step.type == "checkout" || step.type == "git"
        let name = isGit ? "\(step.type): \(step.title)" : step.type == "build" ? "build: \(step.title)" : step.title
        var attributes = self.step(step.type, Self.displayNames[step.type] ?? step.title, nextStep())
        attributes += [
            ("jenkins.computer.name", .string(build.agent.name)), ("host.name", .string(build.agent.name)),
        ]
        if isGit {
            let host = String(step.title.split(separator: "/").first ?? "")
            attributes += [
                ("git.repository", .string(step.title.split(separator: "/").dropFirst().joined(separator: "/"))),
                ("git.branch", .string(build.job.branch)), ("server.address", .string(host)),
                ("peer.service", .string(host)), ("rpc.system", .string("https")), ("rpc.service", .string("git")),
                ("rpc.method", .string("checkout")),
            ]
        }
        let result = unstable ? [("jenkins.pipeline.step.result", AttributeValue.string("UNSTABLE"))] : resultNow
        add(
            name, id, parent: parent, start, end, kind: isGit ? .client : .internal, status: statusNow,
            attributes + result, events: eventsNow(end))
        return end
    }

    /// What a `build` step started: a second root-like span in the same trace.
    private mutating func playDownstream(_ job: String, parent: SpanID, _ start: Timestamp, _ end: Timestamp) {
        let root = SpanID(random.next())
        let (begin, over) = (start + .milliseconds(900), end - .milliseconds(400))
        guard begin + .seconds(1) < over, !isStopped else { return }
        add("Phase: Start", parent: root, begin, begin + .milliseconds(90))
        add("Phase: Run", parent: root, begin + .milliseconds(90), over - .milliseconds(110))
        add("Phase: Finalise", parent: root, over - .milliseconds(110), over)
        let path = job.split(separator: "/").map { "job/\($0)/" }.joined()
        add(
            "BUILD \(job)", root, parent: parent, begin, over, kind: .server, status: .ok,
            [
                ("ci.pipeline.id", .string(job)), ("ci.pipeline.name", .string(job.replacing("/", with: " » "))),
                ("ci.pipeline.type", .string("workflow")), ("ci.pipeline.run.number", .int(Int64(number))),
                ("ci.pipeline.run.url", .string("https://jenkins.example.com/\(path)\(number)/")),
                ("ci.pipeline.run.result", .string("SUCCESS")), ("ci.pipeline.run.completed", .bool(true)),
                ("ci.pipeline.run.durationMillis", .int((over - begin).nanoseconds / 1_000_000)),
                ("ci.pipeline.run.cause", .array([.string("BuildUpstreamCause")])), ("type", .string("job")),
            ])
    }

    private static let displayNames = [
        "sh": "Shell Script", "checkout": "Check out from version control", "git": "Git",
        "junit": "Archive JUnit-formatted test results", "build": "Build a job",
    ]

    // MARK: How it stops

    private var stopTime: Timestamp? {
        switch build.ending {
        case .success, .unstable, .unfinished: nil
        case .failed(let failure): failure.at
        case .interrupted(let interruption): interruption.at
        }
    }

    private var isInterrupted: Bool { if case .interrupted = build.ending { true } else { false } }

    private mutating func sayLastWords(_ span: SpanID) {
        switch build.ending {
        case .success, .unstable, .unfinished: break
        case .failed(let failure):
            for (index, line) in failure.lines.enumerated() {
                log(failure.at - .milliseconds(Int64(40 * (failure.lines.count - index))), line, span)
            }
        case .interrupted(let interruption):
            for line in interruption.lines { log(interruption.at - line.before, line.text, span) }
        }
    }

    /// Of the step that ended now and of the blocks around it.
    private var statusNow: Span.Status {
        guard isStopped else { return .ok }
        switch build.ending {
        case .success, .unstable, .unfinished: return .ok
        case .failed(let failure): return .error(message: failure.message)
        case .interrupted(let interruption):
            return interruption.isError
                ? .error(message: "FlowInterruptedException: \(interruption.cause)") : .unset
        }
    }

    private var resultNow: [(String, AttributeValue)] {
        guard isStopped else { return [("jenkins.pipeline.step.result", .string("SUCCESS"))] }
        var attributes = [("jenkins.pipeline.step.result", AttributeValue.string(build.ending.result))]
        if case .interrupted(let interruption) = build.ending {
            attributes.append(("jenkins.pipeline.step.interruption.causes", .array([.string(interruption.cause)])))
        }
        return attributes
    }

    private func eventsNow(_ at: Timestamp) -> [Span.Event] {
        guard isStopped else { return [] }
        let (type, message): (String, String)
        switch build.ending {
        case .success, .unstable, .unfinished: return []
        case .failed(let failure): (type, message) = (failure.exception, failure.message)
        case .interrupted(let interruption):
            guard interruption.isError else { return [] }
            (type, message) = ("org.jenkinsci.plugins.workflow.steps.FlowInterruptedException", interruption.reason)
        }
        return [
            Span.Event(
                at: at, name: "exception",
                attributes: ["exception.type": .string(type), "exception.message": .string(message)])
        ]
    }

    // MARK: Pieces

    private mutating func nextStep() -> Int {
        stepNumber += random.number(1...3)
        return stepNumber
    }

    private func step(_ type: String, _ name: String, _ number: Int) -> [(String, AttributeValue)] {
        [
            ("jenkins.pipeline.step.id", .string(String(number))), ("jenkins.pipeline.step.type", .string(type)),
            ("jenkins.pipeline.step.name", .string(name)),
            ("jenkins.pipeline.step.plugin.name", .string(Self.plugins[type] ?? "workflow-basic-steps")),
        ]
    }

    private static let plugins = [
        "sh": "workflow-durable-task-step", "node": "workflow-durable-task-step", "checkout": "workflow-scm-step",
        "git": "git", "junit": "junit", "build": "pipeline-build-step", "stage": "pipeline-stage-step",
        "parallel": "workflow-cps",
    ]

    private mutating func add(
        _ name: String, _ id: SpanID? = nil, parent: SpanID?, _ start: Timestamp, _ end: Timestamp,
        kind: Span.Kind = .internal, status: Span.Status = .unset, _ attributes: [(String, AttributeValue)] = [],
        events: [Span.Event] = []
    ) {
        spans.append(
            Span(
                traceID: traceID, id: id ?? SpanID(random.next()), parentID: parent, name: name, kind: kind,
                start: start, end: end, status: status, attributes: Attributes(attributes), resource: resource,
                events: events))
    }

    /// Exported by the plugin with the severity that it gives to everything.
    private mutating func log(_ at: Timestamp, _ text: String, _ span: SpanID) {
        let text = text.replacing("%number%", with: String(number)).replacing("%next%", with: String(number + 1))
        // Each line is a record of its own.
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(
                LogEntry(
                    at: at, line: String(line), labels: ["service_name": service, "service_namespace": "ci"],
                    metadata: [
                        "trace_id": traceID.description, "span_id": span.description, "severity_text": "INFO",
                        "ci_pipeline_id": build.job.fullName, "ci_pipeline_run_number": String(number),
                    ]))
        }
    }
}
