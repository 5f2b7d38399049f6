/// Tests of a job do not give what they should.
package enum TestFailureFamily: PipelineFamily {
    package static let cause = "test-failure"

    static var table: [PipelineMember] {
        [
            .plain("plain") { $0.failTests() },
            .plain("java") { $0.failTests(.maven) },
            .plain("unstable") { $0.makeUnstable() },
            .missing("unstable-no-logs", [.logs]) { $0.makeUnstable() },
            .missing("no-traces", [.traces]) { $0.failTests() },
            .missing("truncated", [.rootSpans]) { $0.failTests() },
            .missing("last-lines", [], [.allButLastLines(9)]) { $0.failTests() },
            .missing("no-exceptions", EvidenceLoss.cluster, [.exceptions]) { $0.failTests() },
            .decoy("tests-do-not-compile") { world in
                let pipeline = world.breakJob(world.random.element(of: [.maven, .gradle, .cargo])) {
                    CodeTrouble.testCompileError($0, &$1)
                }
                return .init("build-failure", "job", pipeline.fullName)
            },
            .decoy("node-taken-back") { world in
                let node = world.pickNode(.spot)
                let maven = world.jobs(in: .spot).filter { $0.template.trade != .node }
                guard !maven.isEmpty else { return world.preemptSpotNode(builds: 3) }
                let lost = (0..<3).map { number in
                    world.addBuild(
                        of: maven[number % maven.count], on: node, endingAt: -42 + Double(number) * 0.4, in: "Test")
                }
                world.preempt(node, at: -66, builds: lost, traces: [.notice, .notReady, .taintEviction, .removal])
                for build in lost { world.loseAgent(build, .deleted) }
                return .init("spot-eviction", "node", node)
            },
            .decoy("flaky-as-always") { world in
                // One job's tests are flaky, before as well; another job has stopped to compile.
                let flaky = world.makePipelines([.maven, .maven])
                world.addHealthyPast([flaky[0]], count: 3)
                for time in [-6900.0, -4800, -2600, -700] {
                    world.addUnstable(flaky[0], at: time, TestTrouble.unstable(flaky[0], &world.random))
                }
                world.addHealthyPast([flaky[1]])
                world.breakBuilds(of: flaky[1], builds: 4) { CodeTrouble.compileError($0, &$1) }
                return .init("build-failure", "job", flaky[1].fullName)
            },
        ]
    }
}

extension JenkinsWorld {
    /// Tests fail and the builds go on: the JUnit publisher makes them unstable.
    mutating func makeUnstable() -> Label {
        let pipeline = makePipeline(random.element(of: [.maven, .gradle, .npm, .python]))
        addHealthyPast([pipeline])
        var wording = SplitMix(seed: random.next())
        let breakage = TestTrouble.unstable(pipeline, &wording)
        for time in failingTimes(3) { addUnstable(pipeline, at: time, breakage) }
        return .init("test-failure", "job", pipeline.fullName)
    }
}
