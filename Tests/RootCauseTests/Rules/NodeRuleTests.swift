import Languages
import Telemetry
import Testing

@testable import RootCause

/// Nodes that go away under agents, with the most telling evidence there or not, and what only looks like it.
struct NodeRuleTests {
    private static let node = "aks-spot-31542618-vmss000003"

    /// Builds whose agents run on one node and are lost within seconds.
    private func lose(_ agents: [String], at: Double, in story: inout Story) {
        for (number, agent) in agents.enumerated() {
            let build = story.build(
                "shop/main", 70 + number, on: agent, at: -60, takes: 60 + at + Double(number), .agentRemoved)
            story.log(
                "Cannot contact \(agent): hudson.remoting.ChannelClosedException", at: at - 2 + Double(number),
                span: build)
        }
    }

    @Test func `one preemption with five builds is one cause with five builds, first notice, then agents, then builds`()
    {
        var story = Story.quiet
        story.node(Self.node, spot: true, ready: false)
        story.event("PreemptScheduled", "Node", Self.node, at: 20, "VM Preempt Scheduled")
        let agents = (1...5).map { "maven-\($0)" }
        for agent in agents { story.agentPod(agent, node: Self.node) }
        lose(agents, at: 40, in: &story)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "spot-eviction \(Self.node)")
        #expect(diagnosis.hypotheses.count == 1)
        #expect(diagnosis.impact.affected.count == 5)
        let chain = diagnosis.timeline.map(\.text.english)
        #expect(chain.count == 3)
        #expect(chain[0].hasPrefix("node \(Self.node) (spot): PreemptScheduled"))
        #expect(chain[1].hasPrefix("agents maven-1"))
        #expect(chain[2].hasPrefix("5 builds lost their agents"))
    }

    @Test func `that the node was lost is no other explanation of a preemption, unless something speaks for it alone`()
    {
        var story = Story.quiet
        story.node(Self.node, spot: false, ready: false)
        story.event("NodeNotReady", "Node", Self.node, at: 38)
        let agents = (1...5).map { "maven-\($0)" }
        for agent in agents { story.agentPod(agent, node: Self.node) }
        lose(agents, at: 40, in: &story)
        #expect(story.diagnosis().verdict == "node-lost \(Self.node)")
        story.nodes = []
        story.node(Self.node, spot: true, ready: false)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "spot-eviction \(Self.node)")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .nodeLost })
    }

    @Test func `a general explanation stays where it has evidence or a subject of its own`() {
        func draft(_ node: String, _ findings: [(String, Double)], explains: Set<String> = ["maven-1"]) -> Draft {
            Draft(
                subject: .init(.node, node), statement: "",
                findings: findings.map { Finding(.events, text: Phrase(verbatim: $0.0), weight: $0.1) },
                recommendations: [],
                explains: explains)
        }
        let spot = draft("a", [("went NotReady", 1.5), ("agent lost", 2), ("scaled down", -2.5)])
        let lost = draft("a", [("went NotReady", 2.5), ("agent lost", 2), ("is a spot node", -2.5)])
        #expect(GeneralForm.isSaid(lost, .nodeLost, by: spot, .spotEviction))
        #expect(!GeneralForm.isSaid(spot, .spotEviction, by: lost, .nodeLost))
        #expect(!GeneralForm.isSaid(lost, .agentDisconnected, by: spot, .spotEviction))
        #expect(!GeneralForm.isSaid(draft("b", [("agent lost", 2)]), .nodeLost, by: spot, .spotEviction))
        #expect(!GeneralForm.isSaid(draft("a", [("scaled down", 1)]), .nodeLost, by: spot, .spotEviction))
        let further = draft("a", [("agent lost", 2)], explains: ["maven-1", "maven-2"])
        #expect(!GeneralForm.isSaid(further, .nodeLost, by: spot, .spotEviction))
    }

    @Test(arguments: ["SpotInterruption", "SpotInterrupted"])
    func `Amazon's notices count as well`(reason: String) {
        var story = Story.quiet
        story.event(reason, "Node", "ip-10-0-1-7.ec2.internal", at: 20, "Spot ITN received")
        story.agentPod("maven-1", node: "ip-10-0-1-7.ec2.internal")
        lose(["maven-1"], at: 40, in: &story)
        #expect(story.diagnosis().verdict == "spot-eviction ip-10-0-1-7.ec2.internal")
    }

    @Test func `a recommendation that was followed by a drain is a notice, one that was not is none`() {
        var story = Story.quiet
        story.event("RebalanceRecommendation", "Node", "ip-10-0-1-7.ec2.internal", at: 10, "Rebalance recommendation")
        story.agentPod("maven-1", node: "ip-10-0-1-7.ec2.internal")
        lose(["maven-1"], at: 40, in: &story)
        #expect(story.diagnosis().verdict == "agent-disconnected maven-1")
        story.event("CordonAndDrain", "Node", "ip-10-0-1-7.ec2.internal", at: 30, "Node cordoned and drained")
        #expect(story.diagnosis().verdict == "spot-eviction ip-10-0-1-7.ec2.internal")
    }

    @Test func `Google's node that shuts down takes its pods along without an event`() {
        var story = Story.quiet
        let name = "gke-ci-spot-pool-91988024-qk46"
        story.nodes = [NodeState(name: "gke-ci-spot-pool-91988024-aa11", labels: ["cloud.google.com/gke-spot": "true"])]
        story.agentPod(
            "maven-1", node: name, reason: "Terminated",
            message: "Pod was terminated in response to imminent node shutdown.")
        lose(["maven-1"], at: 40, in: &story)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "spot-eviction \(name)")
        #expect(diagnosis.hypotheses[0].confidence > 0.8)
    }

    @Test func `without Kubernetes, agents that metrics place on one node are lost with it`() {
        var story = Story.quiet
        story.gaps = [.init(.events, "no access", isTotal: true), .init(.nodes, "no access", isTotal: true)]
        let agents = ["maven-1", "maven-2", "maven-3"]
        for agent in agents {
            story.metric("kube_pod_info", ["pod": agent, "node": Self.node], before: [1], after: [])
        }
        lose(agents, at: 40, in: &story)
        #expect(story.diagnosis().verdict == "spot-eviction \(Self.node)")
    }

    @Test func `where nothing names the node, agents lost at once are one finding`() {
        var story = Story.quiet
        lose(["maven-1", "maven-2", "maven-3"], at: 40, in: &story)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "agent-disconnected maven-1")
        #expect(diagnosis.hypotheses.count == 1)
        #expect(diagnosis.hypotheses[0].statement.english.hasPrefix("3 agents lost their connection"))
    }

    @Test func `agents of an on-demand node lost at once are lost with the node, which is not called preempted`() {
        var story = Story.quiet
        let agents = ["maven-1", "maven-2"]
        story.nodes = [NodeState(name: "aks-build-1"), NodeState(name: "aks-system-0")]
        for agent in agents { story.agentPod(agent, node: "aks-build-1") }
        lose(agents, at: 40, in: &story)
        let diagnosis = story.diagnosis()
        #expect(!diagnosis.hypotheses.contains { $0.cause == .spotEviction })
        #expect(["node-lost aks-build-1", "agent-disconnected maven-1"].contains(diagnosis.verdict))
    }

    @Test func `a spot node that went NotReady after the builds failed is not why they did`() {
        var story = Story.quiet
        story.node(Self.node, spot: true, ready: false)
        story.agentPod("maven-1", node: Self.node)
        story.build("shop/main", 9, on: "maven-1", at: -60, takes: 70, .failure("script returned exit code 1"))
        story.event("NodeNotReady", "Node", Self.node, at: 60)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "build-failure shop/main")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .spotEviction && $0.confidence > 0.3 })
    }

    @Test func `a healthy spot node beside a lost agent was not preempted`() {
        var story = Story.quiet
        story.node(Self.node, spot: true)
        story.agentPod("maven-1", node: Self.node)
        lose(["maven-1"], at: 40, in: &story)
        #expect(story.diagnosis().verdict == "agent-disconnected maven-1")
    }

    @Test func `a node that the autoscaler removed was not preempted`() {
        var story = Story.quiet
        story.node("aks-system-0")
        story.event("ScaleDown", "Node", Self.node, at: 20, "node removed by cluster autoscaler", type: "Normal")
        story.agentPod("maven-1", node: Self.node)
        lose(["maven-1"], at: 40, in: &story)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "node-lost \(Self.node)")
        #expect(diagnosis.hypotheses[0].statement.english.contains("removed by the autoscaler"))
    }

    @Test func `a pod that a more important one displaced was not preempted by the cloud`() {
        var story = Story.quiet
        story.node(Self.node, spot: true)
        story.agentPod("maven-1", node: Self.node)
        story.event("Preempted", "Pod", "maven-1", at: 30, "Preempted by pod 9f on node \(Self.node)")
        lose(["maven-1"], at: 40, in: &story)
        #expect(story.diagnosis().verdict == "agent-disconnected maven-1")
    }

    @Test func `evicted pods of last week are listed still and explain nothing`() {
        var story = Story.quiet
        story.agentPod(
            "maven-old", node: "aks-build-1", reason: "Evicted", message: "The node was low on resource: memory.",
            terminations: [.init(container: "jnlp", reason: "Error", exitCode: 137, finishedAt: Story.at(-500_000))])
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `an eviction that only the build's log tells blames the node where the agent ran`() {
        var story = Story.quiet
        story.metric("kube_pod_info", ["pod": "maven-1", "node": "aks-build-1"], before: [1], after: [])
        let build = story.build("shop/main", 9, on: "maven-1", at: -60, takes: 92, .agentRemoved)
        story.log(
            "ci/maven-1 Pod just failed. Reason: Evicted, Message: The node was low on resource: ephemeral-storage.",
            at: 30, span: build)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "node-pressure-eviction aks-build-1")
        #expect(diagnosis.hypotheses[0].statement.english.contains("ephemeral-storage"))
    }

    @Test func `a spot node that was removed after it had run other builds well did not take the agent`() {
        var story = Story.quiet
        story.node("aks-system-0")
        for agent in ["maven-1", "maven-2"] { story.agentPod(agent, node: Self.node) }
        lose(["maven-1"], at: 10, in: &story)
        #expect(story.diagnosis().verdict == "spot-eviction \(Self.node)")
        story.build("shop/docs", 4, on: "maven-2", at: 5, takes: 110, .success)
        #expect(story.diagnosis().verdict == "agent-disconnected maven-1")
    }

    @Test func `memory that ran out on a spot node which is gone since is no preemption`() {
        var story = Story.quiet
        story.node("aks-system-0")
        story.agentPod(
            "maven-1", node: Self.node,
            terminations: [.init(container: "maven", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(37))])
        lose(["maven-1"], at: 40, in: &story)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "agent-oom-killed maven-1")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .spotEviction })
    }

    @Test func `what nobody says of a preemption is inferred`() throws {
        var story = Story()
        story.node("aks-spot-3", spot: true, ready: false)
        story.event("NodeNotReady", "Node", "aks-spot-3", at: 37)
        story.agentPod("maven-1", node: "aks-spot-3")
        story.build("shop/main", 70, on: "maven-1", at: -60, takes: 102, .agentRemoved)
        #expect(try #require(story.diagnosis().hypotheses.first).isInferred)
        story.event("PreemptScheduled", "Node", "aks-spot-3", at: 20, "VM is scheduled for preemption")
        let told = try #require(story.diagnosis().hypotheses.first)
        #expect(told.cause == .spotEviction && !told.isInferred)
    }
}
