import Telemetry
import Testing

@testable import RootCause

/// Pods of one name in several namespaces.
struct NamesakeTests {
    private static let killed = PodState.Termination(
        container: "jenkins", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(30))

    /// Builds that run well on agents of `ci`, and a controller there.
    private static func jenkins() -> Story {
        var story = Story.quiet
        story.controllerPod()
        story.agentPod("maven-1", node: "aks-build-1")
        story.build("shop/main", 1, on: "maven-1", at: 5, takes: 90, .failure("script returned exit code 1"))
        return story
    }

    private static func stranger(_ name: String, terminations: [PodState.Termination] = []) -> PodState {
        PodState(
            name: name, namespace: "other", node: "aks-other-1",
            labels: ["app.kubernetes.io/name": "jenkins", "app.kubernetes.io/component": "jenkins-controller"],
            restarts: terminations.count, terminations: terminations)
    }

    @Test func `another namespace's jenkins-0 that ran out of memory is not this controller`() {
        var story = Self.jenkins()
        story.pods.insert(Self.stranger("jenkins-0", terminations: [Self.killed]), at: 0)
        story.metric(
            "kube_pod_container_status_last_terminated_reason",
            ["namespace": "other", "pod": "jenkins-0", "container": "jenkins", "reason": "OOMKilled"], before: [],
            after: [1, 1])
        story.metric(
            "container_restarts", ["namespace": "other", "pod": "jenkins-0", "container": "jenkins"],
            before: [0, 0], after: [0, 1])
        story.events.append(
            ClusterEvent(
                at: Story.at(31), reason: "Killing", message: "Stopping container jenkins", type: "Normal",
                object: .init(kind: "Pod", namespace: "other", name: "jenkins-0")))
        for _ in 0..<2 {
            let causes = Set(story.diagnosis().hypotheses.map(\.cause))
            #expect(causes.isDisjoint(with: [.controllerOOMKilled, .controllerRestart]))
            #expect(story.scene.cluster.node(of: "jenkins-0") == "aks-system-0")
            story.pods.reverse()
        }
    }

    @Test func `the own one that ran out of memory is found beside a stranger that is well`() {
        var story = Self.jenkins()
        story.pods.removeAll { $0.name == "jenkins-0" }
        story.pods.insert(Self.stranger("jenkins-0"), at: 0)
        story.controllerPod(terminations: [Self.killed])
        #expect(story.diagnosis().hypotheses.contains { $0.cause == .controllerOOMKilled })
    }

    @Test func `a stranger's controller of another name is none of these builds`() {
        var story = Self.jenkins()
        story.pods.append(Self.stranger("cd-jenkins-0", terminations: [Self.killed]))
        #expect(story.scene.controller.pods == ["jenkins-0"])
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .controllerOOMKilled })
    }

    @Test func `what the pod's own spans say of its namespace decides, even if only the stranger is known`() {
        var story = Story()
        story.span(
            "orders", "GET /", kind: .server, at: 5, takes: 1,
            attributes: [:], pod: "orders-0")
        let span = story.spans[0]
        story.spans[0] = Span(
            traceID: span.traceID, id: span.id, name: span.name, kind: span.kind, start: span.start, end: span.end,
            status: span.status, attributes: span.attributes,
            resource: Attributes([
                ("service.name", .string("orders")), ("k8s.pod.name", .string("orders-0")),
                ("k8s.namespace.name", .string("shop")),
            ]))
        story.pods = [PodState(name: "orders-0", namespace: "staging", node: "node-9", terminations: [Self.killed])]
        #expect(story.scene.cluster.pods.isEmpty && story.scene.cluster.ends(of: "orders-0").isEmpty)
        story.pods.append(PodState(name: "orders-0", namespace: "shop", node: "node-1"))
        #expect(story.scene.cluster.node(of: "orders-0") == "node-1")
        #expect(story.scene.cluster.ends(of: "orders-0").isEmpty)
    }

    @Test func `where nothing tells which is meant, nothing is left out`() {
        var story = Story()
        story.pods = [
            PodState(name: "redis-0", namespace: "a", node: "node-1"),
            PodState(name: "redis-0", namespace: "b", node: "node-2", terminations: [Self.killed]),
        ]
        #expect(Namesakes(story.evidence).removed(from: story.evidence) == story.evidence)
    }
}
