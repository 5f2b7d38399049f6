/// The Jenkinsfile is wrong.
package enum PipelineDefinitionFamily: PipelineFamily {
    package static let cause = "pipeline-definition-error"

    static var table: [PipelineMember] {
        [
            .plain("plain") { $0.breakScript(anyTrouble(&$0.random)) },
            .plain("no-such-step") { $0.breakScript(.noSuchStep) },
            .plain("sandbox") { $0.breakScript(.rejected) },
            .plain("does-not-compile") { $0.breakJenkinsfile() },
            .missing("no-logs", [.logs]) { $0.breakScript(anyTrouble(&$0.random)) },
            .missing("no-traces", [.traces]) { $0.breakScript(anyTrouble(&$0.random)) },
            .missing("does-not-compile-no-traces", [.traces]) { $0.breakJenkinsfile() },
            .missing("truncated", [.rootSpans]) { $0.breakScript(anyTrouble(&$0.random)) },
            .missing("no-exceptions", EvidenceLoss.cluster, [.exceptions]) { $0.breakScript(anyTrouble(&$0.random)) },
            .missing("last-lines", [], [.allButLastLines(4)]) { $0.breakScript(.noSuchProperty) },
            .decoy("gradle-file") { world in
                // Groovy as well, but the project's.
                let pipeline = world.breakJob(.gradle) { CodeTrouble.brokenGradleFile($0, &$1) }
                return .init("build-failure", "job", pipeline.fullName)
            },
            .decoy("no-such-method-in-tests") { world in
                let pipeline = world.breakJob(.maven) { TestTrouble.noSuchMethod($0, &$1) }
                return .init("test-failure", "job", pipeline.fullName)
            },
            .decoy("no-such-credential") { $0.missCredential() },
        ]
    }

    private static func anyTrouble(_ random: inout SplitMix) -> ScriptTrouble {
        random.element(of: ScriptTrouble.allCases)
    }
}

extension JenkinsWorld {
    /// The script fails while it runs.
    mutating func breakScript(_ trouble: ScriptTrouble) -> Label {
        let pipeline = breakJob(random.element(of: PipelineTool.allCases)) {
            trouble.breakage($0.tool.phases.last ?? .build, &$1)
        }
        return .init("pipeline-definition-error", "job", pipeline.fullName)
    }

    /// The script cannot even begin.
    mutating func breakJenkinsfile() -> Label {
        let pipeline = makePipeline(random.element(of: PipelineTool.allCases))
        let before = 4
        addHealthyPast([pipeline], count: before)
        let error = ScriptTrouble.compileError(&random)
        for (number, time) in failingTimes(random.number(2...4)).enumerated() {
            addUnparsable(pipeline, number: pipeline.job.firstNumber + before + number, at: time, error)
        }
        return .init("pipeline-definition-error", "job", pipeline.fullName)
    }
}

extension TestTrouble {
    /// Libraries that do not fit together: Java's own error of a similar name.
    static func noSuchMethod(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        let line = random.number(20...220)
        var breakage = failure(pipeline, &random)
        breakage.lines = [
            "[ERROR] Tests run: 9, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 0.204 s <<< FAILURE! -- in com.example.MapperTest",
            "[ERROR] com.example.MapperTest.mapsDates -- Time elapsed: 0.012 s <<< ERROR!",
            "java.lang.NoSuchMethodError: 'com.example.shared.Dates com.example.shared.Dates.of(java.lang.String)'",
            "\tat com.example.MapperTest.mapsDates(MapperTest.java:\(line))", "[ERROR] Errors: ",
            "[ERROR]   MapperTest.mapsDates:\(line) » NoSuchMethod",
            "[ERROR] Tests run: 214, Failures: 0, Errors: 1, Skipped: 0",
            "[INFO] BUILD FAILURE",
            "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.2:test (default-test) on project \(pipeline.module): There are test failures.",
        ]
        return breakage
    }
}
