import Telemetry

/// A pod of the shop, from its start to its end.
struct ShopPod: Hashable {
    let service: String
    let name: String
    let node: String
    let version: String
    /// nil for one that was there before.
    var from: Timestamp?
    /// When it gets no more requests; nil for one that stays.
    var until: Timestamp?
    /// From then on nobody gets an answer from it, and it does not tell why.
    var unreachableFrom: Timestamp?
    /// While its container starts anew, its port is closed.
    var closed: [TimeWindow] = []
    var restarts = 0
    var terminations: [PodState.Termination] = []

    func serves(at instant: Timestamp) -> Bool {
        from.map { $0 <= instant } ?? true && until.map { instant < $0 } ?? true
    }

    func answers(at instant: Timestamp) -> Bool { unreachableFrom.map { instant < $0 } ?? true }

    func isClosed(at instant: Timestamp) -> Bool { closed.contains { $0.contains(instant) } }

    /// Of the pod network.
    var address: String {
        let hash = name.utf8.reduce(17) { ($0 * 31 + Int($1)) % 60_000 }
        return "10.244.\(hash / 250 % 8).\(hash % 250 + 2)"
    }

    /// The replica set's name.
    var replicaSet: String { name.split(separator: "-").dropLast().joined(separator: "-") }

    var labels: [String: String] {
        [
            "app.kubernetes.io/name": service, "app.kubernetes.io/version": version,
            "pod-template-hash": String(replicaSet.split(separator: "-").last ?? ""),
        ]
    }

    var resource: Attributes {
        let (language, name) =
            switch ShopMap.language(of: service) {
            case .node: ("nodejs", "@opentelemetry/sdk-node")
            case .go: ("go", "opentelemetry")
            case .java: ("java", "opentelemetry")
            case .python: ("python", "opentelemetry")
            }
        return [
            "service.name": .string(service), "service.namespace": .string(ShopWorld.namespace),
            "service.version": .string(version), "k8s.namespace.name": .string(ShopWorld.namespace),
            "k8s.pod.name": .string(self.name), "k8s.node.name": .string(node),
            "k8s.deployment.name": .string(service), "telemetry.sdk.language": .string(language),
            "telemetry.sdk.name": .string(name),
        ]
    }
}
