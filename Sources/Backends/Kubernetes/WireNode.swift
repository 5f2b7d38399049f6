import Telemetry

/// A node: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/.
struct WireNode: KubernetesObject {
    static let kind = "Node"

    let metadata: WireMetadata
    let spec: Spec?
    let status: Status?

    struct Spec: Decodable {
        let taints: [Taint]?
        let unschedulable: Bool?
        let providerID: String?
    }

    struct Taint: Decodable {
        let key: String
        let value: String?
        let effect: String?

        var text: String {
            let value = value.flatMap { $0.isEmpty ? nil : $0 }
            return (value.map { "\(key)=\($0)" } ?? key) + ":" + (effect ?? "")
        }
    }

    struct Status: Decodable { let conditions: [WireCondition]? }

    var node: NodeState {
        NodeState(
            name: metadata.name, labels: metadata.labels ?? [:], taints: (spec?.taints ?? []).map(\.text),
            conditions: (status?.conditions ?? []).map {
                NodeState.Condition(
                    type: $0.type, status: $0.status, reason: $0.reason ?? "", message: $0.message ?? "",
                    since: $0.lastTransitionTime?.at)
            }, createdAt: metadata.creationTimestamp?.at, isUnschedulable: spec?.unschedulable ?? false,
            providerID: spec?.providerID ?? "")
    }
}
