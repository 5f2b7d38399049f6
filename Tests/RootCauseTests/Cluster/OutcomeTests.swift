import Languages
import Telemetry
import Testing

@testable import RootCause

/// What counts as a failure of a build, and what does not.
struct OutcomeTests {
    @Test(arguments: [
        ("UserInterruption: Aborted by admin", false, Build.Outcome.stopped),
        ("CancelledCause: Superseded by shop/main #10", true, .stopped),
        ("CanceledCause: Superseded by shop/main #10", false, .stopped),
        ("RemovedNodeCause: Agent was removed", true, .lostAgent),
        ("RemovedNodeTimeoutCause: Timeout waiting for agent to come back", true, .lostAgent),
        ("ExceededTimeout: Timeout has been exceeded", true, .timedOut),
    ])
    func `an aborted build is judged by the cause of its interruption`(
        cause: String, isError: Bool, outcome: Build.Outcome
    ) {
        var story = Story.quiet
        story.interruptedBuild("shop/main", 9, on: "maven-1", at: 5, takes: 40, cause: cause, isError: isError)
        #expect(story.scene.build("shop/main #9")?.outcome == outcome)
    }

    @Test(arguments: [
        "npm warn deprecated rimraf@2.7.1: Superseded by rimraf 4", "ERROR: transaction 17: Aborted by peer",
        "WARN HikariPool - Timeout has been exceeded, retrying", "Superseded by rimraf 4",
        "Aborted by peer: connection reset", "12:10:01 retrying: Queue task was cancelled",
    ])
    func `what tools say of packages, peers and pools stops no build`(line: String) {
        #expect(Interruption.find(inLine: line) == nil)
        var story = Story.quiet
        let build = story.interruptedBuild(
            "shop/main", 9, on: "maven-1", at: 5, takes: 40, cause: "RemovedNodeCause: Agent was removed")
        story.log(line, at: 20, span: build)
        #expect(story.scene.build("shop/main #9")?.outcome == .lostAgent)
    }

    @Test(arguments: [
        ("Aborted by admin", Interruption.stopped), ("Aborted by Dev Team (dev@example.com)", .stopped),
        ("12:10:01  Aborted by admin", .stopped), ("[2026-01-02T12:10:01.000Z] Superseded by #418", .stopped),
        ("Aborted by \u{1B}[8mha:////4Ab+cd==\u{1B}[0madmin", .stopped),
        ("Superseded by shop » cart » main #418", .stopped), ("Timeout has been exceeded", .timedOut),
        ("Cancelling nested steps due to timeout", .timedOut),
        ("Build timed out (after 30 minutes). Marking the build as aborted.", .timedOut),
        ("ERROR: Queue task was cancelled", .queueCancelled),
    ])
    func `Jenkins' own lines say why a build was interrupted`(line: String, interruption: Interruption) {
        #expect(Interruption.find(inLine: line) == interruption)
    }

    @Test func `a line that sounds like a stop does not hide the removal that Jenkins recorded`() {
        var story = Story.quiet
        let build = story.interruptedBuild(
            "shop/main", 9, on: "maven-1", at: 5, takes: 40, cause: "RemovedNodeCause: Agent was removed")
        story.log("Aborted by peer", at: 20, span: build)
        #expect(story.scene.build("shop/main #9")?.outcome == .lostAgent)
    }

    @Test func `of a build that a person stopped, what became of its agent afterwards says nothing`() {
        var story = Story.quiet
        let build = story.interruptedBuild("shop/main", 9, on: "maven-1", at: 5, takes: 40, cause: "", isError: false)
        story.log("Aborted by admin", at: 40, span: build)
        story.log("Pod ci/maven-1 was just deleted", at: 42, span: build)
        #expect(story.scene.build("shop/main #9")?.outcome == .stopped)
    }

    @Test func `a branch that fails first is the failure, not the one that fail-fast stopped`() throws {
        var story = Story.quiet
        let root = story.build("shop/main", 9, on: "maven-1", at: 5, takes: 40, .failure("script returned exit code 1"))
        let branch = story.span("jenkins", "Parallel branch: lint", under: root, at: 6, takes: 20)
        story.span(
            "jenkins", "lint", under: branch, at: 7, takes: 18, status: .error(message: "FlowInterruptedException"),
            attributes: [
                "jenkins.pipeline.step.interruption.causes": .array([.string("FailFastCause: Failed in branch test")])
            ])
        let build = try #require(story.scene.build("shop/main #9"))
        #expect(build.outcome == .failure)
        #expect(build.step?.name == "sh")
    }

    @Test func `an aborted build whose log says that its agent was deleted has lost it`() {
        var story = Story.quiet
        let build = story.interruptedBuild(
            "shop/main", 9, on: "maven-1", at: 5, takes: 40, cause: "", isError: false)
        #expect(story.scene.build("shop/main #9")?.outcome == .stopped)
        story.log("Agent maven-1 was deleted; cancelling node body", at: 43, span: build)
        #expect(story.scene.build("shop/main #9")?.outcome == .lostAgent)
    }

    @Test func `an aborted build whose node went away under it has lost its agent, without a word of it`() {
        var story = Story.quiet
        story.interruptedBuild("shop/main", 9, on: "maven-1", at: 5, takes: 40, cause: "", isError: false)
        story.agentPod("maven-1", node: "aks-spot-3")
        story.event("NodeNotReady", "Node", "aks-spot-3", at: 44)
        #expect(story.scene.build("shop/main #9")?.outcome == .lostAgent)
    }

    @Test func `an agent that went after the step had failed is no reason`() {
        var story = Story.quiet
        let build = story.build("shop/main", 9, on: "maven-1", at: 5, takes: 40, .failure("exit code 1"))
        story.log("ci/maven-1 was just deleted, so removing corresponding Jenkins agent", at: 44)
        story.log("Pod ci/maven-1 was just deleted", at: 44, span: build)
        #expect(story.scene.build("shop/main #9")?.outcome == .failure)
        #expect(story.scene.losses.isEmpty)
        #expect(story.diagnosis().verdict == "build-failure shop/main")
    }

    @Test func `a step that ran again on another agent has got over the loss`() {
        var story = Story.quiet
        let root = story.build("shop/main", 9, on: "maven-1", at: -60, takes: 70, .agentRemoved)
        let stage = story.span("jenkins", "Stage: Test", under: root, at: 12, takes: 60)
        story.span(
            "jenkins", "sh", under: stage, at: 13, takes: 50, status: .error(message: "script returned exit code 1"),
            attributes: ["jenkins.computer.name": .string("maven-2")])
        story.spans = story.spans.map { span in
            guard span.id == root.id else { return span }
            return Span(
                traceID: span.traceID, id: span.id, name: span.name, kind: span.kind, start: span.start,
                end: Story.at(80), status: .error(message: ""),
                attributes: [
                    "ci.pipeline.id": .string("shop/main"), "ci.pipeline.run.number": .int(9),
                    "ci.pipeline.run.result": .string("FAILURE"),
                ], resource: span.resource)
        }
        #expect(story.scene.build("shop/main #9")?.outcome == .failure)
    }

    @Test func `builds that people aborted are an unknown cause, and the statement says so`() {
        var story = Story.quiet
        for number in 1...3 {
            story.interruptedBuild(
                "shop/main", number, on: "maven-\(number)", at: 5, takes: 40,
                cause: "UserInterruption: Aborted by admin",
                isError: false)
            story.log("ci/maven-\(number) was just deleted, so removing corresponding Jenkins agent", at: 46)
            story.event("Killing", "Pod", "maven-\(number)", at: 46, "Stopping container jnlp", type: "Normal")
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "unknown")
        #expect(diagnosis.hypotheses[0].statement.english.contains("people or newer builds stopped"))
        #expect(diagnosis.impact.failedTraces == 0)
    }
}
