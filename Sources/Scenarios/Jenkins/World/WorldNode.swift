import Telemetry

/// A machine of the cluster, and what became of it.
struct WorldNode: Hashable {
    let name: String
    /// The node pool's name, as the cloud has it.
    let pool: String
    let isSpot: Bool
    let labels: [String: String]
    var taints: [String]
    /// Its `Ready` condition as the cluster shows it at last.
    var ready: NodeState.Condition
    /// What it shows beside `Ready`.
    var conditions: [NodeState.Condition] = []
    /// No ordinary build runs on it after this instant; nil while nothing happens to it.
    var closedFrom: Timestamp?
    /// No ordinary build runs on it before; nil for one that was there all the time.
    var openFrom: Timestamp?
    /// Whether the cluster has forgotten it.
    var isGone = false

    func isOpen(_ time: TimeWindow) -> Bool {
        (closedFrom.map { time.end < $0 } ?? true) && (openFrom.map { time.start >= $0 } ?? true)
    }

    var state: NodeState { NodeState(name: name, labels: labels, taints: taints, conditions: conditions + [ready]) }

    /// What the kubelet reports while all is well.
    static func quietConditions(since: Timestamp) -> [NodeState.Condition] {
        [
            ("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            ("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            ("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        ].map { .init(type: $0.0, status: "False", reason: $0.1, message: $0.2, since: since) }
    }

    static func readyCondition(since: Timestamp) -> NodeState.Condition {
        .init(
            type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status",
            since: since)
    }
}
