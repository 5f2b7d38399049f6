import Lab
import Languages
import Scenarios
import Telemetry
import Testing

struct KubernetesServerTests {
    private static let lab = LabCase.lab(
        events: [
            ClusterEvent(
                at: LabCase.now, reason: "NodeNotReady", message: "Node n-1 status is now: NodeNotReady",
                type: "Warning",
                object: .init(kind: "Node", name: "n-1"), reporter: "node-controller"),
            ClusterEvent(
                at: LabCase.now, lastSeen: LabCase.now + .seconds(5), reason: "BackOff", message: "<pulling>",
                object: .init(kind: "Pod", namespace: "ci", name: "p-1"), count: 3),
        ],
        pods: [
            PodState(
                name: "p-1", namespace: "ci", node: "n-1", phase: "Failed", reason: "Evicted",
                labels: ["jenkins/label": "maven"], restarts: 2,
                terminations: [.init(container: "jnlp", reason: "OOMKilled", exitCode: 137, finishedAt: LabCase.now)]),
            PodState(name: "p-2", namespace: "shop"),
        ],
        nodes: [
            NodeState(
                name: "n-1", labels: ["agentpool": "spot"], taints: ["a/b=c:NoSchedule", "d:NoExecute"],
                conditions: [.init(type: "Ready", status: "Unknown", reason: "r", message: "m", since: LabCase.now)])
        ])

    private func items(_ target: String) async throws -> [JSON] {
        let answer = await Self.lab.answer(LabRequest("GET", "/kubernetes\(target)"))
        #expect(answer.status == 200, "\(LabCase.text(answer))")
        return try #require(LabCase.json(answer)?["items"]?.elements)
    }

    private func names(_ target: String) async throws -> [String] {
        try await items(target).compactMap { ($0["involvedObject"] ?? $0["metadata"])?["name"]?.text }
    }

    @Test(
        arguments: [
            ("/api/v1/events", ["n-1", "p-1"]), ("/api/v1/namespaces/ci/events", ["p-1"]),
            ("/api/v1/namespaces/default/events", ["n-1"]), ("/api/v1/pods", ["p-1", "p-2"]),
            ("/api/v1/namespaces/shop/pods", ["p-2"]), ("/api/v1/namespaces/none/pods", []), ("/api/v1/nodes", ["n-1"]),
            ("/api/v1/events?fieldSelector=involvedObject.kind%3DNode", ["n-1"]),
            ("/api/v1/events?fieldSelector=type!%3DWarning,reason%3DBackOff", ["p-1"]),
            ("/api/v1/pods?fieldSelector=spec.nodeName%3Dn-1", ["p-1"]),
            ("/api/v1/pods?labelSelector=jenkins/label%3Dmaven", ["p-1"]),
            ("/api/v1/pods?labelSelector=jenkins/label%3Dnode", []),
        ])
    func `a list has these items`(_ target: String, _ expected: [String]) async throws {
        #expect(try await names(target) == expected)
    }

    @Test func `a list comes in pages when it is asked to`() async throws {
        let answer = await Self.lab.answer(LabRequest("GET", "/kubernetes/api/v1/pods?limit=1"))
        let metadata = try #require(LabCase.json(answer)?["metadata"])
        #expect(LabCase.json(answer)?["items"]?.elements?.count == 1)
        #expect(metadata["remainingItemCount"] == 1)
        let next = try #require(metadata["continue"]?.text)
        #expect(try await names("/api/v1/pods?limit=1&continue=\(LabCase.encoded(next))") == ["p-2"])
        let elsewhere = LabRequest("GET", "/kubernetes/api/v1/events?continue=\(LabCase.encoded(next))")
        #expect(await Self.lab.answer(elsewhere).status == 400)
    }

    @Test func `workloads and their revisions are listed below their group`() async throws {
        let lab = LabCase.lab(workloads: [KubernetesSocketTests.cart])
        for (target, names) in [
            ("/apis/apps/v1/deployments", ["cart"]),
            ("/apis/apps/v1/namespaces/shop/replicasets", ["cart-a", "cart-b"]),
            ("/apis/apps/v1/namespaces/ci/deployments", []), ("/apis/apps/v1/statefulsets", []),
        ] {
            let answer = LabCase.json(await lab.answer(LabRequest("GET", "/kubernetes\(target)")))
            #expect(answer?["items"]?.elements?.map { $0["metadata"]?["name"]?.text } == names, "\(target)")
        }
        #expect(await lab.answer(LabRequest("GET", "/kubernetes/api/v1/deployments")).status == 404)
        #expect(await lab.answer(LabRequest("GET", "/kubernetes/apis/apps/v1/pods")).status == 404)
    }

    @Test func `a pod, a node and an event look as the API server writes them`() async throws {
        let pod = try #require(try await items("/api/v1/pods").first)
        #expect(pod["kind"] == nil)
        #expect(pod["spec"]?["nodeName"] == "n-1")
        let container = pod["status"]?["containerStatuses"]?.elements?.first
        #expect(container?["restartCount"] == 2)
        #expect(container?["state"]?["terminated"]?["exitCode"] == 137)
        let node = try #require(try await items("/api/v1/nodes").first)
        #expect(
            node["spec"]?["taints"] == [
                .texts(["key": "a/b", "value": "c", "effect": "NoSchedule"]).normalized(),
                .texts(["key": "d", "effect": "NoExecute"]).normalized(),
            ])
        let event = try await items("/api/v1/namespaces/ci/events").first
        #expect(event?["firstTimestamp"] == "2027-01-15T08:00:00Z")
        #expect(event?["lastTimestamp"] == "2027-01-15T08:00:05Z")
        #expect(event?["count"] == 3)
    }

    @Test(
        arguments: [
            ("GET", "/api/v1/secrets", 404, "NotFound"), ("GET", "/api/v1/namespaces/ci/nodes", 404, "NotFound"),
            ("DELETE", "/api/v1/pods", 405, "MethodNotAllowed"),
            ("GET", "/api/v1/pods?fieldSelector=spec.secret%3Dx", 400, "BadRequest"),
            ("GET", "/api/v1/pods?labelSelector=nonsense", 400, "BadRequest"),
        ])
    func `a failure is a Status`(_ method: String, _ target: String, _ status: Int, _ reason: String) async throws {
        let answer = await Self.lab.answer(LabRequest(method, "/kubernetes\(target)"))
        #expect(answer.status == status)
        #expect(LabCase.json(answer)?["kind"] == "Status")
        #expect(LabCase.json(answer)?["reason"]?.text == reason)
    }

    @Test func `a role that is bound in one namespace allows lists there, and none over all`() async {
        let lab = LabCase.lab(pods: [PodState(name: "p-1", namespace: "ci")], nodes: [])
        lab.kubernetesGate.confine(to: "ci")
        for (path, status) in [
            ("/pods", 403), ("/namespaces/ci/pods", 200), ("/namespaces/shop/pods", 403), ("/nodes", 200),
        ] {
            #expect(await lab.answer(LabRequest("GET", "/kubernetes/api/v1\(path)")).status == status, "\(path)")
        }
    }

    @Test func `what the case does not have is forbidden, not empty`() async {
        let lab = LabCase.lab(gaps: [Gap(.nodes, "not allowed", isTotal: true)])
        #expect(await lab.answer(LabRequest("GET", "/kubernetes/api/v1/nodes")).status == 403)
        #expect(await lab.answer(LabRequest("GET", "/kubernetes/api/v1/pods")).status == 200)
    }
}
