import Languages
import Telemetry
import Testing

@testable import RootCause

/// The controller that restarts, runs out of memory or has too much to do, and what only looks like it.
struct ControllerRuleTests {
    private var running: Story {
        var story = Story.quiet
        for number in 1...4 {
            story.openBuild("shop/main", number, on: "maven-\(number)", at: 5, takes: 10 + Double(number))
        }
        return story
    }

    @Test func `a controller whose container ended under running builds has restarted`() {
        var story = running
        story.controllerPod(
            terminations: [.init(container: "jenkins", reason: "Error", exitCode: 143, finishedAt: Story.at(30))])
        story.control("INFO\thudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running", at: 90)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-restart jenkins-0")
        #expect(diagnosis.hypotheses[0].statement.english.contains("4 running builds never reported an end"))
        #expect(diagnosis.timeline.contains { $0.text.english.hasPrefix("controller jenkins-0 restarted") })
    }

    @Test func `builds that were resumed tell of a restart where no cluster was asked`() {
        var story = running
        for number in 1...4 {
            let trace = Story.Handle(trace: .init(high: 7, low: UInt64(number)), id: .init(1))
            story.log("Resuming build at Tue Nov 14 22:14:30 UTC 2023 after Jenkins restart", at: 60, span: trace)
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-restart jenkins")
        #expect(diagnosis.hypotheses[0].confidence < 0.8)
    }

    @Test func `a rollout is said to be one`() {
        var story = running
        story.controllerPod()
        story.event(
            "SuccessfulDelete", "StatefulSet", "jenkins", at: 30,
            "delete Pod jenkins-0 in StatefulSet jenkins successful",
            type: "Normal")
        story.event("Killing", "Pod", "jenkins-0", at: 30, "Stopping container jenkins", type: "Normal")
        story.event("Started", "Pod", "jenkins-0", at: 50, "Started container jenkins", type: "Normal")
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-restart jenkins-0")
        #expect(diagnosis.hypotheses[0].statement.english.contains("on purpose"))
    }

    @Test func `a rollout of the controller's workload just before is said with what it changed`() {
        var story = running
        story.controllerPod()
        story.control("INFO\tjenkins.model.Jenkins#cleanUp: Jenkins stopped", at: 30)
        story.workloads = [
            WorkloadState(
                kind: "StatefulSet", name: "jenkins", namespace: "ci",
                changes: [
                    .init(
                        at: Story.at(-20), kind: .rollout, revision: 7, images: ["jenkins": "jenkins:2"],
                        previousImages: ["jenkins": "jenkins:1"], actor: "helm")
                ])
        ]
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-restart jenkins-0")
        #expect(
            diagnosis.hypotheses[0].statement.english.hasPrefix(
                "The Jenkins controller `jenkins-0` was restarted by a rollout of StatefulSet `jenkins` at 22:13:50 UTC (image jenkins:1 became jenkins:2, by helm)"
            ))
        #expect(diagnosis.timeline.contains { $0.text.english.hasPrefix("StatefulSet jenkins was rolled out") })
    }

    @Test(arguments: [
        ("cart", -20.0, WorkloadState.Change.Kind.rollout), ("jenkins", -4000, .rollout), ("jenkins", -20, .scaling),
    ])
    func `a change of another workload, of another hour or of no pod is not why`(
        name: String, at: Double, kind: WorkloadState.Change.Kind
    ) {
        var story = running
        story.controllerPod()
        story.control("INFO\thudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running", at: 60)
        story.workloads = [
            WorkloadState(
                kind: "StatefulSet", name: name, namespace: "ci", changes: [.init(at: Story.at(at), kind: kind)])
        ]
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-restart jenkins-0")
        #expect(!diagnosis.hypotheses[0].statement.english.contains("rollout"))
    }

    @Test func `spans that do not name their build are of the one that their lines name`() {
        var story = Story.quiet
        for number in 1...4 {
            let step = story.span(
                "jenkins", "Stage: Test", at: 5, takes: 10, attributes: ["jenkins.pipeline.step.type": .string("stage")]
            )
            story.log("Resuming build at Tue Nov 14 22:14:30 UTC 2023 after Jenkins restart", at: 60, span: step)
            let line = story.logs.removeLast()
            story.logs.append(
                LogEntry(
                    at: line.at, line: line.line, labels: line.labels,
                    metadata: line.metadata.merging([
                        "ci_pipeline_id": "shop/main", "ci_pipeline_run_number": String(number),
                    ]) { $1 }))
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-restart jenkins")
        #expect(diagnosis.hypotheses[0].evidence.contains { $0.text.english.contains("shop/main #1") })
    }

    @Test func `agents that a restart disconnected are its effect`() {
        var story = running
        story.controllerPod(
            terminations: [.init(container: "jenkins", reason: "Error", exitCode: 1, finishedAt: Story.at(30))])
        for number in 1...4 {
            story.build("shop/docs", number, on: "node-\(number)", at: -50, takes: 82, .agentRemoved)
        }
        #expect(story.diagnosis().verdict == "controller-restart jenkins-0")
    }

    @Test func `a sidecar that was started anew, a readiness probe and a restart of yesterday are no restart`() {
        var story = running
        story.controllerPod(terminations: [
            .init(container: "config-reload", reason: "Error", exitCode: 1, finishedAt: Story.at(30)),
            .init(container: "jenkins", reason: "Error", exitCode: 1, finishedAt: Story.at(-90_000)),
        ])
        story.event("Started", "Pod", "jenkins-0", at: 31, "Started container config-reload", type: "Normal")
        story.event("Unhealthy", "Pod", "jenkins-0", at: 32, "Readiness probe failed: 503")
        story.event("Killing", "Pod", "maven-1", at: 33, "Stopping container jnlp", type: "Normal")
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .controllerRestart })
    }

    @Test func `a controller that was OOMKilled is that, and not only a restart`() {
        var story = running
        story.controllerPod(
            terminations: [.init(container: "jenkins", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(30))])
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-oom-killed jenkins-0")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .controllerRestart })
    }

    @Test func `metrics tell an OOM that happens again by the count of restarts`() {
        var story = running
        story.controllerPod()
        story.metric(
            "kube_pod_container_status_last_terminated_reason",
            ["pod": "jenkins-0", "container": "jenkins", "reason": "OOMKilled"], before: [1, 1, 1], after: [1, 1])
        #expect(story.diagnosis().verdict == "unknown")
        story.metric(
            "kube_pod_container_status_restarts_total", ["pod": "jenkins-0", "container": "jenkins"],
            before: [3, 3, 3], after: [4, 4])
        #expect(story.diagnosis().verdict == "controller-oom-killed jenkins-0")
    }

    @Test func `a heap that is used up in the controller's log is the controller's, in a build's log it is not`() {
        var story = running
        story.controllerPod()
        let build = story.build(
            "shop/main", 77, on: "maven-77", at: 5, takes: 60, .failure("script returned exit code 1"))
        story.log("java.lang.OutOfMemoryError: Java heap space", at: 40, pod: "jenkins-0", span: build)
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .controllerOOMKilled })
        story.control("SEVERE: java.lang.OutOfMemoryError: Java heap space", at: 41)
        #expect(story.diagnosis().hypotheses.contains { $0.cause == .controllerOOMKilled && $0.confidence > 0.6 })
    }

    @Test func `a controller that is held back and answers late is overloaded`() {
        var story = Story.quiet
        story.controllerPod()
        for number in 0..<60 {
            let at = Double(number) * 12 - 600
            story.span(
                "jenkins", "GET /job", kind: .server, at: at, takes: at > 0 ? 4 : 0.2, pod: "jenkins-0")
        }
        story.metric(
            "pod_cpu_throttled_share_ratio", ["pod": "jenkins-0"], before: [0.02, 0.03, 0.02, 0.02], after: [0.7, 0.8])
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "controller-overload jenkins-0")
        #expect(!diagnosis.hypotheses.contains { $0.subject.kind == .service })
    }

    @Test func `a Java process that the kernel killed just before the restart was the controller`() {
        var story = running
        story.event(
            "OOMKilling", "Node", "aks-system-0", at: 16, "Memory cgroup out of memory: Killed process 7 (java)")
        story.control("INFO\thudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running", at: 90)
        #expect(story.diagnosis().verdict == "controller-oom-killed jenkins-0")
    }

    @Test func `on a node of agents, or some other node than the controller's, it was not`() {
        var story = running
        story.event(
            "OOMKilling", "Node", "aks-build-0", at: 16, "Memory cgroup out of memory: Killed process 7 (java)")
        story.control("INFO\thudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running", at: 90)
        var elsewhere = story
        story.agentPod("maven-1", node: "aks-build-0")
        #expect(story.diagnosis().verdict == "controller-restart jenkins-0")
        elsewhere.controllerPod()
        #expect(elsewhere.diagnosis().verdict == "controller-restart jenkins-0")
    }

    /// Builds of two labels whose agents come late in the window.
    private func waiting(for labels: [String]) -> Story {
        var story = Story()
        for number in 0..<16 {
            let at = number < 10 ? Double(number) * 15 - 590 : Double(number - 10) * 3 + 1
            let wait = number < 10 ? 5.0 : 100
            let total = wait + 305
            let label = labels[number % labels.count]
            let root = story.span(
                "jenkins", "BUILD shop/\(label)", kind: .server, at: at - 300, takes: total, status: .ok,
                attributes: [
                    "ci.pipeline.id": .string("shop/\(label)"), "ci.pipeline.run.number": .int(Int64(number)),
                    "ci.pipeline.run.result": .string("SUCCESS"),
                ])
            story.span(
                "jenkins", "Agent Allocation", under: root, at: at - 300, takes: wait,
                attributes: [
                    "jenkins.pipeline.step.name": .string("agent.allocate"),
                    "jenkins.pipeline.step.agent.label": .string(label),
                ])
        }
        return story
    }

    @Test func `pools that are short all at once, and web pages that are slow, are the controller`() {
        var story = waiting(for: ["maven", "node"])
        let alone = story.diagnosis()
        for number in 0..<60 {
            let at = Double(number) * 12 - 600
            story.span("jenkins", "GET /job", kind: .server, at: at, takes: at > 0 ? 4 : 0.2, pod: "jenkins-0")
        }
        story.control(
            "WARNING\thudson.triggers.Trigger#checkTriggers: Trigger hudson.triggers.SCMTrigger.run() spent too much time (31 sec) in its execution, other timers could be delayed",
            at: 30)
        #expect(alone.hypotheses[0].cause == .agentUnschedulable)
        #expect(story.diagnosis().verdict == "controller-overload jenkins-0")
    }

    @Test func `a queue that grows alone is no overload: it has no agents`() {
        var story = Story.quiet
        story.controllerPod()
        story.metric("jenkins_queue_length", [:], before: [1, 1, 2, 1], after: [40, 60])
        for agent in ["maven-large-x7k2p", "maven-large-a1b2c"] {
            story.event("FailedScheduling", "Pod", agent, at: 10, "0/9 nodes are available: 9 Insufficient memory.")
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "agent-unschedulable maven-large")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .controllerOverload })
    }

    @Test func `the order in which the evidence comes changes nothing`() {
        var story = running
        story.controllerPod(
            terminations: [.init(container: "jenkins", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(30))])
        story.node("aks-spot-3", spot: true, ready: false)
        story.node("aks-system-0")
        story.event("PreemptScheduled", "Node", "aks-spot-3", at: 20)
        story.event("Killing", "Pod", "jenkins-0", at: 30, "Stopping container jenkins")
        story.event("FailedScheduling", "Pod", "maven-large-x7k2p", at: 31, "0/9 nodes are available")
        for (number, agent) in ["maven-a", "maven-b", "maven-c"].enumerated() {
            story.agentPod(agent, node: number == 2 ? "aks-system-0" : "aks-spot-3")
            let build = story.build("shop/docs", number, on: agent, at: -60, takes: 102, .agentRemoved)
            story.log("Cannot contact \(agent): hudson.remoting.ChannelClosedException", at: 41, span: build)
            story.metric("kube_pod_info", ["pod": agent, "node": "n\(number)"], before: [1], after: [1])
            story.metric(
                "kube_node_labels", ["node": "n\(number)", "label_karpenter_sh_capacity_type": "spot"], before: [1],
                after: number == 0 ? [] : [1])
        }
        story.interruptedBuild(
            "shop/it", 9, on: "maven-1", at: 5, takes: 100, cause: "ExceededTimeout: Timeout has been exceeded")
        let first = story.diagnosis()
        story.spans.reverse()
        story.logs.reverse()
        story.events.reverse()
        story.pods.reverse()
        story.nodes.reverse()
        story.metrics.reverse()
        #expect(story.diagnosis() == first)
        #expect(first.hypotheses.count > 2)
    }
}
