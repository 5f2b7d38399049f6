import Telemetry

/// Pods and nodes as the cluster describes them when the evidence is fetched.
extension ShopWorld {
    var podStates: [PodState] {
        let now = window.end
        let own = pods.filter { $0.until.map { $0 > now } ?? true || $0.unreachableFrom != nil }.map { pod in
            let isLost = pod.unreachableFrom != nil && lostNodes[pod.node] != nil
            return PodState(
                name: pod.name, namespace: Self.namespace, node: pod.node, reason: isLost ? "NodeLost" : "",
                message: isLost ? "Node \(pod.node) which was running pod \(pod.name) is unresponsive" : "",
                labels: pod.labels, restarts: pod.restarts, terminations: pod.terminations)
        }
        return (own + otherPods).sorted { $0.name < $1.name }
    }

    var nodeStates: [NodeState] {
        nodes.sorted().map { name in
            let lost = lostNodes[name]
            let ready =
                lost.map {
                    NodeState.Condition(
                        type: "Ready", status: "Unknown", reason: "NodeStatusUnknown",
                        message: "Kubelet stopped posting node status.", since: $0 + .seconds(43))
                }
                ?? NodeState.Condition(
                    type: "Ready", status: "True", reason: "KubeletReady",
                    message: "kubelet is posting ready status", since: alertedAt - .seconds(1_036_800))
            return NodeState(
                name: name, labels: ["kubernetes.io/hostname": name, "agentpool": "apps"],
                taints: lost == nil
                    ? []
                    : ["node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"],
                conditions: [ready])
        }
    }
}
