import Telemetry

/// What is known of the nodes and pods at the time, from whatever source knows it.
struct ClusterView: Sendable {
    /// In an order that does not depend on the order in which they came.
    let events: [ClusterEvent]
    let pods: [String: PodState]
    let nodes: [String: NodeState]
    /// Pod → node.
    private let placement: [String: String]
    private let nodesWereFetched: Bool
    private let eventsByName: [String: [ClusterEvent]]

    init(_ evidence: Evidence, builds: [Build], table: SpanTable) {
        events = evidence.events.sorted(by: Self.precedes)
        eventsByName = Dictionary(grouping: events, by: \.object.name)
        let sortedPods = evidence.pods.sorted {
            ($0.name, $0.namespace, $0.node, $0.phase, $0.reason, $0.restarts)
                < ($1.name, $1.namespace, $1.node, $1.phase, $1.reason, $1.restarts)
        }
        pods = Dictionary(sortedPods.map { ($0.name, $0) }) { first, _ in first }
        let sortedNodes = evidence.nodes.sorted { ($0.name, $0.taints.joined()) < ($1.name, $1.taints.joined()) }
        nodes = Dictionary(sortedNodes.map { ($0.name, $0) }) { first, _ in first }
        nodesWereFetched = evidence.wasFetched(.nodes) && !evidence.nodes.isEmpty
        var placement: [String: String] = [:]
        for event in events where event.reason == "Scheduled" && event.object.kind == "Pod" {
            if let node = event.message.split(separator: " ").last { placement[event.object.name] = String(node) }
        }
        for series in evidence.metrics.filter({ $0.name == "kube_pod_info" }).sorted(by: Self.precedes) {
            if let pod = series.labels["pod"], let node = series.labels["node"], !node.isEmpty { placement[pod] = node }
        }
        for place in table.places.sorted(by: { ($0.pod ?? "", $0.node ?? "") < ($1.pod ?? "", $1.node ?? "") }) {
            if let pod = place.pod, let node = place.node { placement[pod] = node }
        }
        for build in builds { placement.merge(build.nodes) { _, new in new } }
        for pod in sortedPods where !pod.node.isEmpty { placement[pod.name] = pod.node }
        self.placement = placement
    }

    /// The node that a pod, or the agent of the same name, ran on.
    func node(of pod: String) -> String? { placement[pod] }

    func isSpot(_ node: String) -> Bool { nodes[node]?.isSpot ?? false }

    /// Whether the cluster no longer lists it although it lists others.
    func isGone(_ node: String) -> Bool { nodesWereFetched && nodes[node] == nil }

    func events(of kind: String, _ name: String) -> [ClusterEvent] {
        (eventsByName[name] ?? []).filter { $0.object.kind == kind }
    }

    /// When the node stopped being ready, by event or condition; nil when nothing says so.
    func notReady(_ node: String) -> Timestamp? {
        let event = events(of: "Node", node).first { $0.reason == "NodeNotReady" }?.at
        let condition = nodes[node]?.conditions.first { $0.type == "Ready" && $0.status != "True" }?.since
        return [event, condition].compactMap(\.self).min()
    }

    /// Whether something about this pod says that it is an agent of Jenkins.
    func isAgent(_ pod: PodState) -> Bool {
        pod.labels["jenkins"] == "slave" || pod.labels["jenkins/label"] != nil || pod.annotations["buildUrl"] != nil
            || pod.annotations["runUrl"] != nil
    }

    private static func precedes(_ left: MetricSeries, _ right: MetricSeries) -> Bool {
        func key(_ series: MetricSeries) -> String { "\(series.labels["pod"] ?? "") \(series.labels["node"] ?? "")" }
        return key(left) < key(right)
    }

    private static func precedes(_ left: ClusterEvent, _ right: ClusterEvent) -> Bool {
        if left.at != right.at { return left.at < right.at }
        let (first, second) = (key(left), key(right))
        if first != second { return first.lexicographicallyPrecedes(second) }
        return (left.lastSeen, left.count) < (right.lastSeen, right.count)
    }

    private static func key(_ event: ClusterEvent) -> [String] {
        [
            event.object.kind, event.object.namespace, event.object.name, event.reason, event.message, event.reporter,
            event.type,
        ]
    }
}
