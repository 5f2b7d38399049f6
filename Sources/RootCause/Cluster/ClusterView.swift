import Languages
import Telemetry

/// What is known of the nodes and pods at the time, from whatever source knows it.
struct ClusterView: Sendable {
    /// In an order that does not depend on the order in which they came.
    let events: [ClusterEvent]
    let pods: [String: PodState]
    let nodes: [String: NodeState]
    /// What metrics say of nodes.
    let series: NodeSeries
    /// Pod → node.
    private let placement: [String: String]
    private let ends: [String: [PodEnd]]
    private let nodesWereFetched: Bool
    private let eventsByName: [String: [ClusterEvent]]
    /// What is known of the nodes of pools.
    private let pools: [Substring: Pool]

    /// Of which kind the known nodes of a pool are.
    private enum Pool { case spot, onDemand, mixed }

    init(_ evidence: Evidence, builds: [Build], logs: LogTable, table: SpanTable) {
        events = evidence.events.sorted(by: ClusterEvent.precedes)
        eventsByName = Dictionary(grouping: events, by: \.object.name)
        let sortedPods = evidence.pods.sorted {
            ($0.name, $0.namespace, $0.node, $0.phase, $0.reason, $0.restarts)
                < ($1.name, $1.namespace, $1.node, $1.phase, $1.reason, $1.restarts)
        }
        pods = Dictionary(sortedPods.map { ($0.name, $0) }) { first, _ in first }
        let sortedNodes = evidence.nodes.sorted { ($0.name, $0.taints.joined()) < ($1.name, $1.taints.joined()) }
        nodes = Dictionary(sortedNodes.map { ($0.name, $0) }) { first, _ in first }
        nodesWereFetched = evidence.wasFetched(.nodes) && !evidence.nodes.isEmpty
        series = NodeSeries(evidence.metrics)
        ends = Dictionary(grouping: PodEnd.all(pods: sortedPods, metrics: evidence.metrics), by: \.pod)
        var placement = Self.placement(in: logs, isWanted: !builds.isEmpty || !evidence.pods.isEmpty)
        for event in events where event.reason == "Scheduled" && event.object.kind == "Pod" {
            if let node = event.message.split(separator: " ").last { placement[event.object.name] = String(node) }
        }
        for series in evidence.metrics.filter({ $0.isCalled(.podInfo) }).sorted(by: Self.precedes) {
            if let pod = series.labels["pod"], let node = series.labels["node"], !node.isEmpty { placement[pod] = node }
        }
        for place in table.places.sorted(by: { ($0.pod ?? "", $0.node ?? "") < ($1.pod ?? "", $1.node ?? "") }) {
            if let pod = place.pod, let node = place.node { placement[pod] = node }
        }
        for build in builds { placement.merge(build.nodes) { _, new in new } }
        for pod in sortedPods where !pod.node.isEmpty { placement[pod.name] = pod.node }
        self.placement = placement
        var pools: [Substring: Pool] = [:]
        var known = series.isSpot
        for (name, node) in nodes { known[name] = node.isSpot }
        for (name, spot) in known {
            guard let pool = SpotMarks.pool(ofNode: name) else { continue }
            let own: Pool = spot ? .spot : .onDemand
            pools[pool] = pools[pool] ?? own == own ? own : .mixed
        }
        self.pools = pools
    }

    /// Where log lines say that pods ran: by the labels of a pod's own stream, and by the events that older releases of
    /// the Kubernetes plugin write into a build's log.
    private static func placement(in logs: LogTable, isWanted: Bool) -> [String: String] {
        guard isWanted else { return [:] }
        let phrase = "Successfully assigned "
        let marks = Marks([phrase])
        let telling = logs.templates { marks.areIn($0) }
        var found: [String: String] = [:]
        for (row, entry) in zip(logs.rows, logs.entries) {
            if telling[row.template], let range = entry.line.firstRange(of: phrase) {
                let words = entry.line[range.upperBound...].split(separator: " ").prefix(3)
                if words.count == 3, words[1] == "to", let pod = words[0].split(separator: "/").last {
                    found[String(pod)] = String(words[2].prefix { !",;\"".contains($0) })
                }
            } else if let pod = entry.pod, found[pod] == nil, let node = entry.node {
                found[pod] = node
            }
        }
        return found
    }

    /// The node that a pod, or the agent of the same name, ran on.
    func node(of pod: String) -> String? { placement[pod] }

    /// The pods that are known to have run on a node, by name.
    func pods(on node: String) -> [String] { placement.filter { $0.value == node }.keys.sorted() }

    /// Whether a node is a spot node, and how that is known; nil when nothing says it.
    enum Spot: Hashable, Sendable {
        case byLabels, bySiblings, byName

        var words: Phrase {
            switch self {
            case .byLabels: "by its labels"
            case .bySiblings: "like the others of its pool"
            case .byName: "by its name"
            }
        }
    }

    /// Of a node that is gone with its labels, its siblings of the same pool tell.
    func spot(_ node: String) -> Spot? {
        if let state = nodes[node] { return state.isSpot || series.isSpot[node] == true ? .byLabels : nil }
        if let known = series.isSpot[node] { return known ? .byLabels : nil }
        if let known = pool(ofNode: node) { return known == .spot ? .bySiblings : nil }
        return SpotMarks.areIn(name: node) ? .byName : nil
    }

    func isSpot(_ node: String) -> Bool { spot(node) != nil }

    /// Whether something says that it is no spot node: its own labels, what metrics tell of them, or the others of its
    /// pool. A name that does not say `spot` says nothing.
    func isOnDemand(_ node: String) -> Bool {
        if spot(node) != nil { return false }
        return nodes[node] != nil || series.isSpot[node] == false || pool(ofNode: node) == .onDemand
    }

    private func pool(ofNode node: String) -> Pool? { SpotMarks.pool(ofNode: node).flatMap { pools[$0] } }

    /// Whether the cluster no longer lists it although it lists others, or metrics of it ended.
    func isGone(_ node: String) -> Bool {
        if nodesWereFetched { return nodes[node] == nil }
        return series.vanished[node] != nil || removal(of: node) != nil
    }

    /// When the control plane took it out of the cluster.
    func removal(of node: String) -> ClusterEvent? {
        events(of: "Node", node).first { $0.reason == "RemovingNode" || $0.reason == "DeletingNode" }
    }

    func events(of kind: String, _ name: String) -> [ClusterEvent] {
        (eventsByName[name] ?? []).filter { $0.object.kind == kind }
    }

    /// Each time that the node stopped being ready, by event, condition or metric, in the order of time.
    func notReady(_ node: String) -> [Timestamp] {
        let told = events(of: "Node", node).filter { $0.reason == "NodeNotReady" }.map(\.at)
        let condition = nodes[node]?.conditions.first { $0.type == "Ready" && $0.status != "True" }?.since
        return (told + [condition].compactMap(\.self) + (series.notReady[node] ?? [])).sorted()
    }

    /// What the node was short of at that time, by condition or metric: `DiskPressure`.
    func pressure(_ node: String) -> (type: String, at: Timestamp?, source: EvidenceSource)? {
        let condition = nodes[node]?.conditions.first { $0.type.hasSuffix("Pressure") && $0.status == "True" }
        if let condition { return (condition.type, condition.since, .nodes) }
        return series.pressures[node].map { ($0.type, $0.at, .metrics) }
    }

    /// How the containers of a pod ended, as far as anything says it.
    func ends(of pod: String) -> [PodEnd] { ends[pod] ?? [] }

    /// Pods of which it is known how a container ended, by name.
    var podsWithEnds: [String] { ends.keys.sorted() }

    /// Whether something about this pod says that it is an agent of Jenkins.
    func isAgent(_ pod: PodState) -> Bool { Self.isAgent(pod) }

    static func isAgent(_ pod: PodState) -> Bool {
        pod.labels["jenkins"] == "slave" || pod.labels["jenkins/label"] != nil || pod.annotations["buildUrl"] != nil
            || pod.annotations["runUrl"] != nil
    }

    private static func precedes(_ left: MetricSeries, _ right: MetricSeries) -> Bool {
        func key(_ series: MetricSeries) -> String { "\(series.labels["pod"] ?? "") \(series.labels["node"] ?? "")" }
        return key(left) < key(right)
    }
}
