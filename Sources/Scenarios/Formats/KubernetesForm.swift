package import Telemetry

/// Kubernetes objects as JSON: what the API server lists and what `kubectl get -o json` prints.
package enum KubernetesForm {
    /// What kubectl prints: a `List` whose items say what they are.
    package static func kubectlList(_ items: [JSON]) -> JSON {
        ["apiVersion": "v1", "items": .array(items), "kind": "List", "metadata": ["resourceVersion": ""]]
    }

    /// - Parameter named: whether the item says its own `apiVersion` and `kind`; inside an API list it does not.
    package static func event(_ event: ClusterEvent, number: Int, named: Bool) -> JSON {
        // An event about an object without a namespace is kept in `default`.
        let namespace = event.object.namespace.isEmpty ? "default" : event.object.namespace
        return .object(leavingOut: [
            "apiVersion": named ? "v1" : nil, "kind": named ? "Event" : nil,
            "metadata": [
                "name": .string(
                    "\(event.object.name).\(String(UInt64(0x18a0_0000_0000_0000) + UInt64(number), radix: 16))"),
                "namespace": .string(namespace), "creationTimestamp": time(event.at),
            ],
            "involvedObject": .object(leavingOut: [
                "kind": .string(event.object.kind),
                "namespace": event.object.namespace.isEmpty ? nil : .string(event.object.namespace),
                "name": .string(event.object.name),
            ]),
            "reason": .string(event.reason), "message": .string(event.message),
            "source": event.reporter.isEmpty ? [:] : ["component": .string(event.reporter)],
            "firstTimestamp": time(event.at), "lastTimestamp": time(event.lastSeen), "count": .integer(event.count),
            "type": .string(event.type), "eventTime": .null, "reportingComponent": .string(event.reporter),
            "reportingInstance": "",
        ])
    }

    package static func pod(_ pod: PodState, named: Bool) -> JSON {
        .object(leavingOut: [
            "apiVersion": named ? "v1" : nil, "kind": named ? "Pod" : nil,
            "metadata": .object(leavingOut: [
                "name": .string(pod.name), "namespace": .string(pod.namespace),
                "creationTimestamp": pod.createdAt.map(time), "deletionTimestamp": pod.deletionAt.map(time),
                "labels": pod.labels.isEmpty ? nil : .texts(pod.labels),
                "annotations": pod.annotations.isEmpty ? nil : .texts(pod.annotations),
                "ownerReferences": pod.owner.map { owner in
                    [["kind": .string(owner.kind), "name": .string(owner.name), "controller": true]]
                },
            ]),
            "spec": .object(leavingOut: [
                "nodeName": pod.node.isEmpty ? nil : .string(pod.node),
                "initContainers": containers(pod.containers.filter(\.preparesPod)),
                "containers": containers(pod.containers.filter { !$0.preparesPod }),
            ]),
            "status": .object(leavingOut: [
                "phase": .string(pod.phase), "reason": pod.reason.isEmpty ? nil : .string(pod.reason),
                "message": pod.message.isEmpty ? nil : .string(pod.message),
                "initContainerStatuses": containerStatuses(pod, pod.containers.filter(\.preparesPod)),
                "containerStatuses": pod.containers.isEmpty
                    ? containerStatuses(pod) : containerStatuses(pod, pod.containers.filter { !$0.preparesPod }),
            ]),
        ])
    }

    private static func containers(_ containers: [PodState.Container]) -> JSON? {
        guard !containers.isEmpty else { return nil }
        return .array(
            containers.map { container in
                .object(leavingOut: [
                    "name": .string(container.name), "image": .string(container.image),
                    "resources": .object(leavingOut: [
                        "requests": container.requests.isEmpty ? nil : .texts(container.requests),
                        "limits": container.limits.isEmpty ? nil : .texts(container.limits),
                    ]),
                ])
            })
    }

    /// Those of containers that are described one by one.
    private static func containerStatuses(_ pod: PodState, _ containers: [PodState.Container]) -> JSON? {
        guard !containers.isEmpty else { return nil }
        let isOver = pod.phase == "Failed" || pod.phase == "Succeeded"
        return .array(
            containers.map { container in
                let ended = pod.terminations.last { $0.container == container.name }.map(terminated)
                let waiting: JSON = [
                    "waiting": [
                        "reason": .string(container.waitingReason), "message": .string(container.waitingMessage),
                    ]
                ]
                let state: JSON =
                    container.waitingReason.isEmpty ? (isOver ? ended ?? [:] : ["running": [:]]) : waiting
                return [
                    "name": .string(container.name), "image": .string(container.image),
                    "ready": .bool(container.isReady), "restartCount": .integer(container.restarts),
                    "lastState": isOver && container.waitingReason.isEmpty ? [:] : ended ?? [:], "state": state,
                ]
            })
    }

    private static func terminated(_ termination: PodState.Termination) -> JSON {
        [
            "terminated": .object(leavingOut: [
                "exitCode": .integer(termination.exitCode), "reason": .string(termination.reason),
                "finishedAt": termination.finishedAt.map(time),
            ])
        ]
    }

    /// The restarts are counted on the first container; a pod's state does not tell them apart.
    private static func containerStatuses(_ pod: PodState) -> JSON? {
        let terminations = pod.terminations
        if terminations.isEmpty {
            guard pod.restarts > 0 else { return nil }
            return [["name": "main", "restartCount": .integer(pod.restarts), "lastState": [:], "state": [:]]]
        }
        return .array(
            terminations.enumerated().map { index, termination in
                let terminated = terminated(termination)
                let isOver = pod.phase == "Failed" || pod.phase == "Succeeded"
                return [
                    "name": .string(termination.container), "restartCount": .integer(index == 0 ? pod.restarts : 0),
                    "lastState": isOver ? [:] : terminated, "state": isOver ? terminated : ["running": [:]],
                ]
            })
    }

    package static func node(_ node: NodeState, named: Bool) -> JSON {
        .object(leavingOut: [
            "apiVersion": named ? "v1" : nil, "kind": named ? "Node" : nil,
            "metadata": .object(leavingOut: [
                "name": .string(node.name), "creationTimestamp": node.createdAt.map(time),
                "labels": node.labels.isEmpty ? nil : .texts(node.labels),
            ]),
            "spec": .object(leavingOut: [
                "providerID": node.providerID.isEmpty ? nil : .string(node.providerID),
                "unschedulable": node.isUnschedulable ? true : nil,
                "taints": node.taints.isEmpty ? nil : .array(node.taints.map(taint)),
            ]),
            "status": .object(leavingOut: [
                "conditions": node.conditions.isEmpty ? nil : .array(node.conditions.map(condition))
            ]),
        ])
    }

    static func condition(_ condition: NodeState.Condition) -> JSON {
        .object(leavingOut: [
            "type": .string(condition.type), "status": .string(condition.status),
            "lastTransitionTime": condition.since.map(time), "reason": .string(condition.reason),
            "message": .string(condition.message),
        ])
    }

    /// From `key=value:effect`; the value may be missing.
    private static func taint(_ text: String) -> JSON {
        let parts = text.split(separator: ":", maxSplits: 1)
        let pair = (parts.first ?? "").split(separator: "=", maxSplits: 1)
        return .object(leavingOut: [
            "key": .string(String(pair.first ?? "")), "value": pair.count > 1 ? .string(String(pair[1])) : nil,
            "effect": .string(parts.count > 1 ? String(parts[1]) : ""),
        ])
    }

    /// Kubernetes writes whole seconds.
    static func time(_ instant: Timestamp) -> JSON { .string(Timestamp(seconds: instant.seconds).description) }
}
