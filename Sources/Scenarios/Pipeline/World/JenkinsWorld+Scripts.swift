import Telemetry

/// Builds that end before they ask for an agent.
extension JenkinsWorld {
    /// The Jenkinsfile does not compile: there are the phases and no step.
    ///
    /// - Parameter number: the build's; it comes after all others of its job.
    mutating func addUnparsable(
        _ pipeline: PipelineJob, number: Int, at seconds: Double, _ error: (exception: String, lines: [String])
    ) {
        let (traceID, root) = (TraceID(high: random.next(), low: random.next()), SpanID(random.next()))
        let start = at(seconds)
        let running = start + random.milliseconds(300...900)
        let over = running + random.milliseconds(40...300)
        let end = over + random.milliseconds(60...180)
        let resource = controller.resource(service: service, host: host)
        for (name, from, to) in [
            ("Phase: Start", start, running), ("Phase: Run", running, over), ("Phase: Finalise", over, end),
        ] {
            spans.append(
                Span(
                    traceID: traceID, id: SpanID(random.next()), parentID: root, name: name, start: from, end: to,
                    resource: resource))
        }
        let job = pipeline.job
        spans.append(
            Span(
                traceID: traceID, id: root, name: job.rootName, kind: .server, start: start, end: end,
                status: .error(message: "FAILURE"),
                attributes: [
                    "ci.pipeline.id": .string(job.fullName), "ci.pipeline.name": .string(job.displayName),
                    "ci.pipeline.type": .string("workflow"), "ci.pipeline.run.number": .int(Int64(number)),
                    "ci.pipeline.run.url": .string("https://jenkins.example.com/\(job.path)\(number)/"),
                    "ci.pipeline.run.result": .string("FAILURE"), "ci.pipeline.run.completed": .bool(true),
                    "ci.pipeline.run.durationMillis": .int((end - start).nanoseconds / 1_000_000),
                    "ci.pipeline.run.cause": .array([.string("BranchEventCause")]), "type": .string("job"),
                    "exception.type": .string("PIPELINE_FAILURE"), "exception.message": .string("PIPELINE_FAILURE"),
                ], resource: resource))
        let opening = [
            "Branch event", "Obtained Jenkinsfile from \(PipelineChatter(pipeline: pipeline).hex(40, &random))",
            "[Pipeline] Start of Pipeline", "[Pipeline] End of Pipeline",
        ]
        for (index, line) in (opening + error.lines + ["Finished: FAILURE"]).enumerated() {
            logs.append(
                LogEntry(
                    at: min(start + .milliseconds(Int64(20 * index)), end), line: line,
                    labels: ["service_name": service, "service_namespace": "ci"],
                    metadata: [
                        "trace_id": traceID.description, "span_id": root.description, "severity_text": "INFO",
                        "ci_pipeline_id": job.fullName, "ci_pipeline_run_number": String(number),
                    ]))
        }
    }
}
