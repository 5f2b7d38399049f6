import Telemetry

/// A stage or a pipeline takes longer than its `timeout` step allows.
package enum StageTimeoutFamily: PipelineFamily {
    package static let cause = "stage-timeout"

    static var table: [PipelineMember] {
        [
            .plain("plain") { $0.timeOut(builds: 3) },
            .plain("once") { $0.timeOut(builds: 1) },
            .plain("in-build-stage") { $0.timeOut(builds: 2, in: .build) },
            .missing("no-logs", [.logs]) { $0.timeOut(builds: 3) },
            .missing("no-traces", [.traces]) { $0.timeOut(builds: 3) },
            .missing("truncated", [.rootSpans]) { $0.timeOut(builds: 2) },
            .missing("last-lines", [], [.allButLastLines(5)]) { $0.timeOut(builds: 2) },
            .missing("no-exceptions", [.buildLogs], [.exceptions]) { $0.timeOut(builds: 3) },
            .decoy("stopped-by-author") { world in
                // It often times out, but this time its author would not wait.
                let pipeline = world.makePipeline(world.random.element(of: PipelineTool.testing))
                world.addHealthyPast([pipeline], count: 2)
                for time in [-7300.0, -5100, -3000] { world.timeOut(pipeline, at: time, in: .test, minutes: 10) }
                for time in [-620.0, -70] {
                    let build = world.addStopped(
                        pipeline, at: time, in: .test,
                        printed: [
                            "Timeout set to expire in 10 min", "[Pipeline] sh", "[INFO] Running com.example.ImportTest",
                        ],
                        after: 240...400)
                    world.interrupt(build, .byPerson(at: world.stop(build)))
                }
                return .unknown
            },
            .decoy("waiting-for-agent") { $0.crowdOut(.poolIsFull) },
            .decoy("test-gave-up") { world in
                let tool = world.random.element(of: [PipelineTool.maven, .npm, .go, .python])
                let pipeline = world.breakJob(tool) { TestTrouble.ownTimeout($0, &$1) }
                return .init("test-failure", "job", pipeline.fullName)
            },
            .decoy("node-taken-back") { world in
                let label = world.preemptSpotNode(builds: 3)
                for build in world.builds.indices where world.builds[build].isIncident {
                    let start = world.builds[build].start
                    world.builds[build].moreLines.append(
                        .init(at: start + .seconds(1), text: "Timeout set to expire in 45 min"))
                }
                return label
            },
            .decoy("git-gave-up") { world in
                let found = world.breakOtherGitHost(.gaveUp)
                return .init("scm-failure", "host", found.host)
            },
        ]
    }
}

extension JenkinsWorld {
    /// Builds of a job hang in a stage until the `timeout` around it ends.
    mutating func timeOut(builds count: Int, in phase: PipelineTool.Phase = .test) -> Label {
        let pipeline = makePipeline(random.element(of: PipelineTool.testing))
        addHealthyPast([pipeline])
        let minutes = random.element(of: [8, 10, 12, 15])
        for time in failingTimes(count) where count > 1 { timeOut(pipeline, at: time, in: phase, minutes: minutes) }
        if count == 1 { timeOut(pipeline, at: Double(-random.number(40...300)), in: phase, minutes: minutes) }
        return .init("stage-timeout", "job", pipeline.fullName)
    }

    mutating func timeOut(_ pipeline: PipelineJob, at seconds: Double, in phase: PipelineTool.Phase, minutes: Int) {
        let usual = PipelineChatter(pipeline: pipeline).lines(phase, &random)
        let printed = ["Timeout set to expire in \(minutes) min", "[Pipeline] {"] + usual.dropLast(2)
        let build = addStopped(
            pipeline, at: seconds, in: phase, printed: Array(printed), after: minutes * 60...minutes * 60)
        // It hangs: for a while it prints something, and then no more.
        let step = builds[build].script.stages.first { $0.name == pipeline.stage(phase) }?.steps.first
        builds[build].silentFrom = stop(build) - (step?.duration ?? .zero) / 2
        var interruption = BuildEnding.Interruption.byTimeout(at: stop(build))
        let isStubborn = random.number(0...2) == 0
        if isStubborn {
            interruption.lines = interruption.lines.map { .init(before: $0.before + .seconds(20), text: $0.text) }
        }
        let last = ["script returned exit code 143", "Terminated"]
        interruption.lines.append(
            .init(
                before: .milliseconds(200),
                text: isStubborn ? "After 20s process did not stop" : random.element(of: last)))
        interrupt(build, interruption)
    }
}
