import Telemetry

/// An object of the group `apps`: what keeps pods running, or a revision of it.
///
/// Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
struct WireWorkload: Decodable {
    /// Inside of a list of one kind the items do not say theirs.
    let kind: String?
    let metadata: WireMetadata
    let spec: Spec?
    let status: Status?
    /// Of a ControllerRevision: its number, and the template as a patch.
    let revision: WireCount?
    let data: RevisionData?

    struct Spec: Decodable {
        let replicas: WireCount?
        let template: Template?
    }

    struct RevisionData: Decodable {
        struct Spec: Decodable { let template: Template? }
        let spec: Spec?
    }

    struct Template: Decodable {
        struct Metadata: Decodable { let annotations: [String: String]? }
        struct PodSpec: Decodable {
            let initContainers: [WireContainer]?
            let containers: [WireContainer]?
        }

        let metadata: Metadata?
        let spec: PodSpec?

        var images: [String: String] {
            let containers = (spec?.initContainers ?? []) + (spec?.containers ?? [])
            return Dictionary(containers.map { ($0.name, $0.image ?? "") }) { first, _ in first }
        }

        /// Set by `kubectl rollout restart`.
        var restartedAt: String { metadata?.annotations?["kubectl.kubernetes.io/restartedAt"] ?? "" }
    }

    struct Status: Decodable {
        let readyReplicas: WireCount?
        let updatedReplicas: WireCount?
        let desiredNumberScheduled: WireCount?
        let numberReady: WireCount?
        let updatedNumberScheduled: WireCount?
        let conditions: [WireCondition]?
    }
}
