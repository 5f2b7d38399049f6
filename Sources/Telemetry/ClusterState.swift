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

    package init(
        name: String, namespace: String, node: String = "", phase: String = "Running", reason: String = "",
        message: String = "", labels: [String: String] = [:], annotations: [String: String] = [:], restarts: Int = 0,
        terminations: [Termination] = []
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

    package init(name: String, labels: [String: String] = [:], taints: [String] = [], conditions: [Condition] = []) {
        self.name = name
        self.labels = labels
        self.taints = taints
        self.conditions = conditions
    }

    /// Whether the cloud may take it back at any time, by the labels of AKS, EKS, Karpenter and GKE.
    package var isSpot: Bool {
        labels["kubernetes.azure.com/scalesetpriority"] == "spot" || labels["eks.amazonaws.com/capacityType"] == "SPOT"
            || labels["karpenter.sh/capacity-type"] == "spot" || labels["cloud.google.com/gke-spot"] == "true"
    }
}
