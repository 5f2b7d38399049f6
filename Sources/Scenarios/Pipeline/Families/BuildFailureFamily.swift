/// The code does not compile, or a rule forbids it: the job's own doing.
package enum BuildFailureFamily: PipelineFamily {
    package static let cause = "build-failure"

    static var table: [PipelineMember] {
        [
            .plain("plain") { $0.breakCode() },
            .plain("java") { $0.breakCode(.maven) },
            .plain("image") { $0.breakCode(.docker) },
            .plain("lint") { world in
                let tool = world.random.element(of: [PipelineTool.npm, .go, .python, .maven])
                let pipeline = world.breakJob(tool) { CodeTrouble.lintError($0, &$1) }
                return .init(cause, "job", pipeline.fullName)
            },
            .plain("not-executable") { world in
                let pipeline = world.breakJob(world.random.element(of: [.gradle, .maven, .go])) {
                    CodeTrouble.notExecutable($0, &$1)
                }
                return .init(cause, "job", pipeline.fullName)
            },
            .missing("no-logs", [.logs]) { $0.breakCode() },
            .missing("no-traces", [.traces]) { $0.breakCode() },
            .missing("only-controller-log", [.buildLogs]) { $0.breakCode() },
            .missing("truncated", [.rootSpans]) { $0.breakCode() },
            .missing("last-lines", [], [.allButLastLines(4)]) { $0.breakCode() },
            .missing("no-exceptions", EvidenceLoss.cluster, [.exceptions]) { $0.breakCode() },
            .decoy("tests-in-build-stage") { world in
                // Maven and Gradle run the tests where the stage is called Build.
                let pipeline = world.breakJob(world.random.element(of: [.maven, .gradle])) {
                    var breakage = TestTrouble.failure($0, &$1)
                    breakage.phase = .build
                    return breakage
                }
                return .init("test-failure", "job", pipeline.fullName)
            },
            .decoy("package-not-fetched") { world in
                let found = world.breakPackageSource(
                    .answers(world.random.element(of: [502, 503])), without: [.docker])
                return .init("dependency-download-failure", "host", found.host)
            },
            .decoy("script-in-build-stage") { world in
                let error = world.random.element(of: [ScriptTrouble.noSuchStep, .noSuchProperty])
                let pipeline = world.breakJob(world.random.element(of: PipelineTool.allCases)) {
                    error.breakage($0.tool.downloadPhase, &$1)
                }
                return .init("pipeline-definition-error", "job", pipeline.fullName)
            },
            .decoy("mended-before") { world in
                // It did not compile an hour ago; now its builds are replaced by newer ones, which go well.
                let pipeline = world.makePipeline(.maven)
                for time in [-5200.0, -4100] {
                    world.addBroken(pipeline, at: time, CodeTrouble.compileError(pipeline, &world.random))
                }
                world.addHealthy(pipeline, startingAt: -3300)
                for time in [-480.0, -160] {
                    let build = world.addStopped(
                        pipeline, at: time, in: .build, printed: ["+ ./mvnw -B -ntp -DskipTests package"],
                        after: 20...50)
                    world.interrupt(build, .byNewerBuild(of: pipeline.job, at: world.stop(build)))
                }
                world.stopOnPurpose(3, byPeople: false)
                return .unknown
            },
        ]
    }
}
