import Telemetry

/// The shop's pods and nodes on an ordinary day.
enum ShopCluster {
    static var pods: [PodState] {
        ShopService.names.flatMap(ShopService.pods).map {
            PodState(name: $0.pod, namespace: "shop", node: $0.node, labels: ["app.kubernetes.io/name": $0.name])
        }
    }

    static func nodes(_ now: Timestamp) -> [NodeState] {
        Set(pods.map(\.node)).sorted().map { name in
            NodeState(
                name: name, labels: ["agentpool": "apps", "kubernetes.io/hostname": name],
                conditions: [
                    .init(
                        type: "Ready", status: "True", reason: "KubeletReady",
                        message: "kubelet is posting ready status", since: now - .seconds(1_209_600))
                ])
        }
    }

    /// A job that runs every quarter of an hour, and nothing else.
    static func events(_ now: Timestamp) -> [ClusterEvent] {
        stride(from: Int64(3300), to: 0, by: -900).flatMap { before -> [ClusterEvent] in
            let at = now - .seconds(before)
            let name = "stock-sync-\(at.seconds / 60)"
            let pod = ClusterEvent.Object(kind: "Pod", namespace: "shop", name: name)
            let job = ClusterEvent.Object(kind: "Job", namespace: "shop", name: name)
            return [
                ClusterEvent(
                    at: at, reason: "Scheduled",
                    message: "Successfully assigned shop/\(name) to aks-apps-30175528-vmss000001", object: pod,
                    reporter: "default-scheduler"),
                ClusterEvent(
                    at: at + .seconds(2), reason: "Started", message: "Started container sync", object: pod,
                    reporter: "kubelet"),
                ClusterEvent(
                    at: at + .seconds(41), reason: "Completed", message: "Job completed", object: job,
                    reporter: "job-controller"),
            ]
        }
    }
}
