import Telemetry

/// Puts Deployments, StatefulSets and DaemonSets together with the revisions that they own.
struct WorkloadObjects {
    private var workloads: [(kind: Kind, object: WireWorkload)] = []
    private var revisions: [Key: [WireWorkload]] = [:]

    enum Kind: String, CaseIterable {
        case deployment = "Deployment"
        case statefulSet = "StatefulSet"
        case daemonSet = "DaemonSet"
    }

    private struct Key: Hashable {
        let namespace: String
        let kind: String
        let name: String
    }

    /// - Parameter kind: of an object that does not say its own.
    mutating func add(_ object: WireWorkload, kind: String? = nil) {
        let kind = object.kind ?? kind ?? ""
        if let kind = Kind(rawValue: kind) {
            workloads.append((kind, object))
        } else if kind == "ReplicaSet" || kind == "ControllerRevision", let owner = object.metadata.owner {
            let key = Key(namespace: object.metadata.namespace ?? "", kind: owner.kind, name: owner.name)
            revisions[key, default: []].append(object)
        }
    }

    /// By namespace, kind and name.
    var states: [WorkloadState] {
        workloads.map { kind, object in
            let metadata = object.metadata
            let key = Key(namespace: metadata.namespace ?? "", kind: kind.rawValue, name: metadata.name)
            return state(kind, object, WorkloadHistory(of: object, kind, revisions: revisions[key] ?? []).changes)
        }.sorted { ($0.namespace, $0.kind, $0.name) < ($1.namespace, $1.kind, $1.name) }
    }

    private func state(_ kind: Kind, _ object: WireWorkload, _ changes: [WorkloadState.Change]) -> WorkloadState {
        let (metadata, status) = (object.metadata, object.status)
        let (wanted, ready, updated): (WireCount?, WireCount?, WireCount?) =
            switch kind {
            case .daemonSet: (status?.desiredNumberScheduled, status?.numberReady, status?.updatedNumberScheduled)
            case .deployment, .statefulSet: (object.spec?.replicas, status?.readyReplicas, status?.updatedReplicas)
            }
        return WorkloadState(
            kind: kind.rawValue, name: metadata.name, namespace: metadata.namespace ?? "",
            labels: metadata.labels ?? [:], annotations: metadata.annotations ?? [:],
            createdAt: metadata.creationTimestamp?.at, images: object.spec?.template?.images ?? [:],
            // One is the API server's default; a DaemonSet's number is left out while it is zero.
            replicasWanted: wanted?.number ?? (kind == .daemonSet ? 0 : 1), replicasReady: ready?.number ?? 0,
            replicasUpdated: updated?.number ?? 0,
            conditions: (status?.conditions ?? []).map {
                WorkloadState.Condition(
                    type: $0.type, status: $0.status, reason: $0.reason ?? "", message: $0.message ?? "",
                    since: $0.lastTransitionTime?.at)
            }, changes: changes)
    }
}
