import Languages
import RootCause
import Telemetry
import Testing

/// Builds of which there are no spans, or not the outermost one: their logs tell of them.
@Suite struct LoggedBuildTests {
    /// What the tracing plugin writes to the metadata of each line of a build's log.
    private static func lines(
        _ story: inout Story, _ job: String, _ number: Int, at: Double, _ texts: [String], names: Bool = true,
        spans: Story.Handle? = nil
    ) {
        for (place, text) in texts.enumerated() {
            var metadata = [
                "trace_id": (spans?.trace ?? TraceID(high: 5, low: UInt64(number))).description
            ]
            if names {
                metadata["ci_pipeline_id"] = job
                metadata["ci_pipeline_run_number"] = String(number)
            }
            story.logs.append(
                LogEntry(
                    at: Story.at(at + Double(place)), line: text, labels: ["service_name": "jenkins"],
                    metadata: metadata))
        }
    }

    private static let begin = ["Running on maven-x7k2p in /home/jenkins/agent/workspace/app", "[Pipeline] { (Build)"]
    private static let compileError = [
        "[ERROR] COMPILATION ERROR : ", "[ERROR] /src/Cart.java:[12,9] cannot find symbol",
        "ERROR: script returned exit code 1", "Finished: FAILURE",
    ]

    @Test func `a build is known by its log alone`() throws {
        var story = Story()
        story.gaps = [Gap(.traces, "not asked", isTotal: true)]
        for number in 1...3 {
            Self.lines(&story, "shop/app/main", number, at: Double(number) * 20, Self.begin + Self.compileError)
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "build-failure shop/app/main")
        #expect(diagnosis.impact.builds?.failed == 3)
        #expect(diagnosis.impact.affected.first?.number == 1)
        #expect(try #require(diagnosis.hypotheses.first).statement.english.contains("stage `Build`"))
    }

    @Test func `an agent's pod names the build where its lines do not`() {
        var story = Story()
        story.pods = [
            PodState(
                name: "maven-x7k2p", namespace: "ci", node: "n1", labels: ["jenkins": "slave"],
                annotations: ["runUrl": "job/shop/job/app/job/main/7/"])
        ]
        Self.lines(&story, "shop/app/main", 7, at: 20, Self.begin + Self.compileError, names: false)
        #expect(story.diagnosis().verdict == "build-failure shop/app/main")
    }

    @Test func `what good builds print as well is no failure`() {
        var story = Story()
        let warning =
            "[WARNING] Could not transfer metadata a:b/maven-metadata.xml from/to nexus (https://nexus.example.com/x): 503"
        for number in 1...6 {
            Self.lines(
                &story, "shop/app/main", number, at: Double(number) * 15,
                Self.begin + [warning, "Finished: SUCCESS"])
        }
        #expect(story.diagnosis().hypotheses.first?.cause == .unknown)
    }

    @Test func `builds that people stopped are no failure, by their logs too`() throws {
        var story = Story()
        for number in 1...4 {
            Self.lines(
                &story, "shop/app/main", number, at: Double(number) * 15,
                Self.begin + ["Aborted by admin", "Finished: ABORTED"])
        }
        let first = try #require(story.diagnosis().hypotheses.first)
        #expect(first.cause == .unknown)
        #expect(first.statement.english.contains("stopped them"))
    }

    @Test func `the log names and ends a build whose root has not arrived`() throws {
        var story = Story()
        let lost = Story.Handle(trace: TraceID(high: 9, low: 1), id: SpanID(77))
        story.span(
            "jenkins", "mvn verify", under: lost, at: 20, takes: 5,
            status: .error(message: "script returned exit code 1"),
            attributes: ["jenkins.pipeline.step.id": .string("12"), "jenkins.computer.name": .string("maven-x7k2p")])
        Self.lines(&story, "shop/app/main", 8, at: 15, Self.begin + Self.compileError, spans: lost)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "build-failure shop/app/main")
        #expect(diagnosis.impact.affected.first?.number == 8)
    }

    @Test func `a build around one that it started is not lost with its root`() {
        var story = Story()
        let lost = Story.Handle(trace: TraceID(high: 9, low: 1), id: SpanID(77))
        story.span(
            "jenkins", "mvn verify", under: lost, at: 30, takes: 5,
            status: .error(message: "script returned exit code 1"),
            attributes: ["jenkins.pipeline.step.id": .string("12")])
        let step = story.span(
            "jenkins", "build: shop/deploy", under: lost, at: 10, takes: 5,
            attributes: ["jenkins.pipeline.step.id": .string("9")])
        story.span(
            "jenkins", "BUILD shop/deploy", under: step, kind: .server, at: 11, takes: 3, status: .ok,
            attributes: [
                "ci.pipeline.id": .string("shop/deploy"), "ci.pipeline.run.number": .int(4),
                "ci.pipeline.run.result": .string("SUCCESS"),
            ])
        Self.lines(&story, "shop/app/main", 8, at: 25, Self.begin + Self.compileError, spans: lost)
        #expect(story.diagnosis().verdict == "build-failure shop/app/main")
    }

    @Test func `failing tests are told by the step that reads their results`() {
        var story = Story.quiet
        let root = story.span(
            "jenkins", "BUILD shop/app", kind: .server, at: 10, takes: 60, status: .error(message: "UNSTABLE"),
            attributes: [
                "ci.pipeline.id": .string("shop/app"), "ci.pipeline.run.number": .int(8),
                "ci.pipeline.run.result": .string("UNSTABLE"),
            ])
        story.span(
            "jenkins", "Archive JUnit-formatted test results", under: root, at: 60, takes: 2, status: .ok,
            attributes: [
                "jenkins.pipeline.step.type": .string("junit"), "jenkins.pipeline.step.result": .string("UNSTABLE"),
            ])
        #expect(story.diagnosis().verdict == "test-failure shop/app")
    }

    @Test func `the controller's own web pages are not what is slow`() {
        var story = Story.quiet
        for number in 0..<60 {
            let at = Double(number) * 12 - 600
            story.span("jenkins", "GET /job", kind: .server, at: at, takes: at < 0 ? 0.1 : 2)
        }
        for number in 1...4 {
            story.build("team/app", number, on: "a-\(number)", at: Double(number) * 10, takes: 20, .byPerson)
        }
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .latencyRegression })
    }
}
