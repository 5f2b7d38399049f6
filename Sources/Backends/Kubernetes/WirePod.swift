import Telemetry

/// A pod: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.
struct WirePod: KubernetesObject {
    static let kind = "Pod"

    let metadata: WireMetadata
    let spec: Spec?
    let status: Status?

    struct Spec: Decodable {
        let nodeName: String?
        let initContainers: [WireContainer]?
        let containers: [WireContainer]?
    }

    struct Status: Decodable {
        let phase: String?
        let reason: String?
        let message: String?
        let conditions: [WireCondition]?
        let initContainerStatuses: [ContainerStatus]?
        let containerStatuses: [ContainerStatus]?

        var allContainers: [ContainerStatus] { (initContainerStatuses ?? []) + (containerStatuses ?? []) }
    }

    struct ContainerStatus: Decodable {
        let name: String
        let image: String?
        let ready: Bool?
        let restartCount: WireCount?
        let state: ContainerState?
        let lastState: ContainerState?
    }

    struct ContainerState: Decodable {
        let waiting: Waiting?
        let terminated: Terminated?
    }

    struct Waiting: Decodable {
        let reason: String?
        let message: String?
    }

    struct Terminated: Decodable {
        let exitCode: WireCount?
        let reason: String?
        let finishedAt: WireTime?
    }

    var pod: PodState {
        let containers = status?.allContainers ?? []
        let (reason, message) = trouble(of: containers)
        return PodState(
            name: metadata.name, namespace: metadata.namespace ?? "", node: spec?.nodeName ?? "",
            phase: status?.phase ?? "Unknown", reason: reason, message: message, labels: metadata.labels ?? [:],
            annotations: metadata.annotations ?? [:],
            restarts: containers.reduce(0) { $0 + max(0, $1.restartCount?.number ?? 0) },
            terminations: containers.flatMap(Self.terminations), containers: allContainers,
            createdAt: metadata.creationTimestamp?.at, deletionAt: metadata.deletionTimestamp?.at,
            owner: metadata.owner)
    }

    /// As they are specified; those that only the status knows, of a pod that was cut down to it, behind them.
    private var allContainers: [PodState.Container] {
        Self.containers(spec?.initContainers, status?.initContainerStatuses, preparePod: true)
            + Self.containers(spec?.containers, status?.containerStatuses, preparePod: false)
    }

    private static func containers(
        _ specified: [WireContainer]?, _ statuses: [ContainerStatus]?, preparePod: Bool
    ) -> [PodState.Container] {
        let specified = specified ?? []
        let statuses = statuses ?? []
        let names = specified.map(\.name)
        let all = names + statuses.map(\.name).filter { !names.contains($0) }
        return all.map { name in
            let container = specified.first { $0.name == name }
            let status = statuses.first { $0.name == name }
            return PodState.Container(
                name: name, image: container?.image ?? status?.image ?? "", preparesPod: preparePod,
                waitingReason: status?.state?.waiting?.reason ?? "",
                waitingMessage: status?.state?.waiting?.message ?? "", isReady: status?.ready ?? false,
                restarts: max(0, status?.restartCount?.number ?? 0), requests: container?.amounts(\.requests) ?? [:],
                limits: container?.amounts(\.limits) ?? [:])
        }
    }

    /// Waiting reasons of every pod that starts; they are no trouble.
    private static let ordinaryWaits: Set<String> = ["ContainerCreating", "PodInitializing"]

    /// The pod's own reason; without one, what holds it up or takes it away, as `kubectl get pods` shows it: a planned
    /// disruption, a container that waits (`ImagePullBackOff`, `CrashLoopBackOff`), or that it is not scheduled.
    private func trouble(of containers: [ContainerStatus]) -> (reason: String, message: String) {
        if let reason = status?.reason, !reason.isEmpty { return (reason, status?.message ?? "") }
        let conditions = status?.conditions ?? []
        if let disruption = conditions.first(where: { $0.type == "DisruptionTarget" && $0.status == "True" }) {
            return (disruption.reason ?? "", disruption.message ?? status?.message ?? "")
        }
        for waiting in containers.compactMap(\.state?.waiting) {
            if let reason = waiting.reason, !reason.isEmpty, !Self.ordinaryWaits.contains(reason) {
                return (reason, waiting.message ?? "")
            }
        }
        if let unscheduled = conditions.first(where: { $0.type == "PodScheduled" && $0.status == "False" }) {
            return (unscheduled.reason ?? "", unscheduled.message ?? "")
        }
        return ("", status?.message ?? "")
    }

    /// The end before the last start first, then the present one.
    private static func terminations(of container: ContainerStatus) -> [PodState.Termination] {
        [container.lastState?.terminated, container.state?.terminated].compactMap { ended in
            guard let ended else { return nil }
            return PodState.Termination(
                container: container.name, reason: ended.reason ?? "", exitCode: ended.exitCode?.number ?? 0,
                finishedAt: ended.finishedAt?.at)
        }
    }
}

/// A condition of a pod or a node.
struct WireCondition: Decodable {
    let type: String
    let status: String
    let reason: String?
    let message: String?
    let lastTransitionTime: WireTime?
    /// Only a Deployment's have it.
    let lastUpdateTime: WireTime?
}
