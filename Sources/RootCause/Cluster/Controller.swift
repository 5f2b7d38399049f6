import Telemetry

/// The Jenkins controller: where it runs, and under which names it is known.
///
/// Nothing of it is configured: its builds' spans, its pod's labels and its log streams tell.
struct Controller: Hashable, Sendable {
    /// The services whose spans the builds are.
    let services: [String]
    /// Its pods, the best known first; usually one.
    let pods: [String]

    /// What a person looks at: the pod, or the service where no pod is known.
    var name: String? { pods.first ?? services.first }

    func isPod(_ name: String) -> Bool { pods.contains(name) }

    static let components: Set<String> = ["jenkins-controller", "jenkins-master", "controller"]
    private static let mostTraces = 50

    init(builds: [Build], logs: LogTable, cluster: ClusterView, table: SpanTable) {
        let agents = Set(builds.flatMap(\.agents))
        func isAgent(_ pod: String) -> Bool {
            agents.contains(pod) || cluster.pods[pod].map(cluster.isAgent) ?? false
        }
        var services: [String: Int] = [:]
        var named: [String: Int] = [:]
        // The latest ones: after a move they name the new pod.
        let latest = builds.suffix(Self.mostTraces)
        for build in latest where build.trace == nil { services[build.service ?? "", default: 0] += 1 }
        services[""] = nil
        for trace in Set(latest.compactMap(\.trace)) {
            let span = table.span(of: table.traceRows[trace].rows.lowerBound)
            services[span.service, default: 0] += 1
            if let pod = span.resource.text("k8s.pod.name") ?? span.resource.text("host.name"), !isAgent(pod) {
                named[pod, default: 0] += 1
            }
        }
        self.services = services.keys.sorted()
        var pods = Self.ordered(named)
        let labelled = cluster.pods.values.filter { pod in
            let component = pod.labels["app.kubernetes.io/component"] ?? ""
            let isNamed =
                pod.labels["app.kubernetes.io/name"] == "jenkins" || pod.labels["app"] == "jenkins"
                || services[pod.labels["app.kubernetes.io/name"] ?? pod.labels["app"] ?? ""] != nil
            return !cluster.isAgent(pod)
                && (component == "jenkins-controller" || component == "jenkins-master"
                    || (isNamed && (component.isEmpty || Self.components.contains(component))))
        }
        pods += Self.own(labelled, among: Set(agents), named: pods, in: cluster).map(\.name).sorted()
        if pods.isEmpty, !services.isEmpty {
            var streams: [String: Int] = [:]
            for (row, entry) in zip(logs.rows, logs.entries) where row.service >= 0 {
                guard services[logs.services[row.service]] != nil, let pod = entry.pod, !isAgent(pod) else { continue }
                streams[pod, default: 0] += 1
            }
            pods = Self.ordered(streams)
        }
        var seen: Set<String> = []
        self.pods = pods.filter { seen.insert($0).inserted }
    }

    /// Another Jenkins of the same cluster has the same labels: where one lives beside the agents or the pod that the
    /// builds name, the others are strangers.
    private static func own(
        _ labelled: [PodState], among agents: Set<String>, named: [String], in cluster: ClusterView
    ) -> [PodState] {
        let homes = Set(named.compactMap { cluster.pods[$0]?.namespace }).subtracting([""])
        let beside = Set(agents.compactMap { cluster.pods[$0]?.namespace }).subtracting([""])
        for namespaces in [homes, beside] {
            let own = labelled.filter { namespaces.contains($0.namespace) }
            if !own.isEmpty { return own }
        }
        return homes.isEmpty ? labelled : []
    }

    private static func ordered(_ counts: [String: Int]) -> [String] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
