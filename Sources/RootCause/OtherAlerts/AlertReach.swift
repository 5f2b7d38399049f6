import Telemetry

/// What an incident is about, to tell whether an alert that fired besides concerns it: services, their pods, the nodes of
/// those, and jobs.
///
/// Alerts of a whole cluster come with the metrics, those about monitoring itself among them.
struct AlertReach: Sendable {
    /// How the names of the services' pods begin, as a Deployment, a StatefulSet or a DaemonSet makes them.
    private let beginnings: [String]
    private let names: Set<String>
    private let namespaces: Set<String>
    /// Whether the incident was narrowed down; otherwise every alert about something may concern it.
    private let isNarrow: Bool

    init(_ scene: Scene) {
        let scope = scene.evidence.scope
        isNarrow = !scope.isEmpty || !scene.alertedServices.isEmpty
        namespaces = Set(scope.namespaces)
        let services = Set(scene.alertedServices + scene.spans.services)
        let beginnings = services.sorted().map { "\($0)-" }
        self.beginnings = beginnings
        let used =
            scope.pods + scene.builds.flatMap(\.agents) + scene.losses.map(\.agent) + scene.controller.pods
            + scene.spans.places.compactMap(\.pod)
        let own = scene.evidence.pods.filter { pod in
            guard !scope.services.isEmpty || scope.namespaces.isEmpty else {
                return scope.namespaces.contains(pod.namespace)
            }
            return scene.cluster.isAgent(pod) || beginnings.contains { pod.name.hasPrefix($0) }
                || Self.serviceLabels.contains { pod.labels[$0].map(services.contains) ?? false }
        }.map(\.name)
        let pods = Set(used + own)
        let nodes = pods.compactMap { scene.nodesOfPods[$0] } + scene.nodes.map(\.node)
        names = services.union(pods).union(nodes).union(scope.jobs + scene.builds.map(\.job))
            .union(scope.namespaces)
    }

    private static let serviceLabels = ["app.kubernetes.io/name", "app"]

    /// The alert with those of its instances that are about something of the incident; nil when none is.
    func part(of alert: OtherAlert) -> OtherAlert? {
        let instances = alert.instances.filter { has($0.labels) }
        return instances.isEmpty ? nil : OtherAlert(name: alert.name, instances: instances)
    }

    private func has(_ labels: AlertLabels) -> Bool {
        guard let subject = labels.subject else { return false }
        guard isNarrow else { return true }
        switch subject.kind {
        case "pod": return names.contains(subject.name) || beginnings.contains { subject.name.hasPrefix($0) }
        case "deployment", "statefulset", "daemonset":
            let beginning = "\(subject.name)-"
            return names.contains(subject.name) || names.contains { $0.hasPrefix(beginning) }
        case "volume": return labels.all["namespace"].map(namespaces.contains) ?? true
        // What was scraped is named by Prometheus' own label as well.
        case "instance", "host": return names.contains(subject.name) || labels.all["job"].map(names.contains) ?? false
        default: return names.contains(subject.name)
        }
    }
}
