import Languages
import Telemetry
import Testing

@testable import RootCause

/// Builds that end well and take longer than their jobs usually do.
struct SlowBuildTests {
    private static let longTest = [
        Pipeline.Stage(name: "Checkout", step: "git", seconds: 10), Pipeline.Stage(name: "Test", seconds: 300),
        Pipeline.Stage(name: "Publish", step: "mvn deploy", seconds: 20),
    ]

    @Test func `the parts of a build add up to its duration, and each second has one place`() throws {
        var story = Story()
        let pipeline = Pipeline().with { $0.wait = 30 }
        pipeline.add(to: &story, at: 0)
        let scene = Scene(story.evidence, alert: nil)
        let times = try #require(scene.slowBuilds.times[0])
        #expect(abs(times.total - pipeline.seconds) < 0.001)
        // The time before it is scheduled is part of the queue.
        #expect(abs(times.queue - 31) < 0.001)
        #expect(abs((times.stages["Test"] ?? 0) - 61) < 0.001)
        #expect(abs(times.gaps - 5) < 0.001)
        #expect(abs((times.steps[.init(stage: "Test", step: "mvn verify")] ?? 0) - 60) < 0.001)
        #expect(times.label == "maven")
        #expect(abs(times.queue + times.stages.values.reduce(0, +) + times.rest - times.total) < 0.001)
    }

    @Test func `of parallel branches only the one that was waited for is on the path`() throws {
        var story = Story()
        let root = story.span(
            "jenkins", "BUILD shop/main", kind: .server, at: 0, takes: 100, status: .ok,
            attributes: ["ci.pipeline.id": .string("shop/main"), "ci.pipeline.run.result": .string("SUCCESS")])
        for (branch, seconds) in [("lint", 20.0), ("integration", 90)] {
            let span = story.span("jenkins", "Parallel branch: \(branch)", under: root, at: 5, takes: seconds)
            let stage = story.span("jenkins", "Stage: \(branch)", under: span, at: 5, takes: seconds)
            story.span("jenkins", "sh", under: stage, at: 5, takes: seconds)
        }
        let times = try #require(Scene(story.evidence, alert: nil).slowBuilds.times[0])
        #expect(times.stages == ["integration": 90])
        #expect(times.gaps == 10)
    }

    @Test func `a stage that takes longer in one job is named, with job and times`() {
        var story = Story()
        Pipeline.usual(&story, jobs: ["shop/main", "team/docs"])
        for number in 10...12 {
            Pipeline(number: number, stages: Self.longTest).add(to: &story, at: Double(number) * 5 - 300)
            Pipeline(job: "team/docs", number: number).add(to: &story, at: Double(number) * 5 - 50)
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "latency-regression jenkins-master")
        #expect(
            diagnosis.hypotheses[0].statement.english
                == "Builds of `shop/main` take 6 min, before 109 s: step `mvn verify` of stage `Test` takes 5 min, before 60 s."
        )
        #expect(diagnosis.hypotheses.count == 1)
        #expect(
            diagnosis.hypotheses[0].evidence.contains {
                $0.text.english == "builds of 1 other job take as long as before"
            })
        let division = diagnosis.hypotheses[0].evidence.map(\.text.english).filter {
            $0.hasPrefix("critical path of shop/main #")
        }
        #expect(
            division.map { $0.split(separator: ": ", maxSplits: 1)[1] } == [
                "86 % step `mvn verify`; queue and agent 11 s, before 13 s; run 6 min, before 91 s; between steps, controller to agent, 5.0 s, before 5.0 s"
            ])
        #expect(diagnosis.onset == Story.at(-250))
    }

    @Test func `builds below the floor are never slow, however they compare`() {
        var story = Story()
        Pipeline.usual(&story, jobs: ["shop/main"])
        for number in 10...12 {
            Pipeline(
                number: number,
                stages: Self.longTest.map { .init(name: $0.name, step: $0.step, seconds: $0.seconds / 2) }
            ).add(to: &story, at: Double(number) * 5 - 150)
        }
        #expect(story.diagnosis().verdict == "unknown")
        let lower = RootCauseAnalyzer(options: .init(slowBuildFloor: .seconds(60)))
        #expect(lower.diagnose(story.evidence, alert: nil).verdict == "latency-regression jenkins-master")
    }

    @Test func `a job that was always slow is not slower`() {
        var story = Story()
        for number in 0..<5 {
            Pipeline(number: number, stages: Self.longTest).add(to: &story, at: Double(number) * 5 - 590)
        }
        for number in 10...12 {
            Pipeline(number: number, stages: Self.longTest).add(to: &story, at: Double(number) * 5 - 300)
        }
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `all jobs that wait longer for agents are one finding about the pool`() {
        var story = Story()
        let jobs = ["shop/main", "team/docs", "payments/main"]
        Pipeline.usual(&story, jobs: jobs)
        for (number, job) in jobs.enumerated() {
            Pipeline(job: job, number: 20, wait: 280).add(to: &story, at: Double(number) * 5 - 300)
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "agent-unschedulable maven")
        #expect(diagnosis.hypotheses.count == 1)
        #expect(
            diagnosis.hypotheses[0].statement.english
                == "3 builds of 3 jobs waited 5 min for agents of `maven` since 22:08:20 UTC, before 13 s.")
        #expect(diagnosis.hypotheses[0].confidence > 0.7)
    }

    @Test func `what the scheduler says and what the builds waited is told once`() {
        var story = Story()
        Pipeline.usual(&story, jobs: ["shop/main"])
        Pipeline(number: 20, wait: 280).add(to: &story, at: -300)
        for agent in ["maven-x7k2p", "maven-a1b2c"] {
            story.event("FailedScheduling", "Pod", agent, at: 10, "0/9 nodes are available: 9 Insufficient memory.")
            story.pods.append(
                PodState(name: agent, namespace: "ci", phase: "Pending", labels: ["jenkins/label": "maven"]))
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.hypotheses.map(\.cause) == [.agentUnschedulable])
        #expect(diagnosis.verdict == "agent-unschedulable maven")
    }

    @Test func `the time between steps that grows in all jobs is told apart from a slow stage`() throws {
        var story = Story()
        let jobs = ["shop/main", "team/docs", "payments/main"]
        Pipeline.usual(&story, jobs: jobs)
        for (number, job) in jobs.enumerated() {
            Pipeline(job: job, number: 20, gap: 80).add(to: &story, at: Double(number) * 5 - 300)
        }
        let scene = Scene(story.evidence, alert: nil)
        let growth = try #require(GapGrowth.find(in: scene))
        #expect(growth.jobs == jobs.sorted() && growth.comparedJobs == 3 && growth.builds == 3)
        #expect(growth.before.rounded() == 5 && growth.after.rounded() == 242)
        #expect(scene.slowBuilds.slow.allSatisfy { $0.reason == .gaps })
        let slow = story.diagnosis().hypotheses.first { $0.cause == .latencyRegression }
        #expect((slow?.confidence ?? 0) < 0.4)
    }

    @Test func `gaps that grew in one of three jobs are that job's own`() {
        var story = Story()
        let jobs = ["shop/main", "team/docs", "payments/main"]
        Pipeline.usual(&story, jobs: jobs)
        for (number, job) in jobs.enumerated() {
            Pipeline(job: job, number: 20, gap: number == 0 ? 80 : 1).add(to: &story, at: Double(number) * 5 - 300)
        }
        #expect(GapGrowth.find(in: Scene(story.evidence, alert: nil)) == nil)
    }

    @Test func `a build that waited for a slow one that it started is not slow itself`() {
        var story = Story()
        func nested(_ story: inout Story, _ number: Int, at start: Double, inner seconds: Double) {
            let outer = Pipeline(
                job: "release", number: number, stages: [.init(name: "Deploy", step: "build: deploy", seconds: seconds)]
            )
            let root = outer.add(to: &story, at: start)
            guard let step = story.spans.last(where: { $0.traceID == root.trace && $0.name == "build: deploy" }) else {
                return
            }
            let inner = story.span(
                "jenkins-master", "BUILD deploy", under: .init(trace: root.trace, id: step.id),
                at: start + 13, takes: seconds - 2, status: .ok,
                attributes: [
                    "ci.pipeline.id": .string("deploy"), "ci.pipeline.run.number": .int(Int64(number)),
                    "ci.pipeline.run.result": .string("SUCCESS"),
                ])
            let stage = story.span(
                "jenkins-master", "Stage: Roll out", under: inner, at: start + 13, takes: seconds - 2)
            story.span("jenkins-master", "helm upgrade", under: stage, at: start + 13, takes: seconds - 2)
        }
        for number in 0..<4 { nested(&story, number, at: Double(number) * 90 - 590, inner: 60) }
        nested(&story, 10, at: -300, inner: 350)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.hypotheses[0].statement.english.hasPrefix("Builds of `deploy` take 6 min, before 58 s"))
        #expect(diagnosis.hypotheses[0].statement.english.contains("stage `Roll out`"))
    }

    @Test func `a build that started again on another agent has the loss as its reason`() {
        var story = Story()
        Pipeline.usual(&story, jobs: ["shop/main"])
        let root = Pipeline(number: 20, stages: Self.longTest).add(to: &story, at: -300)
        story.span(
            "jenkins-master", "sh", under: root, at: -200, takes: 20, status: .error(message: "Agent was removed"),
            attributes: [
                "jenkins.computer.name": .string("maven-q4v8d"),
                "jenkins.pipeline.step.interruption.causes": .string("RemovedNodeCause: Agent was removed"),
            ])
        #expect(Scene(story.evidence, alert: nil).slowBuilds.slow.isEmpty)
    }
}
