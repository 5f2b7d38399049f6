import Backends
import Scenarios
import Telemetry
import Testing

/// What is written of the cluster is read back as it was.
struct KubernetesFormTests {
    private let day = Timestamp(seconds: 1_800_000_000)

    private func bytes(_ items: [JSON]) -> [UInt8] { Array(KubernetesForm.kubectlList(items).compact.utf8) }

    private func change(
        _ seconds: Int64, _ kind: WorkloadState.Change.Kind, _ revision: Int? = nil, _ name: String = "",
        _ image: String = "", from previous: String = "", cause: String = "", actor: String = ""
    ) -> WorkloadState.Change {
        .init(
            at: day + .seconds(seconds), kind: kind, revision: revision, revisionName: name,
            images: image.isEmpty ? [:] : ["cart": image], previousImages: previous.isEmpty ? [:] : ["cart": previous],
            cause: cause, actor: actor)
    }

    @Test func `a Deployment with every kind of change is read back`() throws {
        let workload = WorkloadState(
            kind: "Deployment", name: "cart", namespace: "shop", labels: ["app": "cart"], annotations: ["a": "b"],
            createdAt: day, images: ["cart": "cart:1"], replicasWanted: 3, replicasReady: 2, replicasUpdated: 1,
            conditions: [.init(type: "Available", status: "True", reason: "r", message: "m", since: day)],
            changes: [
                change(0, .creation, 1, "cart-a", "cart:1"),
                change(600, .rollout, 2, "cart-b", "cart:2", from: "cart:1", cause: "two", actor: "helm"),
                change(900, .scaling, actor: "kubectl"),
                change(1200, .restart, 3, "cart-c", "cart:2", from: "cart:2", actor: "kubectl-rollout"),
                change(1800, .rollback, 4, "cart-a", "cart:1", from: "cart:2", actor: "kubectl-set"),
            ])
        let read = try KubernetesJSON.workloads(
            from: bytes(KubernetesForm.workload(workload, named: true).map(\.object)))
        #expect(read.damaged.isEmpty)
        #expect(read.items == [workload])
    }

    @Test(arguments: ["StatefulSet", "DaemonSet"])
    func `a set is read back`(kind: String) throws {
        let workload = WorkloadState(
            kind: kind, name: "jenkins", namespace: "ci", createdAt: day, images: ["cart": "jenkins:2"],
            replicasWanted: 1, replicasReady: 0, replicasUpdated: 1,
            changes: [
                change(0, .creation, 1, "jenkins-a", "jenkins:1"),
                change(600, .rollout, 2, "jenkins-b", "jenkins:2", from: "jenkins:1"),
            ])
        let objects = KubernetesForm.workload(workload, named: true).map(\.object)
        #expect(try KubernetesJSON.workloads(from: bytes(objects)).items == [workload])
    }

    @Test func `a pod with its containers and a node are read back`() throws {
        let pod = PodState(
            name: "p", namespace: "ci", node: "n", phase: "Running", labels: ["a": "b"], restarts: 3,
            terminations: [.init(container: "maven", reason: "OOMKilled", exitCode: 137, finishedAt: day)],
            containers: [
                .init(name: "init", image: "busybox", preparesPod: true),
                .init(
                    name: "maven", image: "maven:3", isReady: true, restarts: 3, requests: ["cpu": "1"],
                    limits: ["memory": "512Mi"]),
            ], createdAt: day, deletionAt: day + .seconds(60), owner: ObjectOwner(kind: "ReplicaSet", name: "p-1"))
        #expect(try KubernetesJSON.pods(from: bytes([KubernetesForm.pod(pod, named: true)])).items == [pod])
        let node = NodeState(
            name: "n", taints: ["a=b:NoSchedule"], createdAt: day, isUnschedulable: true, providerID: "gce://p/z/n")
        #expect(try KubernetesJSON.nodes(from: bytes([KubernetesForm.node(node, named: true)])).items == [node])
    }

    @Test func `a container that waits is read back`() throws {
        let pod = PodState(
            name: "p", namespace: "ci", phase: "Pending", reason: "ImagePullBackOff", message: "Back-off",
            containers: [
                .init(name: "maven", image: "m", waitingReason: "ImagePullBackOff", waitingMessage: "Back-off")
            ])
        #expect(try KubernetesJSON.pods(from: bytes([KubernetesForm.pod(pod, named: true)])).items == [pod])
    }
}
