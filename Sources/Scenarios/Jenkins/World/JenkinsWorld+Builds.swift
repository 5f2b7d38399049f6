import Telemetry

/// Adding builds that take part in an incident. Each is known by its index in `builds`.
extension JenkinsWorld {
    /// A build that is not added yet, on no node.
    mutating func makeBuild(of job: WorldJob, startingAt start: Timestamp) -> WorldBuild {
        let script = BuildScript.make(for: job, &random)
        let agent = WorldAgent(
            name: "\(job.template.label)-\(random.suffix(5))", template: job.template, node: "",
            address: "10.244.\(random.number(2...19)).\(random.number(4...250))")
        return WorldBuild(
            job: job, start: start, agent: agent, script: script,
            cause: random.number(0...3) == 0 ? "SCMTriggerCause" : "BranchEventCause")
    }

    /// Builds that are at work on a node at an instant, each of another job as long as there are enough.
    ///
    /// - Parameters:
    ///   - seconds: when they stop, counted from the alert; they come a few hundred milliseconds apart.
    ///   - stage: where they are by then; one that works with `sh` when nil.
    mutating func addBuilds(
        _ count: Int, on node: String, endingAt seconds: Double, in stage: String? = nil
    ) -> [Int] {
        let pool = nodes.first { $0.name == node }?.pool
        var candidates = jobs.filter { $0.template.pool == pool }
        return (0..<count).map { number in
            if candidates.isEmpty { candidates = jobs.filter { $0.template.pool == pool } }
            let job = candidates.remove(at: random.number(0...candidates.count - 1))
            return addBuild(of: job, on: node, endingAt: seconds + Double(number) * 0.31, in: stage)
        }
    }

    /// A build that gets to an instant and no further; how it ends is still to say.
    mutating func addBuild(of job: WorldJob, on node: String, endingAt seconds: Double, in stage: String? = nil) -> Int
    {
        var build = makeBuild(of: job, startingAt: alertedAt)
        let stages = build.script.working
        let place = stage ?? (stages.isEmpty ? "" : random.element(of: stages))
        build = WorldBuild(
            job: job, start: at(seconds) - build.script.time(into: place), agent: build.agent, script: build.script,
            cause: build.cause, isIncident: true, stopsAt: at(seconds))
        build.agent.node = node
        builds.append(build)
        return builds.count - 1
    }

    /// A build whose agent does not come: it waits until it is given up.
    mutating func addWaitingBuild(of job: WorldJob, from start: Double, endingAt end: Double, node: String = "") -> Int
    {
        var build = makeBuild(of: job, startingAt: at(start))
        build.isIncident = true
        build.stopsAt = at(end)
        build.agent.node = node
        build.script = BuildScript(
            launch: build.script.launch, allocation: at(end) - at(start), stages: build.script.stages)
        builds.append(build)
        return builds.count - 1
    }

    // MARK: Endings

    /// When the incident meets a build.
    func stop(_ build: Int) -> Timestamp { builds[build].stopsAt ?? builds[build].end }

    /// The step that runs then fails with these lines.
    mutating func fail(
        _ build: Int, lines: [String], exception: String = "hudson.AbortException",
        message: String = "script returned exit code 1"
    ) {
        builds[build].ending = .failed(
            .init(at: stop(build), lines: lines, exception: exception, message: message))
    }

    mutating func interrupt(_ build: Int, _ interruption: BuildEnding.Interruption) {
        builds[build].ending = .interrupted(interruption)
    }

    /// Another line in the build's log.
    mutating func say(_ build: Int, at seconds: Double, _ text: String) {
        builds[build].moreLines.append(.init(at: at(seconds), text: text))
    }

    /// A line in the controller's log.
    mutating func control(_ seconds: Double, _ level: String, _ logger: String, _ text: String) {
        control(at(seconds), level, logger, text)
    }

    mutating func control(_ at: Timestamp, _ level: String, _ logger: String, _ text: String) {
        logs.append(controller.line(at, level, logger, text, service: service))
    }
}

extension BuildEnding.Interruption {
    /// Somebody pressed the button.
    static func byPerson(at: Timestamp) -> Self {
        Self(
            at: at, cause: "UserInterruption: Aborted by jenkins-user", isError: false,
            lines: [
                .init(before: .milliseconds(900), text: "Aborted by jenkins-user"),
                .init(before: .milliseconds(850), text: "Sending interrupt signal to process"),
                .init(before: .milliseconds(120), text: "script returned exit code 143"),
            ])
    }

    /// A milestone or a stage's concurrency let a newer build pass.
    static func byNewerBuild(of job: WorldJob, at: Timestamp) -> Self {
        Self(
            at: at, cause: "CanceledCause: Superseded by \(job.displayName) #%next%", isError: false,
            lines: [
                .init(before: .milliseconds(400), text: "Superseded by \(job.displayName) #%next%"),
                .init(before: .milliseconds(350), text: "Sending interrupt signal to process"),
            ])
    }

    /// The `timeout` step gave up.
    static func byTimeout(at: Timestamp) -> Self {
        Self(
            at: at, cause: "ExceededTimeout: Timeout has been exceeded", isError: true,
            lines: [
                .init(before: .milliseconds(600), text: "Cancelling nested steps due to timeout"),
                .init(before: .milliseconds(550), text: "Sending interrupt signal to process"),
            ])
    }
}
