import Telemetry

/// Runs a build and notes what the Jenkins OpenTelemetry plugin would export of it.
struct JenkinsTracer {
    private(set) var spans: [Span] = []
    /// The build's own log.
    private(set) var lines: [LogEntry] = []
    private(set) var end: Timestamp

    private let build: JenkinsBuild
    private let interruption: JenkinsBuild.Interruption?
    private let traceID: TraceID
    private let rootID: SpanID
    private var random: SplitMix
    private var stepNumber = 3
    private var isInterrupted = false

    static func run(_ build: JenkinsBuild, _ random: inout SplitMix) -> JenkinsTracer {
        var tracer = JenkinsTracer(build, random)
        tracer.run()
        random = tracer.random
        return tracer
    }

    private init(_ build: JenkinsBuild, _ random: SplitMix) {
        var random = random
        self.build = build
        interruption = build.interruption
        end = build.start
        traceID = TraceID(high: random.next(), low: random.next())
        rootID = SpanID(random.next())
        self.random = random
    }

    private mutating func run() {
        log(build.start, "Started by an SCM change", rootID)
        var now = build.start + random.milliseconds(80...240)
        add("Phase: Start", parent: rootID, build.start, now)
        let (phase, phaseStart) = (SpanID(random.next()), now)
        now = agentBlock(parent: phase, from: now)
        add("Phase: Run", phase, parent: rootID, phaseStart, now)
        end = now + random.milliseconds(60...180)
        add("Phase: Finalise", parent: rootID, now, end)
        log(end, "Finished: \(build.result)", rootID)
        addRoot()
    }

    private mutating func addRoot() {
        let agent = AttributeValue.string(build.agent.name)
        add(
            build.rootName, rootID, parent: nil, build.start, end, kind: .server,
            status: build.outcome == .success ? .ok : .unset,
            [
                ("ci.pipeline.id", .string(build.job)),
                ("ci.pipeline.name", .string(build.job.split(separator: "/").joined(separator: " » "))),
                ("ci.pipeline.type", .string("workflow")), ("ci.pipeline.run.number", .int(Int64(build.number))),
                ("ci.pipeline.run.url", .string(build.url)), ("ci.pipeline.run.result", .string(build.result)),
                ("ci.pipeline.run.completed", .bool(true)),
                ("ci.pipeline.run.durationMillis", .int((end - build.start).nanoseconds / 1_000_000)),
                ("ci.pipeline.run.cause", .array([.string("BranchEventCause")])), ("ci.pipeline.agent.id", agent),
                ("ci.pipeline.agent.name", agent),
            ])
    }

    /// `node('maven') { … }`.
    private mutating func agentBlock(parent: SpanID, from start: Timestamp) -> Timestamp {
        let block = SpanID(random.next())
        let label = ("jenkins.pipeline.step.agent.label", AttributeValue.string(build.agent.label))
        var now = start + random.milliseconds(14_000...32_000)
        add(
            "Agent Allocation", parent: block, start, now,
            [
                ("jenkins.pipeline.step.name", .string("agent.allocate")),
                ("jenkins.pipeline.step.type", .string("node")), label,
            ])
        let workspace = build.job.replacing("/", with: "_")
        log(now, "Running on \(build.agent.name) in /home/jenkins/agent/workspace/\(workspace)", block)
        for stage in Self.stages where !isInterrupted {
            now = self.stage(stage.name, stage.step, stage.type, stage.seconds, parent: block, from: now)
        }
        add(
            "Agent", block, parent: parent, start, now, status: statusNow,
            step("node", "Allocate node", [label, ("jenkins.computer.name", .string(build.agent.name))]))
        return now
    }

    private static let stages = [
        (name: "Build", step: "Build with Maven", type: "sh", seconds: 160...300),
        (name: "Test", step: "Run the tests", type: "sh", seconds: 110...260),
    ]

    private mutating func stage(
        _ name: String, _ stepName: String, _ type: String, _ seconds: ClosedRange<Int>, parent: SpanID,
        from start: Timestamp
    ) -> Timestamp {
        let (stage, inner) = (SpanID(random.next()), SpanID(random.next()))
        var end = start + random.milliseconds(seconds.lowerBound * 1000...seconds.upperBound * 1000)
        var attributes: [(String, AttributeValue)] = [
            ("jenkins.computer.name", .string(build.agent.name)), ("host.name", .string(build.agent.name)),
        ]
        if let interruption, interruption.at < end {
            end = interruption.at
            isInterrupted = true
            attributes += [
                ("jenkins.pipeline.step.result", .string("ABORTED")),
                ("jenkins.pipeline.step.interruption.causes", .array([.string(interruption.cause)])),
            ]
            for line in interruption.lines { log(end - line.before, line.text, inner) }
        } else {
            attributes.append(("jenkins.pipeline.step.result", .string("SUCCESS")))
            if type == "sh" { log(end, "[INFO] BUILD SUCCESS", inner) }
        }
        add("Stage: \(name)", stage, parent: parent, start, end, status: statusNow, step("stage", name, []))
        add(
            stepName, inner, parent: stage, start + .milliseconds(4), end, status: statusNow,
            step(type, stepName, attributes), events: isInterrupted ? interruption?.events ?? [] : [])
        return end
    }

    // MARK: Pieces

    /// Of the blocks that end now.
    private var statusNow: Span.Status { isInterrupted ? interruption?.status ?? .unset : .unset }

    private mutating func step(
        _ type: String, _ name: String, _ more: [(String, AttributeValue)]
    ) -> [(String, AttributeValue)] {
        stepNumber += random.number(1...3)
        return [
            ("jenkins.pipeline.step.id", .string(String(stepNumber))), ("jenkins.pipeline.step.type", .string(type)),
            ("jenkins.pipeline.step.name", .string(name)),
        ] + more
    }

    private mutating func add(
        _ name: String, _ id: SpanID? = nil, parent: SpanID?, _ start: Timestamp, _ end: Timestamp,
        kind: Span.Kind = .internal, status: Span.Status = .unset, _ attributes: [(String, AttributeValue)] = [],
        events: [Span.Event] = []
    ) {
        spans.append(
            Span(
                traceID: traceID, id: id ?? SpanID(random.next()), parentID: parent, name: name, kind: kind,
                start: start, end: end, status: status, attributes: Attributes(attributes),
                resource: JenkinsController.resource(build.service), events: events))
    }

    /// Exported by the plugin with the severity that it gives to everything.
    private mutating func log(_ at: Timestamp, _ line: String, _ span: SpanID) {
        lines.append(
            LogEntry(
                at: at, line: line, labels: ["service_name": build.service, "service_namespace": "ci"],
                metadata: [
                    "trace_id": traceID.description, "span_id": span.description, "severity_text": "INFO",
                    "ci_pipeline_id": build.job, "ci_pipeline_run_number": String(build.number),
                ]))
    }
}
