import Telemetry
import Testing

@testable import RootCause

/// Who is affected, what it cost, and the four figures.
struct ImpactFiguresTests {
    /// Three builds on a spot node that is taken back, and nine that end well: three on another spot node, six on a node
    /// on demand, of which one fails by itself.
    private static func eviction() -> Story {
        var story = Story()
        story.node("aks-spot-3", spot: true, ready: false)
        story.node("aks-spot-4", spot: true)
        story.node("aks-build-1")
        story.event("PreemptScheduled", "Node", "aks-spot-3", at: 20, "VM is scheduled for preemption")
        for (number, agent) in ["maven-x7k2p", "maven-a1b2c", "node-q9w8e"].enumerated() {
            story.agentPod(agent, node: "aks-spot-3")
            story.build("shop/main", 70 + number, on: agent, at: -60, takes: 102, .agentRemoved)
            story.log("Cannot contact \(agent): hudson.remoting.ChannelClosedException", at: 41 + Double(number))
        }
        for number in 0..<9 {
            story.agentPod("ok-\(number)", node: number < 3 ? "aks-spot-4" : "aks-build-1")
            story.build(
                "team/app", number, on: "ok-\(number)", at: 5, takes: 30,
                number == 8 ? .failure("script returned exit code 1") : .success)
        }
        return story
    }

    @Test func `evictions are counted with what they cost, and spot agents beside the others`() throws {
        let impact = Self.eviction().diagnosis().impact
        let spot = try #require(impact.spot)
        #expect(spot.lostBuilds == 3)
        // From a minute before the window to the end of the step, 100 s after the build began.
        #expect(spot.lost == .seconds(300))
        #expect(spot.builds == 6 && spot.failedBuilds == 3 && spot.failureRate == 0.5)
        #expect(spot.onDemandBuilds == 6 && spot.onDemandFailedBuilds == 1)
        #expect(impact.spotImpact == 0.75)
        #expect(impact.correlatedTraces == 3 && impact.errorCorrelationRate == 0.75)
        #expect(impact.builds?.total == 12 && impact.builds?.failed == 4)
        #expect(impact.builds?.lost == .seconds(328))
        #expect(impact.jobs == ["shop/main", "team/app"])
    }

    @Test func `an agent whose node nobody knows counts neither as spot nor as the other`() {
        var story = Story()
        story.node("aks-build-1")
        story.build("shop/main", 1, on: "maven-1", at: 5, takes: 30, .success)
        #expect(story.diagnosis().impact.spot == Impact.Spot(unplacedBuilds: 1))
    }

    @Test func `a node that the cluster no longer lists is on demand when the others of its pool or metrics say so`()
        throws
    {
        var story = Self.eviction()
        for number in 1...3 {
            story.agentPod("gone-\(number)", node: ["aks-build-2", "aks-plain-1", "aks-who-1"][number - 1])
            story.build("shop/api", number, on: "gone-\(number)", at: 5, takes: 30, .success)
        }
        story.metric(
            "kube_node_labels", ["node": "aks-plain-1", "label_kubernetes_azure_com_scalesetpriority": "regular"],
            before: [1, 1], after: [1, 1])
        let spot = try #require(story.diagnosis().impact.spot)
        #expect(spot.builds == 6 && spot.failedBuilds == 3)
        #expect(spot.onDemandBuilds == 8 && spot.onDemandFailedBuilds == 1)
        #expect(spot.unplacedBuilds == 1 && spot.placedBuilds == 14)
    }

    @Test func `a pool with nodes of both kinds says nothing of a node that is gone`() throws {
        var story = Self.eviction()
        story.node("aks-mixed-1")
        story.node("aks-mixed-2", spot: true)
        story.agentPod("gone-1", node: "aks-mixed-3")
        story.build("shop/api", 1, on: "gone-1", at: 5, takes: 30, .success)
        let spot = try #require(story.diagnosis().impact.spot)
        #expect(spot.placedBuilds == 12 && spot.unplacedBuilds == 1)
    }

    @Test func `what people stopped and what still runs is no failure and costs nothing`() {
        var story = Story()
        story.build("shop/main", 1, on: "maven-1", at: 5, takes: 30, .byPerson)
        story.build("shop/main", 2, on: "maven-2", at: 5, takes: 30, .success)
        story.build("shop/main", 3, on: "maven-3", at: 5, takes: 30, .success)
        let root = story.spans.last { $0.name == "BUILD shop/main" }
        story.spans.removeAll { $0.id == root?.id }
        let impact = story.diagnosis().impact
        #expect(impact.builds == Impact.Builds(total: 3, failed: 0, stopped: 1, running: 1))
        #expect(impact.failedTraces == 0 && impact.affected.isEmpty)
    }

    @Test func `requests to the controller are no builds, and those that they stand for are none either`() {
        var story = Story()
        story.build("shop/main", 1, on: "maven-1", at: 5, takes: 30, .success)
        for number in 0..<20 {
            story.span("jenkins", "GET /job", kind: .server, at: Double(number) * 5, takes: 0.1)
        }
        var evidence = story.evidence
        evidence.traceSample = TraceSample(
            strata: [.init(counted: 42, fetched: Set(evidence.traces.map(\.id)))], isComplete: true)
        let impact = RootCauseAnalyzer().diagnose(evidence, alert: nil).impact
        #expect(impact.traces == 2 && impact.averageTraceDuration == .seconds(30))
    }

    /// 400 builds, of which 40 fail: all failing ones were fetched, and every ninth of the 360 others. Half of each kind
    /// ran on spot nodes, failing builds take 20 s and the others 40 s.
    private static func weighted() -> Evidence {
        var story = Story()
        story.node("aks-spot-1", spot: true)
        story.node("aks-build-1")
        for number in 0..<80 {
            let isFailing = number < 40
            story.agentPod("agent-\(number)", node: number.isMultiple(of: 2) ? "aks-spot-1" : "aks-build-1")
            story.build(
                "team/app", number, on: "agent-\(number)", at: 5, takes: isFailing ? 20 : 40,
                isFailing ? .failure("script returned exit code 1") : .success)
        }
        var evidence = story.evidence
        let failing = Set(evidence.traces.filter { $0.spans.contains(where: \.isError) }.map(\.id))
        evidence.samplings = [Sampling(.traces, taken: 80, total: nil)]
        evidence.traceSample = TraceSample(
            strata: [
                .init(counted: 40, fetched: failing),
                .init(counted: 360, fetched: Set(evidence.traces.map(\.id)).subtracting(failing)),
            ], isComplete: true)
        return evidence
    }

    @Test func `of a sample with the failing traces first, the figures are those of all traces`() throws {
        let impact = RootCauseAnalyzer().diagnose(Self.weighted(), alert: nil).impact
        #expect(impact.basis == .estimated(of: 400))
        #expect(impact.traces == 400 && impact.failedTraces == 40 && impact.estimatedFailedTraces == 40)
        #expect(impact.traceSuccessRate == 0.9)
        #expect(impact.averageTraceDuration == .seconds(38))
        let spot = try #require(impact.spot)
        #expect(spot.builds == 200 && spot.failureRate == 0.1 && spot.onDemandFailureRate == 0.1)
        #expect(impact.builds?.total == 400 && impact.builds?.failed == 40)
        let parts = impact.durationParts.reduce(0) { $0 + $1.average.inSeconds }
        #expect(abs(parts - 38) < 0.1)
    }

    @Test func `failing traces beyond those that were looked for are estimated from the others`() throws {
        var evidence = Self.weighted()
        let failing = evidence.traces.filter { $0.spans.contains(where: \.isError) }.map(\.id)
        let others = Set(evidence.traces.map(\.id)).subtracting(failing.prefix(30))
        evidence.traceSample = TraceSample(
            strata: [
                .init(counted: 30, fetched: Set(failing.prefix(30))), .init(counted: 500, fetched: others),
            ], isComplete: true)
        let impact = RootCauseAnalyzer().diagnose(evidence, alert: nil).impact
        #expect(impact.failedTraces == 40 && impact.estimatedFailedTraces == 130 && impact.traces == 530)
    }

    @Test func `a part of the window is told as a part, and a sample of unknown size as one`() {
        var evidence = Self.weighted()
        evidence.traceSample = evidence.traceSample.map { TraceSample(strata: $0.strata, isComplete: false) }
        let part = RootCauseAnalyzer().diagnose(evidence, alert: nil).impact
        #expect(part.basis == .estimatedOfPart(400) && part.traceSuccessRate == 0.9 && part.traces == 80)
        evidence.traceSample = TraceSample(strata: [.init(counted: 400, fetched: [])], isComplete: true)
        #expect(RootCauseAnalyzer().diagnose(evidence, alert: nil).impact.basis == .failuresFirst)
        evidence.traceSample = nil
        let unknown = RootCauseAnalyzer().diagnose(evidence, alert: nil).impact
        #expect(unknown.basis == .failuresFirst && unknown.traces == 80 && unknown.estimatedFailedTraces == nil)
    }

    @Test func `the average build is divided into queue, stages and the rest`() {
        var story = Story()
        Pipeline().with { $0.wait = 20 }.add(to: &story, at: 0)
        Pipeline().with { $0.wait = 40 }.add(to: &story, at: 0)
        let parts = story.diagnosis().impact.durationParts
        #expect(parts.map(\.kind) == [.stage, .queue, .stage, .stage, .rest])
        #expect(parts.map(\.name) == ["Test", "", "Publish", "Checkout", ""])
        #expect(parts[1].average == .seconds(31))
        #expect(abs(parts.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    }

    @Test func `a service's trace is divided by services, each with its own part`() {
        var story = Story()
        let root = story.span("shop", "GET /", kind: .server, at: 0, takes: 1)
        story.call("shop", "cart", "GET /cart", under: root, at: 0.1, takes: 0.6, gap: 0.02)
        let impact = story.diagnosis().impact
        #expect(impact.durationParts.map(\.name) == ["cart", "shop"])
        #expect(abs(impact.durationParts[0].share - 0.6) < 0.001)
        #expect(impact.spot == nil && impact.builds == nil)
    }

    @Test func `a build within another one fails with it and costs its time once`() {
        var story = Story()
        let outer = Pipeline(
            job: "release", number: 1, stages: [.init(name: "Deploy", step: "build: deploy", seconds: 60)],
            result: "FAILURE")
        let root = outer.add(to: &story, at: 0)
        story.span(
            "jenkins-master", "BUILD deploy", under: root, at: 20, takes: 40, status: .error(message: ""),
            attributes: [
                "ci.pipeline.id": .string("deploy"), "ci.pipeline.run.number": .int(9),
                "ci.pipeline.run.result": .string("FAILURE"),
            ])
        let impact = story.diagnosis().impact
        #expect(impact.affected.map(\.name) == ["release", "deploy"])
        #expect(impact.builds?.lost == impact.affected[0].lost)
        #expect(impact.builds?.failed == 2 && impact.failedTraces == 1)
    }

    @Test func `slow builds are affected, with what they took more than usual`() throws {
        var story = Story()
        Pipeline.usual(&story, jobs: ["shop/main"])
        Pipeline(number: 20, wait: 280).add(to: &story, at: -300)
        let impact = story.diagnosis().impact
        #expect(impact.builds?.slow == 1 && impact.failedTraces == 0)
        let build = try #require(impact.affected.first)
        #expect(build.outcome == "slow" && build.number == 20)
        #expect(try #require(build.lost?.inSeconds).rounded() == 269)
    }
}

/// Branches and people, as the evidence names them.
struct BuildOriginTests {
    private func origin(_ change: (inout Story, Story.Handle) -> Void, job: String = "shop/app") throws -> BuildOrigin {
        var story = Story()
        let root = story.build(job, 1, on: "maven-1", at: 5, takes: 30, .failure("exit code 1"))
        change(&story, root)
        let scene = Scene(story.evidence, alert: nil)
        return BuildOrigin(try #require(scene.builds.first), in: scene.spans)
    }

    private static func adding(_ attributes: [(String, AttributeValue)], to story: inout Story, at root: Story.Handle) {
        story.spans = story.spans.map { span in
            guard span.id == root.id else { return span }
            return Span(
                traceID: span.traceID, id: span.id, name: span.name, kind: span.kind, start: span.start, end: span.end,
                status: span.status,
                attributes: Attributes(span.attributes.map { ($0.name, $0.value) } + attributes),
                resource: span.resource)
        }
    }

    @Test(
        arguments: [
            ("ci.pipeline.run.user", .string("dev@example.com"), "dev@example.com"),
            ("ci.pipeline.run.user", .string("SYSTEM"), nil),
            ("ci.pipeline.run.cause", .array([.string("UserIdCause:jenkins-bot")]), "jenkins-bot"),
            ("ci.pipeline.run.cause", .string("UserIdCause:jenkins-bot"), "jenkins-bot"),
            ("ci.pipeline.run.cause", .array([.string("TimerTriggerCause")]), nil),
            ("ci.pipeline.run.cause", .array([.string("GitHubPushCause:jenkins-bot")]), nil),
        ] as [(String, AttributeValue, String?)])
    func `only who is named as having started it waits for it`(
        _ name: String, _ value: AttributeValue, _ person: String?
    ) throws {
        #expect(try origin { Self.adding([(name, value)], to: &$0, at: $1) }.startedBy == person)
    }

    @Test func `the branch is the git step's, or the job of a multibranch project, or a request's number`() throws {
        #expect(try origin({ _, _ in }).branch == nil)
        #expect(try origin({ _, _ in }, job: "shop/app/PR-17").branch == "PR-17")
        #expect(try origin({ _, _ in }, job: "shop/app/PR-x").branch == nil)
        #expect(try origin({ _, _ in }, job: "shop/app/main").branch == "main")
        #expect(try origin({ _, _ in }, job: "main").branch == nil)
        #expect(try origin({ _, _ in }, job: "shop/app/release%2F2").branch == "release/2")
        let event = try origin(
            { Self.adding([("ci.pipeline.run.cause", .array([.string("BranchEventCause")]))], to: &$0, at: $1) },
            job: "shop/app/next")
        #expect(event.branch == "next")
        let git = try origin { story, root in
            story.span("jenkins", "git", under: root, at: 6, takes: 1, attributes: ["git.branch": .string("release/2")])
        }
        #expect(git.branch == "release/2")
        let multibranch = try origin(
            { Self.adding([("ci.pipeline.type", .string("multibranch"))], to: &$0, at: $1) },
            job: "shop/app/feature%2Fx")
        #expect(multibranch.branch == "feature/x")
    }
}
