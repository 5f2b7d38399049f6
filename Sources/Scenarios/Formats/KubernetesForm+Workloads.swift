package import Telemetry

extension KubernetesForm {
    /// The workload itself and the revisions that remember its changes: what `kubectl get
    /// deploy,sts,ds,rs,controllerrevisions -o json` prints of it, each with its resource's name.
    ///
    /// - Parameter named: whether the items say their own `apiVersion` and `kind`; inside an API list they do not.
    package static func workload(_ workload: WorkloadState, named: Bool) -> [(resource: String, object: JSON)] {
        let resources = ["Deployment": "deployments", "StatefulSet": "statefulsets", "DaemonSet": "daemonsets"]
        guard let resource = resources[workload.kind] else { return [] }
        let latest = workload.changes.last { !$0.revisionName.isEmpty }
        let template = template(workload.images, restartedAt: latest?.kind == .restart ? latest?.at : nil)
        let object = JSON.object(leavingOut: [
            "apiVersion": named ? "apps/v1" : nil, "kind": named ? .string(workload.kind) : nil,
            "metadata": .object(leavingOut: [
                "name": .string(workload.name), "namespace": .string(workload.namespace),
                "creationTimestamp": workload.createdAt.map(time),
                "labels": workload.labels.isEmpty ? nil : .texts(workload.labels),
                "annotations": workload.annotations.isEmpty ? nil : .texts(workload.annotations),
                "managedFields": edits(workload.changes),
            ]),
            "spec": workload.kind == "DaemonSet"
                ? ["template": template]
                : ["replicas": .integer(workload.replicasWanted), "template": template],
            "status": status(workload),
        ])
        return [(resource, object)] + revisions(of: workload, named: named)
    }

    private static func status(_ workload: WorkloadState) -> JSON {
        let (wanted, ready, updated) =
            workload.kind == "DaemonSet"
            ? ("desiredNumberScheduled", "numberReady", "updatedNumberScheduled")
            : ("replicas", "readyReplicas", "updatedReplicas")
        return .object(leavingOut: [
            wanted: .integer(workload.replicasWanted), ready: .integer(workload.replicasReady),
            updated: .integer(workload.replicasUpdated),
            "conditions": workload.conditions.isEmpty ? nil : .array(workload.conditions.map(condition)),
        ])
    }

    /// Who wrote to the object last, and when; scaling goes through a door of its own.
    private static func edits(_ changes: [WorkloadState.Change]) -> JSON? {
        let edits = changes.filter { !$0.actor.isEmpty }.map { change -> JSON in
            .object(leavingOut: [
                "manager": .string(change.actor), "operation": "Update", "time": time(change.at),
                "subresource": change.kind == .scaling ? "scale" : nil,
            ])
        }
        return edits.isEmpty ? nil : .array(edits)
    }

    private static func template(_ images: [String: String], restartedAt: Timestamp?) -> JSON {
        let annotations = restartedAt.map { ["annotations": ["kubectl.kubernetes.io/restartedAt": time($0)]] as JSON }
        let containers = images.sorted { $0.key < $1.key }.map { name, image -> JSON in
            ["name": .string(name), "image": .string(image)]
        }
        return ["metadata": annotations ?? [:], "spec": ["containers": .array(containers)]]
    }

    // MARK: Revisions

    /// One for each template: a return to an older one gives it a new number and leaves its time as it was.
    private static func revisions(of workload: WorkloadState, named: Bool) -> [(resource: String, object: JSON)] {
        let changes = workload.changes.filter { !$0.revisionName.isEmpty }
        var names: [String] = []
        for change in changes where !names.contains(change.revisionName) { names.append(change.revisionName) }
        return names.compactMap { name in
            let uses = changes.filter { $0.revisionName == name }
            guard let made = uses.first, let latest = uses.last else { return nil }
            let former = uses.dropLast().compactMap(\.revision).map(String.init).joined(separator: ",")
            let template = template(latest.images, restartedAt: made.kind == .restart ? made.at : nil)
            let isReplicaSet = workload.kind == "Deployment"
            let kind: JSON = isReplicaSet ? "ReplicaSet" : "ControllerRevision"
            let number = isReplicaSet ? latest.revision.map { JSON.string(String($0)) } : nil
            let annotations = JSON.object(leavingOut: [
                "deployment.kubernetes.io/revision": number,
                "deployment.kubernetes.io/revision-history": isReplicaSet && !former.isEmpty ? .string(former) : nil,
                "kubernetes.io/change-cause": latest.cause.isEmpty ? nil : .string(latest.cause),
            ])
            let object = JSON.object(leavingOut: [
                "apiVersion": named ? "apps/v1" : nil, "kind": named ? kind : nil,
                "metadata": [
                    "name": .string(name), "namespace": .string(workload.namespace),
                    "creationTimestamp": time(made.at), "annotations": annotations,
                    "ownerReferences": [
                        ["kind": .string(workload.kind), "name": .string(workload.name), "controller": true]
                    ],
                ],
                "spec": isReplicaSet ? ["template": template] : nil,
                "revision": isReplicaSet ? nil : .integer(latest.revision ?? 0),
                "data": isReplicaSet ? nil : ["spec": ["template": template]],
            ])
            return (isReplicaSet ? "replicasets" : "controllerrevisions", object)
        }
    }
}
