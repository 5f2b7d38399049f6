import Telemetry

/// Adding jobs and builds that go wrong in what they do, and not in where they run.
extension JenkinsWorld {
    /// Products whose jobs no ordinary build is of, so that a family says all that happens to them.
    private static let ownProducts = [
        "orders/fulfilment", "pricing/rules-engine", "content/cms-api", "data/feature-store", "media/thumbnailer",
        "support/ticket-router", "partners/edi-bridge", "workforce/timesheets", "devices/fleet-hub",
        "growth/experiments", "finance/reconciler", "maps/geocoder",
    ]

    /// Jobs of different products.
    ///
    /// - Parameters:
    ///   - tools: one for each job.
    ///   - host: of their repositories; the company's usual one when nil.
    mutating func makePipelines(_ tools: [PipelineTool], host: String? = nil, usesSSH: Bool = false) -> [PipelineJob] {
        var products = Self.ownProducts.filter { product in
            !builds.contains { $0.job.fullName.hasPrefix(product + "/") }
        }
        if products.count < tools.count { products = Self.ownProducts }
        let credential = random.element(of: [
            "git-ci-bot", "jenkins-git-token", "scm-readonly", "gitlab-deploy", "ci-github-app",
        ])
        return tools.map { tool in
            let product = products.remove(at: random.number(0...products.count - 1))
            let remote = GitRemote(
                host: host ?? "git.example.com", path: product, usesSSH: usesSSH, credential: credential)
            let branch = random.element(of: [
                "main", "main", "master", "develop", "PR-\(random.number(12...980))",
                "release-\(random.number(1...6)).\(random.number(0...9))",
            ])
            let job = WorldJob(
                fullName: "\(product)/\(branch)", template: template(tool.trade),
                repository: "\(remote.host)/\(product)", firstNumber: random.number(8...1400))
            return PipelineJob(
                job: job, tool: tool, remote: remote, stages: stageNames(), labels: stepLabels(tool))
        }
    }

    mutating func makePipeline(_ tool: PipelineTool, host: String? = nil, usesSSH: Bool = false) -> PipelineJob {
        makePipelines([tool], host: host, usesSSH: usesSSH)[0]
    }

    private mutating func template(_ trade: AgentTemplate.Trade) -> AgentTemplate {
        let known = jobs.first { $0.template.trade == trade }?.template
        return known ?? JobCatalogue.templates(cloud, &random)[trade] ?? jobs[0].template
    }

    private mutating func stageNames() -> [PipelineTool.Phase: String] {
        [
            .resolve: random.element(of: ["Install", "Dependencies", "Prepare"]),
            .build: random.element(of: ["Build", "Compile", "Assemble"]),
            .test: random.element(of: ["Test", "Unit tests", "Verify"]),
            .publish: random.element(of: ["Publish", "Push image"]),
        ]
    }

    private mutating func stepLabels(_ tool: PipelineTool) -> [PipelineTool.Phase: String] {
        guard random.number(0...1) == 0 else { return [:] }
        return [
            .resolve: "Install packages", .build: tool == .docker ? "docker build" : "Compile", .test: "Run tests",
            .publish: "docker push",
        ]
    }

    // MARK: Builds

    /// A build that gets to this instant and breaks there.
    @discardableResult
    mutating func addBroken(_ pipeline: PipelineJob, at seconds: Double, _ breakage: Breakage) -> Int {
        let script = script(of: pipeline, breaking: breakage)
        let index = add(pipeline, script, reaching: breakage.phase, at: seconds)
        fail(index, lines: breakage.lines, exception: breakage.exception, message: breakage.message)
        return index
    }

    /// A build that somebody or something stops at this instant, in this phase.
    mutating func addStopped(
        _ pipeline: PipelineJob, at seconds: Double, in phase: PipelineTool.Phase, printed: [String],
        after time: ClosedRange<Int>
    ) -> Int {
        var breakage = Breakage(phase, printed: printed, lines: [])
        breakage.seconds = time
        return add(pipeline, script(of: pipeline, breaking: breakage), reaching: phase, at: seconds)
    }

    /// A build whose tests fail and that goes on, so that it ends unstable at this instant.
    mutating func addUnstable(_ pipeline: PipelineJob, at seconds: Double, _ breakage: Breakage) {
        let script = script(of: pipeline, breaking: breakage)
        var build = makeBuild(of: pipeline.job, startingAt: at(seconds) - script.duration)
        build.script = script
        build.isIncident = true
        build.agent.node = someNode(pipeline)
        build.ending = .unstable(lines: ["[Checks API] No suitable checks publisher found."])
        builds.append(build)
    }

    /// Builds that end well, one every so often: `count` of them in the baseline.
    mutating func addHealthyPast(_ pipelines: [PipelineJob], count: Int = 4) {
        for pipeline in pipelines {
            for number in 0..<count {
                let seconds = -8700 + Double(number) * 6600 / Double(count) + Double(random.number(0...300))
                addHealthy(pipeline, startingAt: seconds)
            }
        }
    }

    mutating func addHealthy(_ pipeline: PipelineJob, startingAt seconds: Double) {
        var build = makeBuild(of: pipeline.job, startingAt: at(seconds))
        build.script = script(of: pipeline, breaking: nil)
        build.agent.node = someNode(pipeline)
        if build.end + .milliseconds(500) > window.end {
            build.ending = .unfinished(after: window.end)
            build.pod.remains = runningPod(build)
        }
        builds.append(build)
    }

    private mutating func add(
        _ pipeline: PipelineJob, _ script: BuildScript, reaching phase: PipelineTool.Phase, at seconds: Double
    ) -> Int {
        var time = script.launch + script.allocation
        for stage in script.stages {
            if stage.name == pipeline.stage(phase) {
                time += stage.steps[0].duration
                break
            }
            time += stage.duration
        }
        var build = makeBuild(of: pipeline.job, startingAt: at(seconds) - time)
        build.script = script
        build.isIncident = true
        build.stopsAt = at(seconds)
        build.agent.node = someNode(pipeline)
        builds.append(build)
        return builds.count - 1
    }

    private mutating func someNode(_ pipeline: PipelineJob) -> String {
        let open = nodes.filter { $0.pool == pipeline.job.template.pool && $0.closedFrom == nil }
        return open.isEmpty ? "" : random.element(of: open).name
    }

    // MARK: Scripts

    private mutating func script(of pipeline: PipelineJob, breaking breakage: Breakage?) -> BuildScript {
        let stages = ([.checkout] + pipeline.tool.phases).map { phase in
            stage(phase, of: pipeline, breaking: breakage?.phase == phase ? breakage : nil)
        }
        return BuildScript(
            launch: random.milliseconds(80...240), allocation: random.milliseconds(11_000...31_000), stages: stages)
    }

    private mutating func stage(
        _ phase: PipelineTool.Phase, of pipeline: PipelineJob, breaking breakage: Breakage?
    ) -> BuildScript.Stage {
        let chatter = PipelineChatter(pipeline: pipeline)
        let usual = chatter.lines(phase, &random)
        let seconds = breakage?.seconds ?? Self.usualSeconds[phase] ?? 30...90
        let duration = random.milliseconds(seconds.lowerBound * 1000...seconds.upperBound * 1000)
        let isCheckout = phase == .checkout
        var step = BuildScript.Step(
            type: breakage?.step?.type ?? (isCheckout ? "checkout" : "sh"),
            title: breakage?.step?.title ?? (isCheckout ? pipeline.job.repository : pipeline.label(phase)),
            duration: duration, lines: breakage?.printed ?? usual)
        if let breakage, breakage.printed.isEmpty, breakage.step == nil { step.lines = [usual[0]] }
        var steps = [step]
        if phase == .test {
            steps.append(
                .init(
                    type: "junit", title: "junit", duration: random.milliseconds(300...1200),
                    lines: ["Recording test results"]))
        }
        return BuildScript.Stage(name: pipeline.stage(phase), steps: steps)
    }

    private static let usualSeconds: [PipelineTool.Phase: ClosedRange<Int>] = [
        .checkout: 2...9, .resolve: 20...70, .build: 60...170, .test: 50...150, .publish: 15...50,
    ]

    // MARK: Ordinary builds that the incident meets as well

    /// Adds the ordinary builds now, so that some of them can be changed before they are played.
    mutating func addOrdinaryBuilds() {
        guard !hasEverydayWork else { return }
        addEverydayWork()
        hasEverydayWork = true
    }

    /// Every ordinary build that comes to a stage in this time breaks there.
    ///
    /// - Parameters:
    ///   - isMet: which builds need what is not there.
    ///   - stage: the number of the stage, the checkout being the first.
    mutating func breakOrdinaryBuilds(
        from start: Double, to end: Double, stage: Int, where isMet: (WorldJob) -> Bool,
        _ breakage: (WorldJob, inout SplitMix) -> Breakage
    ) {
        addOrdinaryBuilds()
        for index in builds.indices where !builds[index].isIncident && isMet(builds[index].job) {
            switch builds[index].ending {
            case .success, .unfinished: break
            default: continue
            }
            let script = builds[index].script
            guard stage < script.stages.count else { continue }
            let reached = script.stages[..<stage].reduce(script.launch + script.allocation) { $0 + $1.duration }
            let time = builds[index].start + reached
            guard time >= at(start), time < at(end) else { continue }
            let breakage = breakage(builds[index].job, &random)
            let seconds = breakage.seconds
            let lasting = random.milliseconds(seconds.lowerBound * 1000...seconds.upperBound * 1000)
            guard time + lasting < window.end - .seconds(2) else { continue }
            let first = script.stages[stage].steps[0]
            builds[index].script.stages[stage].steps = [
                .init(type: first.type, title: first.title, duration: lasting, lines: breakage.printed)
            ]
            builds[index].isIncident = true
            builds[index].pod.remains = nil
            builds[index].ending = .failed(
                .init(
                    at: time + lasting, lines: breakage.lines, exception: breakage.exception,
                    message: breakage.message))
        }
    }
}
