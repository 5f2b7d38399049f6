import Languages
import Telemetry
import Testing

@testable import RootCause

/// Agents that are killed, that never come, and stages that take too long.
struct AgentRuleTests {
    @Test func `a process that the kernel killed on a node is of the agent whose build failed just then`() {
        var story = Story.quiet
        story.agentPod("maven-1", node: "aks-build-1")
        story.agentPod("maven-2", node: "aks-build-1")
        story.build("shop/main", 9, on: "maven-1", at: -60, takes: 92, .failure("script returned exit code 137"))
        story.build("shop/docs", 4, on: "maven-2", at: -60, takes: 92, .success)
        story.event(
            "OOMKilling", "Node", "aks-build-1", at: 29, "Memory cgroup out of memory: Killed process 912 (java)")
        #expect(story.diagnosis().verdict == "agent-oom-killed maven-1")
    }

    @Test func `more evidence makes an OOM surer and no less exact`() throws {
        var story = Story.quiet
        story.agentPod(
            "maven-1", node: "aks-build-1",
            terminations: [.init(container: "maven", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(3))])
        let status = try #require(story.diagnosis().hypotheses.first)
        #expect(status.statement.english == "Agent `maven-1` was killed for using too much memory at 22:13:23 UTC.")
        #expect(status.recommendations.first?.english.contains("container `maven`") == true)
        #expect(status.confidence >= 0.7)
        story.log("ci/maven-1 Container maven was terminated (Exit Code: 137, Reason: OOMKilled)", at: 5)
        let both = try #require(story.diagnosis().hypotheses.first)
        #expect(both.statement == status.statement && both.recommendations == status.recommendations)
        #expect(both.confidence > status.confidence && both.confidence < 0.95)
        #expect(both.evidence.contains { $0.source == .logs })
        story.build("shop/main", 9, on: "maven-1", at: -60, takes: 66, .agentRemoved)
        let harmed = try #require(story.diagnosis().hypotheses.first)
        #expect(harmed.statement.english.contains("at 22:13:23 UTC: shop/main #9 did not finish"))
        #expect(harmed.confidence > 0.9)
    }

    @Test func `a metric tells the reason of a pod that is gone`() {
        var story = Story.quiet
        story.build("shop/main", 9, on: "maven-1", at: -60, takes: 132, .agentRemoved)
        story.metric(
            "kube_pod_container_status_last_terminated_reason",
            ["pod": "maven-1", "container": "maven", "reason": "OOMKilled"], before: [], after: [1])
        #expect(story.diagnosis().verdict == "agent-oom-killed maven-1")
    }

    @Test func `memory that ran out after the build had failed is not why it did`() {
        var story = Story.quiet
        story.agentPod(
            "maven-1", node: "aks-build-1",
            terminations: [.init(container: "maven", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(80))])
        story.build("shop/main", 9, on: "maven-1", at: -60, takes: 70, .failure("script returned exit code 1"))
        #expect(story.diagnosis().verdict == "build-failure shop/main")
    }

    @Test func `a failing test beside a real OOM takes nothing from it`() {
        var story = Story.quiet
        story.agentPod(
            "maven-1", node: "aks-build-1",
            terminations: [.init(container: "maven", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(28))])
        story.build("shop/main", 9, on: "maven-1", at: -60, takes: 92, .agentRemoved)
        story.build("shop/docs", 4, on: "maven-2", at: 5, takes: 40, .failure("script returned exit code 1"))
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "agent-oom-killed maven-1")
        #expect(diagnosis.hypotheses.map(\.cause).contains(.buildFailure))
    }

    @Test func `a container that ended with 137 says nothing of memory, in no release's words`() {
        var story = Story.quiet
        let build = story.build("shop/main", 9, on: "maven-1", at: -60, takes: 92, .agentRemoved)
        story.log("ci/maven-1 Container maven was terminated.", at: 28, span: build)
        story.log("\tmaven -- terminated (137)", at: 29, span: build)
        #expect(story.diagnosis().verdict == "agent-disconnected maven-1")
    }

    @Test func `a build that timed out while it waited for an agent has the cause of the wait`() {
        var story = Story.quiet
        for number in 1...2 {
            let build = story.interruptedBuild(
                "shop/main", number, on: nil, at: -60, takes: 120, cause: "ExceededTimeout: Timeout has been exceeded",
                step: "Agent Allocation")
            story.log("Still waiting to schedule task", at: -58, span: build)
            story.log("‘Jenkins’ doesn’t have label ‘gpu’", at: -57, span: build)
        }
        #expect(story.diagnosis().verdict == "agent-unschedulable gpu")
    }

    @Test func `a build that does not say what it waits for asks for the label of its job's other builds`() {
        var story = Story.quiet
        story.span(
            "jenkins", "BUILD shop/main", kind: .server, at: -400, takes: 60, status: .ok,
            attributes: [
                "ci.pipeline.id": .string("shop/main"), "ci.pipeline.run.number": .int(7),
                "ci.pipeline.run.result": .string("SUCCESS"),
            ])
        story.span(
            "jenkins", "Agent Allocation",
            under: Story.Handle(
                trace: story.spans.last?.traceID ?? .init(high: 0, low: 0), id: story.spans.last?.id ?? .init(0)),
            at: -399, takes: 20, attributes: ["jenkins.pipeline.step.agent.label": .string("gpu")])
        for number in 8...9 {
            let build = story.interruptedBuild(
                "shop/main", number, on: nil, at: -60, takes: 120, cause: "ExceededTimeout: Timeout has been exceeded")
            story.log("Still waiting to schedule task", at: -58, span: build)
        }
        #expect(story.diagnosis().verdict == "agent-unschedulable gpu")
    }

    @Test func `a quota is short for the label of the build whose agent it refused`() {
        var story = Story.quiet
        let build = story.interruptedBuild(
            "shop/main", 1, on: nil, at: -60, takes: 120, cause: "ExceededTimeout: Timeout has been exceeded",
            step: "Agent Allocation")
        story.log(
            "Message: pods \"gpu-x7k2p\" is forbidden: exceeded quota: ci, requested: pods=1, used: pods=20", at: -57,
            span: build)
        story.log("Still waiting to schedule task", at: -50, span: build)
        story.log("‘gpu-x7k2p’ is offline", at: -50, span: build)
        #expect(story.diagnosis().verdict == "agent-unschedulable gpu")
    }

    @Test func `a build that waited a little, as all do, did not wait in vain`() {
        var story = Story.quiet
        let build = story.build("shop/main", 9, on: "maven-1", at: 5, takes: 60, .failure("exit code 1"))
        story.log("Still waiting to schedule task", at: 6, span: build)
        story.log("‘Jenkins’ doesn’t have label ‘maven’", at: 6, span: build)
        story.log("Running on maven-1 in /home/jenkins/agent/workspace/x", at: 20, span: build)
        #expect(story.diagnosis().verdict == "build-failure shop/main")
    }

    @Test func `a pod whose build ran on it soon after was scheduled, though no event says so`() {
        var story = Story.quiet
        story.event("FailedScheduling", "Pod", "maven-1", at: 1, "0/9 nodes are available: 9 Insufficient cpu.")
        story.build("shop/main", 9, on: "maven-1", at: 5, takes: 60, .success)
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `a stage that exceeded its timeout is named with its job`() {
        var story = Story.quiet
        story.interruptedBuild(
            "shop/main", 9, on: "maven-1", at: 5, takes: 100, cause: "ExceededTimeout: Timeout has been exceeded")
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "stage-timeout shop/main")
        #expect(diagnosis.hypotheses[0].statement.english.contains("stage `Test`"))
        #expect(diagnosis.hypotheses[0].confidence > 0.6)
        #expect(diagnosis.timeline.contains { $0.text.english == "1 build timed out: shop/main #9" })
    }

    @Test func `a log alone tells a timeout when the trace was cut off`() {
        var story = Story.quiet
        let build = story.interruptedBuild("shop/main", 9, on: "maven-1", at: 5, takes: 100, cause: "", isError: false)
        story.log("Cancelling nested steps due to timeout", at: 103, span: build)
        #expect(story.diagnosis().verdict == "stage-timeout shop/main")
    }

    @Test func `a timeout after the agent was lost has the cause of the loss`() {
        var story = Story.quiet
        story.node("aks-spot-3", spot: true, ready: false)
        story.event("PreemptScheduled", "Node", "aks-spot-3", at: 10, "VM is scheduled for preemption")
        story.agentPod("maven-1", node: "aks-spot-3")
        let build = story.interruptedBuild(
            "shop/main", 9, on: "maven-1", at: -60, takes: 160, cause: "ExceededTimeout: Timeout has been exceeded")
        story.log("maven-1 seems to be removed or offline; will wait for 5 min 0 sec", at: 30, span: build)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "spot-eviction aks-spot-3")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .stageTimeout })
    }

    @Test func `agents that a metric calls unschedulable for minutes wait in vain, for seconds they do not`() {
        var story = Story.quiet
        let labels = ["pod": "maven-large-x7k2p"]
        story.metric("kube_pod_status_unschedulable", labels, before: [0, 0], after: [1, 0])
        #expect(story.diagnosis().verdict == "unknown")
        story.metrics = []
        story.metric("kube_pod_status_unschedulable", labels, before: [1, 1, 1, 1], after: [1, 1])
        #expect(story.diagnosis().hypotheses.contains { $0.subject.name == "maven-large" })
    }
}
