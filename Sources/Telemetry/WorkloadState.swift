/// What keeps a number of equal pods running, a Deployment for instance, and how it was changed lately.
package struct WorkloadState: Hashable, Sendable {
    package typealias Condition = NodeState.Condition

    /// `Deployment`, `StatefulSet` or `DaemonSet`.
    package let kind: String
    package let name: String
    package let namespace: String
    package let labels: [String: String]
    package let annotations: [String: String]
    package let createdAt: Timestamp?
    /// The image of each container by the container's name, as it should be now.
    package let images: [String: String]
    /// Of a DaemonSet the nodes that it should be on.
    package let replicasWanted: Int
    package let replicasReady: Int
    /// Those that run what is wanted now; fewer than wanted while a rollout goes on, or hangs.
    package let replicasUpdated: Int
    /// `Available`, `Progressing`…; only a Deployment has any.
    package let conditions: [Condition]
    /// By time, then by revision. Only what the cluster remembers: as many revisions as it keeps, ten by default, and of
    /// the numbers of replicas the last change.
    package let changes: [Change]

    package init(
        kind: String, name: String, namespace: String, labels: [String: String] = [:],
        annotations: [String: String] = [:], createdAt: Timestamp? = nil, images: [String: String] = [:],
        replicasWanted: Int = 1, replicasReady: Int = 1, replicasUpdated: Int? = nil, conditions: [Condition] = [],
        changes: [Change] = []
    ) {
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.labels = labels
        self.annotations = annotations
        self.createdAt = createdAt
        self.images = images
        self.replicasWanted = replicasWanted
        self.replicasReady = replicasReady
        self.replicasUpdated = replicasUpdated ?? replicasReady
        self.conditions = conditions
        self.changes = changes.sorted(by: Change.isBefore)
    }

    /// Whether the pod is one of this workload's.
    package func owns(_ pod: PodState) -> Bool { owns(pod.owner, in: pod.namespace) }

    /// The change that made the pod what it is; nil when that is not remembered, or is not told.
    package func change(thatMade pod: PodState) -> Change? {
        guard let owner = pod.owner, owns(pod) else { return nil }
        let name =
            owner.kind == "ReplicaSet" ? owner.name : pod.labels["controller-revision-hash"].map(revisionName) ?? ""
        return changes.last { !$0.revisionName.isEmpty && $0.revisionName == name }
    }

    private func owns(_ owner: ObjectOwner?, in namespace: String) -> Bool {
        guard let owner, namespace == self.namespace else { return false }
        if owner.kind == kind, owner.name == name { return true }
        return owner.kind == "ReplicaSet" && changes.contains { $0.revisionName == owner.name }
    }

    /// A StatefulSet's pods carry the name of their ControllerRevision, a DaemonSet's only what follows the set's name.
    private func revisionName(_ hash: String) -> String { kind == "DaemonSet" ? "\(name)-\(hash)" : hash }
}
