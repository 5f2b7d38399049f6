/// What the Kubernetes API is asked for; it is only ever listed. `deploy/kubernetes/rbac.yaml` allows exactly these.
package enum KubernetesResource: String, CaseIterable, Sendable {
    case events
    case pods
    case nodes
    case deployments
    case statefulSets = "statefulsets"
    case daemonSets = "daemonsets"
    case replicaSets = "replicasets"
    case controllerRevisions = "controllerrevisions"

    /// The only thing that is done with them, in the words of an RBAC rule.
    package static let verb = "list"

    /// Empty for the core group.
    package var group: String {
        switch self {
        case .events, .pods, .nodes: ""
        case .deployments, .statefulSets, .daemonSets, .replicaSets, .controllerRevisions: "apps"
        }
    }

    /// Whether only a ClusterRole that is bound in the whole cluster allows it.
    package var belongsToNoNamespace: Bool { self == .nodes }

    /// Those of which workloads are put together: what rolls pods out, then the revisions that remember how. With the
    /// kind of their objects, which in a list do not say it.
    static let ofWorkloads: [(resource: KubernetesResource, kind: String)] = [
        (.deployments, "Deployment"), (.statefulSets, "StatefulSet"), (.daemonSets, "DaemonSet"),
        (.replicaSets, "ReplicaSet"), (.controllerRevisions, "ControllerRevision"),
    ]

    /// The rule of a role that allows to list these: one for each group of the API, separated by commas.
    package static func rules(allowing resources: [KubernetesResource]) -> String {
        Set(resources.map(\.group)).sorted().map { group in
            let names = resources.filter { $0.group == group }.map(\.rawValue).sorted().map { "\"\($0)\"" }
            return
                #"{apiGroups: ["\#(group)"], resources: [\#(names.joined(separator: ", "))], verbs: ["\#(verb)"]}"#
        }.joined(separator: ", ")
    }
}
