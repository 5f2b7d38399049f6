import Telemetry

/// Whole incidents of jobs, for families and for each other's decoys.
extension JenkinsWorld {
    typealias Label = LabelledScenario.Label

    /// When builds of one job fail: the first some time before the alert, the last shortly before it.
    mutating func failingTimes(_ count: Int) -> [Double] {
        let first = Double(-random.number(800...1500))
        let last = Double(-random.number(30...110))
        return (0..<count).map { number in
            first + (last - first) * Double(number) / Double(max(1, count - 1)) + Double(random.number(-20...20))
        }
    }

    /// One job breaks: it went well all the time before, and every build since then ends like this.
    @discardableResult
    mutating func breakJob(
        _ tool: PipelineTool, builds count: Int = 3, _ breakage: (PipelineJob, inout SplitMix) -> Breakage
    ) -> PipelineJob {
        let pipeline = makePipeline(tool)
        addHealthyPast([pipeline])
        breakBuilds(of: pipeline, builds: count, breakage)
        return pipeline
    }

    mutating func breakBuilds(
        of pipeline: PipelineJob, builds count: Int, _ breakage: (PipelineJob, inout SplitMix) -> Breakage
    ) {
        // What is wrong with the code is the same in each of its builds.
        let wording = SplitMix(seed: random.next())
        for time in failingTimes(count) {
            var same = wording
            addBroken(pipeline, at: time, breakage(pipeline, &same))
        }
    }

    mutating func breakCode(_ tool: PipelineTool? = nil, builds count: Int = 3) -> Label {
        let pipeline = breakJob(tool ?? random.element(of: PipelineTool.allCases), builds: count) {
            CodeTrouble.compileError($0, &$1)
        }
        return .init("build-failure", "job", pipeline.fullName)
    }

    mutating func failTests(_ tool: PipelineTool? = nil, builds count: Int = 3) -> Label {
        let pipeline = breakJob(tool ?? random.element(of: PipelineTool.testing), builds: count) {
            TestTrouble.failure($0, &$1)
        }
        return .init("test-failure", "job", pipeline.fullName)
    }

    // MARK: Hosts

    /// When a host is not of use: from some time before the alert, and mostly until now.
    mutating func outageTimes() -> (from: Double, to: Double) {
        let from = Double(-random.number(500...1100))
        return (from, random.number(0...2) == 0 ? Double(-random.number(40...120)) : 290)
    }

    /// The company's git host: builds of all jobs fail at their checkout.
    mutating func breakGitHost(_ trouble: GitTrouble) -> String {
        let host = "git.example.com"
        var outage = outageTimes()
        // A certificate does not heal by itself.
        if trouble == .certificateExpired { outage.to = 290 }
        breakOrdinaryBuilds(from: outage.from, to: outage.to, stage: 0, where: { _ in true }) { job, random in
            let path = job.repository.split(separator: "/").dropFirst().joined(separator: "/")
            let remote = GitRemote(host: host, path: path, usesSSH: false, credential: "git-ci-bot")
            return trouble.breakage(remote, workspace: job.workspace, &random)
        }
        return host
    }

    /// Another git host, which some jobs fetch from; the company's usual one is as always.
    mutating func breakOtherGitHost(_ trouble: GitTrouble, usesSSH: Bool = false) -> (host: String, credential: String)
    {
        let host = random.element(of: [
            "gitlab.example.com", "bitbucket.example.com", "github.example.com", "gitea.partner.example.org",
        ])
        let tools = (0..<random.number(2...4)).map { _ in random.element(of: PipelineTool.allCases) }
        let pipelines = makePipelines(tools, host: host, usesSSH: usesSSH)
        addHealthyPast(pipelines)
        let outage = outageTimes()
        for (number, pipeline) in pipelines.enumerated() {
            for round in 0..<2 {
                let time = outage.from + 160 + Double(number * 37 + round * 190)
                addBroken(
                    pipeline, at: min(time, 200),
                    trouble.breakage(pipeline.remote, workspace: pipeline.job.workspace, &random))
            }
        }
        return (host, pipelines[0].remote.credential)
    }

    /// The company's mirror, from which all builds of a trade fetch: `nexus.example.com` or `npm.example.com`.
    mutating func breakMirror(_ trouble: PackageSource.Trouble) -> String {
        let tool = random.element(of: [PipelineTool.maven, .npm])
        var source = PackageSource.mirror(of: tool, &random)
        var outage = outageTimes()
        if trouble == .certificateExpired { outage.to = 290 }
        source.expiry = at(outage.from) - .seconds(2)
        let remote = GitRemote(host: "git.example.com", path: "", usesSSH: false, credential: "git-ci-bot")
        let trade = tool.trade
        breakOrdinaryBuilds(
            from: outage.from, to: outage.to, stage: 1, where: { $0.template.trade == trade }
        ) { job, random in
            let pipeline = PipelineJob(job: job, tool: tool, remote: remote, stages: [:], labels: [:])
            return source.breakage(pipeline, trouble, now: source.expiry + .seconds(200), &random)
        }
        return source.host
    }

    /// A source of packages that jobs of one tool use.
    ///
    /// - Parameter tool: any but those in `without` when nil.
    mutating func breakPackageSource(
        _ trouble: PackageSource.Trouble, of tool: PipelineTool? = nil, without: Set<PipelineTool> = [],
        jobs count: Int = 3
    ) -> (host: String, pipelines: [PipelineJob]) {
        let tool = tool ?? random.element(of: PipelineTool.allCases.filter { !without.contains($0) })
        var source = PackageSource.pick(for: tool, &random)
        let pipelines = makePipelines(Array(repeating: tool, count: count))
        addHealthyPast(pipelines)
        let first = Double(-random.number(500...900))
        source.expiry = at(first) - .seconds(400)
        for (number, pipeline) in pipelines.enumerated() {
            for round in 0..<(count == 1 ? 3 : 2) {
                let time = first + Double(number * 61 + round * 230)
                addBroken(pipeline, at: time, source.breakage(pipeline, trouble, now: at(time), &random))
            }
        }
        return (source.host, pipelines)
    }

    // MARK: Stopping

    /// Builds of own jobs that ran well until somebody or something stopped them on purpose.
    mutating func stopOnPurpose(_ count: Int, byPeople: Bool?) {
        for number in 0..<count {
            let pipeline = makePipeline(random.element(of: PipelineTool.testing))
            addHealthyPast([pipeline], count: 2)
            let phase = random.element(of: [PipelineTool.Phase.build, .test])
            let seconds = -Double(40 + number * random.number(60...130))
            let printed = Array(PipelineChatter(pipeline: pipeline).lines(phase, &random).prefix(3))
            let build = addStopped(pipeline, at: seconds, in: phase, printed: printed, after: 20...60)
            if byPeople ?? (number % 2 == 0) {
                interrupt(build, .byPerson(at: stop(build)))
            } else {
                interrupt(build, .byNewerBuild(of: pipeline.job, at: stop(build)))
                addHealthy(pipeline, startingAt: seconds - 3)
            }
        }
    }
}
