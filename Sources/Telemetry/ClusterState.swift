/// A pod as the cluster last described it.
package struct PodState: Hashable, Sendable {
    /// A container's last end.
    package struct Termination: Hashable, Sendable {
        package let container: String
        /// `OOMKilled`, `Error`, `Completed`…
        package let reason: String
        package let exitCode: Int
        package let finishedAt: Timestamp?

        package init(container: String, reason: String, exitCode: Int, finishedAt: Timestamp?) {
            self.container = container
            self.reason = reason
            self.exitCode = exitCode
            self.finishedAt = finishedAt
        }
    }

    package let name: String
    package let namespace: String
    /// Empty while it is not scheduled.
    package let node: String
    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`.
    package let phase: String
    /// `Evicted`, `NodeLost`, `Terminated`…; empty for most.
    package let reason: String
    package let message: String
    package let labels: [String: String]
    package let annotations: [String: String]
    package let restarts: Int
    package let terminations: [Termination]
    /// Those that prepare it first, each in the order of its specification.
    package let containers: [Container]
    /// nil when nobody told.
    package let createdAt: Timestamp?
    /// When it is, or was, to be gone: set as soon as somebody deletes it, its time to end in peace included.
    package let deletionAt: Timestamp?
    /// What made it; nil for a pod that was made directly, an agent of Jenkins for instance.
    package let owner: ObjectOwner?

    package init(
        name: String, namespace: String, node: String = "", phase: String = "Running", reason: String = "",
        message: String = "", labels: [String: String] = [:], annotations: [String: String] = [:], restarts: Int = 0,
        terminations: [Termination] = [], containers: [Container] = [], createdAt: Timestamp? = nil,
        deletionAt: Timestamp? = nil, owner: ObjectOwner? = nil
    ) {
        self.name = name
        self.namespace = namespace
        self.node = node
        self.phase = phase
        self.reason = reason
        self.message = message
        self.labels = labels
        self.annotations = annotations
        self.restarts = restarts
        self.terminations = terminations
        self.containers = containers
        self.createdAt = createdAt
        self.deletionAt = deletionAt
        self.owner = owner
    }
}

/// What made an object of the cluster and keeps it as it should be.
package struct ObjectOwner: Hashable, Sendable {
    /// `ReplicaSet`, `StatefulSet`, `DaemonSet`, `Job`…
    package let kind: String
    package let name: String

    package init(kind: String, name: String) {
        self.kind = kind
        self.name = name
    }
}

/// A node as the cluster last described it.
package struct NodeState: Hashable, Sendable {
    package struct Condition: Hashable, Sendable {
        /// `Ready`, `MemoryPressure`, `VMEventScheduled`…
        package let type: String
        /// `True`, `False` or `Unknown`.
        package let status: String
        package let reason: String
        package let message: String
        package let since: Timestamp?

        package init(type: String, status: String, reason: String, message: String, since: Timestamp?) {
            self.type = type
            self.status = status
            self.reason = reason
            self.message = message
            self.since = since
        }
    }

    package let name: String
    package let labels: [String: String]
    /// `key=value:effect` each, as `kubectl describe` prints them.
    package let taints: [String]
    package let conditions: [Condition]
    /// nil when nobody told.
    package let createdAt: Timestamp?
    /// Whether somebody closed it for new pods: `kubectl cordon`, a drain, an autoscaler.
    package let isUnschedulable: Bool
    /// What the cloud calls the machine, `azure:///subscriptions/…`; empty when nobody told.
    package let providerID: String

    package init(
        name: String, labels: [String: String] = [:], taints: [String] = [], conditions: [Condition] = [],
        createdAt: Timestamp? = nil, isUnschedulable: Bool = false, providerID: String = ""
    ) {
        self.name = name
        self.labels = labels
        self.taints = taints
        self.conditions = conditions
        self.createdAt = createdAt
        self.isUnschedulable = isUnschedulable
        self.providerID = providerID
    }

    /// Whether the cloud may take it back at any time, by its labels and taints.
    package var isSpot: Bool {
        SpotMarks.areIn(labels: labels) == true || taints.contains(where: SpotMarks.areIn(taint:))
    }
}
