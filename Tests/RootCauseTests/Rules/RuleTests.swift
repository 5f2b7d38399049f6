import Languages
import Telemetry
import TestSupport
import Testing

@testable import RootCause

/// One small incident for each rule, and the decoys that look like it.
struct RuleTests {
    /// Healthy builds before and during, so that there is something to compare with.
    private func background(_ story: inout Story) {
        for number in 0..<20 {
            story.build(
                "team/healthy", number, on: "ok-\(number)", at: Double(number) * 33 - 590, takes: 20, .success)
        }
    }

    @Test func `one preemption that kills three builds is one hypothesis about the node`() throws {
        var story = Story()
        background(&story)
        story.node("aks-spot-3", spot: true, ready: false)
        story.node("aks-system-0")
        story.event("PreemptScheduled", "Node", "aks-spot-3", at: 20, "VM is scheduled for preemption")
        story.event("NodeNotReady", "Node", "aks-spot-3", at: 37)
        for (number, agent) in ["maven-x7k2p", "maven-a1b2c", "node-q9w8e"].enumerated() {
            story.agentPod(agent, node: "aks-spot-3")
            story.build("shop/main", 70 + number, on: agent, at: -60, takes: 102 + Double(number), .agentRemoved)
            story.log(
                "Cannot contact \(agent): hudson.remoting.ChannelClosedException: channel is already closed",
                at: 41 + Double(number))
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "spot-eviction aks-spot-3")
        #expect(diagnosis.hypotheses.count == 1)
        #expect(diagnosis.hypotheses[0].confidence > 0.9)
        #expect(
            diagnosis.hypotheses[0].statement.english
                == "Spot node `aks-spot-3` was preempted at 22:13:40 UTC: 3 agents lost, 3 builds did not finish (shop/main #70, shop/main #71 and shop/main #72)."
        )
        #expect(diagnosis.impact.affected.map(\.number) == [70, 71, 72])
        #expect(diagnosis.impact.spotImpact == 1)
        #expect(diagnosis.impact.errorCorrelationRate == 1)
        #expect(diagnosis.timeline.first?.text.english.hasPrefix("node aks-spot-3 (spot): PreemptScheduled") == true)
        #expect(diagnosis.keyLines.first?.text.hasPrefix("Cannot contact") == true)
        #expect(diagnosis.keyLines.first?.count == 3)
    }

    @Test func `a spot node that vanished together with a closed channel was preempted, even if no event says so`() {
        var story = Story()
        background(&story)
        story.node("aks-system-0")
        story.node("aks-spot-3", spot: true, ready: false)
        story.agentPod("maven-x7k2p", node: "aks-spot-3")
        story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 102, .agentRemoved)
        story.log("Cannot contact maven-x7k2p: hudson.remoting.ChannelClosedException", at: 41)
        story.nodes = story.nodes.map {
            NodeState(
                name: $0.name, labels: $0.labels,
                conditions: [
                    .init(
                        type: "Ready", status: $0.isSpot ? "Unknown" : "True", reason: "NodeStatusUnknown", message: "",
                        since: $0.isSpot ? Story.at(60) : nil)
                ])
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "spot-eviction aks-spot-3")
        #expect(diagnosis.hypotheses[0].confidence > 0.6)
        #expect(diagnosis.hypotheses[0].confidence < 0.95)
    }

    @Test func `a pod deleted because a person aborted the build is no eviction and no failure`() {
        var story = Story()
        background(&story)
        story.node("aks-spot-3", spot: true)
        story.agentPod("maven-x7k2p", node: "aks-spot-3")
        story.build("shop/main", 77, on: "maven-x7k2p", at: 5, takes: 40, .byPerson)
        story.log("ci/maven-x7k2p was just deleted, so removing corresponding Jenkins agent", at: 46)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "unknown")
        #expect(diagnosis.hypotheses[0].statement.english.contains("somebody or a newer build stopped"))
        #expect(diagnosis.impact.failedTraces == 0)
    }

    @Test func `branches that stop because another lost its agent do not hide the loss`() {
        var story = Story()
        background(&story)
        let root = story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 102, .agentRemoved)
        let branch = story.span("jenkins", "Parallel branch: lint", under: root, at: -50, takes: 90)
        story.span(
            "jenkins", "sh", under: branch, at: -40, takes: 80.5,
            attributes: [
                "jenkins.computer.name": .string("node-b1c2d"),
                "jenkins.pipeline.step.interruption.causes": .array([.string("FailFastCause: Failed in branch test")]),
            ])
        #expect(story.diagnosis().verdict == "agent-disconnected maven-x7k2p")
    }

    @Test func `an agent that is removed after a person stopped the build is only cleaned up`() {
        var story = Story()
        background(&story)
        let root = story.build("shop/main", 77, on: "maven-x7k2p", at: 5, takes: 40, .byPerson)
        story.span(
            "jenkins", "archive", under: root, at: 42, takes: 3, status: .error(message: "Agent was removed"),
            attributes: ["jenkins.computer.name": .string("maven-x7k2p")])
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `a node that is no spot node and stops answering is lost`() {
        var story = Story()
        background(&story)
        story.node("aks-system-0")
        story.node("aks-build-1", ready: false)
        story.event("NodeNotReady", "Node", "aks-build-1", at: 37)
        story.agentPod("maven-x7k2p", node: "aks-build-1")
        story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 102, .agentRemoved)
        #expect(story.diagnosis().verdict == "node-lost aks-build-1")
    }

    @Test func `a node that went NotReady long after the agent was lost did not take it along`() {
        var story = Story()
        background(&story)
        story.node("aks-build-1", ready: false)
        story.event("NodeNotReady", "Node", "aks-build-1", at: 119)
        story.agentPod("maven-x7k2p", node: "aks-build-1")
        story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 30, .success)
        story.build("shop/main", 78, on: "maven-x7k2p", at: -200, takes: 195, .agentRemoved)
        story.spans = story.spans.filter { $0.start > Story.at(-1000) }
        #expect(
            story.diagnosis().verdict != "node-lost aks-build-1" || story.diagnosis().hypotheses[0].confidence < 0.9)
    }

    @Test func `pods that the kubelet evicted blame the node that ran short`() {
        var story = Story()
        background(&story)
        story.event(
            "Evicted", "Pod", "maven-x7k2p", at: 30, "The node was low on resource: ephemeral-storage. Container maven."
        )
        story.agentPod("maven-x7k2p", node: "aks-build-1", reason: "Evicted")
        story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 92, .agentRemoved)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "node-pressure-eviction aks-build-1")
        #expect(diagnosis.hypotheses[0].statement.english.contains("ephemeral-storage"))
    }

    @Test func `a drain evicts too, and is no pressure`() {
        var story = Story()
        background(&story)
        story.event("Evicted", "Pod", "maven-x7k2p", at: 30, "Pod was evicted by the Kubernetes Eviction API")
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `an agent that the kernel killed is told by its pod's status`() {
        var story = Story()
        background(&story)
        story.agentPod(
            "maven-x7k2p", node: "aks-build-1",
            terminations: [.init(container: "maven", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(31))])
        story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 92, .agentRemoved)
        #expect(story.diagnosis().verdict == "agent-oom-killed maven-x7k2p")
    }

    @Test func `exit code 137 alone is no proof of an exhausted memory`() {
        var story = Story()
        background(&story)
        story.agentPod(
            "maven-x7k2p", node: "aks-build-1",
            terminations: [.init(container: "maven", reason: "Error", exitCode: 137, finishedAt: Story.at(31))])
        story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 92, .agentRemoved)
        #expect(story.diagnosis().verdict == "agent-disconnected maven-x7k2p")
    }

    @Test func `a log line tells of an exhausted memory where no pod does, and names the right agent`() {
        var story = Story()
        background(&story)
        for agent in ["maven-1", "maven-12"] {
            story.build("shop/main", 7, on: agent, at: -60, takes: 92, .agentRemoved)
        }
        story.log("ci/maven-12 Container maven was terminated (Exit Code: 137, Reason: OOMKilled)", at: 30)
        #expect(story.diagnosis().verdict == "agent-oom-killed maven-12")
    }

    @Test func `every cause that a rule can name has a runbook`() throws {
        let pages = Set(try Repository.names(in: "Runbooks"))
        for cause in Ranking.rules.map(\.cause) + [.unknown] { #expect(pages.contains("\(cause.rawValue).md")) }
    }

    @Test func `an image that cannot be pulled is named`() {
        var story = Story()
        background(&story)
        story.event(
            "Failed", "Pod", "maven-x7k2p", at: 20,
            "Failed to pull image \"registry.example/maven:3.9-jdk21\": not found")
        story.event(
            "BackOff", "Pod", "maven-x7k2p", at: 30, "Back-off pulling image \"registry.example/maven:3.9-jdk21\"")
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "image-pull-failure registry.example/maven:3.9-jdk21")
        #expect(diagnosis.hypotheses.count == 1)
    }

    @Test func `agents that no node takes blame the pool`() {
        var story = Story()
        background(&story)
        for agent in ["maven-x7k2p", "maven-a1b2c"] {
            story.event("FailedScheduling", "Pod", agent, at: 10, "0/9 nodes are available: 9 Insufficient memory.")
            story.pods.append(
                PodState(name: agent, namespace: "ci", phase: "Pending", labels: ["jenkins/label": "maven-large"]))
        }
        #expect(story.diagnosis().verdict == "agent-unschedulable maven-large")
    }

    @Test func `scheduling that healed in seconds is no failure`() {
        var story = Story()
        background(&story)
        story.event("FailedScheduling", "Pod", "maven-x7k2p", at: 10, "0/9 nodes are available")
        story.event(
            "Scheduled", "Pod", "maven-x7k2p", at: 45, "Successfully assigned ci/maven-x7k2p to n1", type: "Normal")
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `a closed channel without a reason is a disconnected agent`() {
        var story = Story()
        background(&story)
        story.node("aks-build-1")
        story.agentPod("maven-x7k2p", node: "aks-build-1")
        story.build("shop/main", 77, on: "maven-x7k2p", at: -60, takes: 92, .agentRemoved)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "agent-disconnected maven-x7k2p")
        #expect(diagnosis.exemplar?.operation == "sh")
    }

    @Test func `a step that fails by itself is a failure of the build`() {
        var story = Story()
        background(&story)
        for number in 5...6 {
            story.build(
                "shop/main", number, on: "maven-\(number)", at: 10, takes: 60, .failure("script returned exit code 1"))
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "build-failure shop/main")
        #expect(
            diagnosis.hypotheses[0].statement.english
                == "2 builds of `shop/main` failed in stage `Test`, step `sh` (script returned exit code 1).")
        #expect(diagnosis.impact.failedTraces == 2)
    }

    @Test func `the dependency that fails is to blame, not its caller`() {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let fails = at >= 30
            let status = fails ? Span.Status.error(message: "") : .unset
            let root = story.span("checkout", "POST /order", kind: .server, at: at, takes: 0.3, status: status)
            let client = story.span(
                "checkout", "HTTP POST", under: root, kind: .client, at: at + 0.1, takes: 0.1, status: status)
            story.span(
                "payments-gateway", "POST /pay", under: client, kind: .server, at: at + 0.11, takes: 0.08,
                status: status,
                attributes: ["http.response.status_code": .int(fails ? 502 : 200)])
        }
        let diagnosis = story.diagnosis(alert: Story.alert(service: "checkout"))
        #expect(diagnosis.verdict == "dependency-failure payments-gateway")
        #expect(
            diagnosis.hypotheses[0].statement.english
                == "`payments-gateway` fails in 22 of 22 failing traces since 22:13:52 UTC, at `POST /pay` (502).")
        #expect(diagnosis.suspects.first?.name == "payments-gateway")
        #expect(diagnosis.exemplar?.service == "payments-gateway")
        #expect(diagnosis.impact.traceSuccessRate == 8.0 / 30)
    }

    @Test func `a service whose traces stopped is told from one that never had any`() {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            story.span("shop", "GET /", kind: .server, at: at, takes: 0.3)
            if at < 0 { story.span("billing", "POST /bill", kind: .server, at: at, takes: 0.3) }
        }
        let stopped = story.diagnosis(alert: Story.alert(service: "billing"))
        #expect(stopped.verdict == "telemetry-gap billing")
        #expect(stopped.hypotheses[0].statement.english.contains("150 did in the time before"))
        let never = story.diagnosis(alert: Story.alert(service: "shipping"))
        #expect(never.verdict == "telemetry-gap shipping")
        #expect(never.hypotheses[0].confidence < stopped.hypotheses[0].confidence)
        #expect(story.diagnosis(alert: Story.alert(service: "shop")).verdict == "unknown")
        // One search that was not answered may have been the one that would have found them.
        story.gaps = [Gap(.traces, "Tempo did not answer within 8 s (missing: failing traces)", isTotal: false)]
        #expect(story.diagnosis(alert: Story.alert(service: "shipping")).verdict == "unknown")
    }

    @Test func `traces that were not fetched are no gap in the telemetry`() {
        var story = Story()
        story.gaps = [Gap(.traces, "Tempo did not answer within 10 s", isTotal: true)]
        let diagnosis = story.diagnosis(alert: Story.alert(service: "shop"))
        #expect(diagnosis.verdict == "unknown")
        #expect(
            diagnosis.hypotheses[0].recommendations.map(\.english) == ["Bring back the traces, then replay this alert."]
        )
    }
}
