import Telemetry
import Testing

struct WorkloadStateTests {
    private func change(
        _ seconds: Int64, _ revision: Int?, _ name: String = "", kind: WorkloadState.Change.Kind = .rollout
    ) -> WorkloadState.Change {
        .init(at: Timestamp(seconds: seconds), kind: kind, revision: revision, revisionName: name)
    }

    private func pod(
        owner: (kind: String, name: String)?, namespace: String = "shop", labels: [String: String] = [:]
    ) -> PodState {
        PodState(
            name: "p", namespace: namespace, labels: labels,
            owner: owner.map { ObjectOwner(kind: $0.kind, name: $0.name) })
    }

    @Test func `changes are in the order of time, then of revisions, whatever order they came in`() {
        let changes = [
            change(30, 3), change(10, 1), change(20, nil, kind: .scaling), change(20, 2),
            change(20, nil, kind: .restart),
        ]
        let sorted = [changes[1], changes[3], changes[4], changes[2], changes[0]]
        for order in [changes, changes.reversed(), changes.shuffled()] {
            let workload = WorkloadState(kind: "Deployment", name: "cart", namespace: "shop", changes: order)
            #expect(workload.changes == sorted)
        }
    }

    @Test func `a pod belongs to the Deployment whose ReplicaSet made it, and to no other`() {
        let workload = WorkloadState(
            kind: "Deployment", name: "cart", namespace: "shop",
            changes: [change(10, 1, "cart-6d4c"), change(20, 2, "cart-7f9b")])
        #expect(workload.owns(pod(owner: ("ReplicaSet", "cart-6d4c"))))
        #expect(workload.change(thatMade: pod(owner: ("ReplicaSet", "cart-6d4c")))?.revision == 1)
        for other in [
            pod(owner: ("ReplicaSet", "cart-6d4c"), namespace: "other"), pod(owner: ("ReplicaSet", "cart")),
            pod(owner: ("Job", "cart-6d4c")), pod(owner: nil),
        ] {
            #expect(!workload.owns(other))
            #expect(workload.change(thatMade: other) == nil)
        }
    }

    @Test(arguments: [("StatefulSet", "jenkins-5f7d"), ("DaemonSet", "5f7d")])
    func `a pod of a set tells its revision by a label`(kind: String, hash: String) {
        let workload = WorkloadState(
            kind: kind, name: "jenkins", namespace: "shop",
            changes: [change(10, 1, "jenkins-77b9"), change(20, 2, "jenkins-5f7d")])
        let pod = pod(owner: (kind, "jenkins"), labels: ["controller-revision-hash": hash])
        #expect(workload.owns(pod))
        #expect(workload.change(thatMade: pod)?.revision == 2)
    }

    @Test func `a pod without a revision's label has no known change`() {
        let workload = WorkloadState(
            kind: "StatefulSet", name: "jenkins", namespace: "shop", changes: [change(10, nil, kind: .scaling)])
        #expect(workload.change(thatMade: pod(owner: ("StatefulSet", "jenkins"))) == nil)
    }
}
