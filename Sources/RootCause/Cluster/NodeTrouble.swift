import Telemetry

/// A node that showed signs of going away, and the agents that were lost on it.
struct NodeTrouble: Hashable, Sendable {
    let node: String
    let isSpot: Bool
    /// What announced that the cloud takes it back.
    let notice: ClusterEvent?
    let notReady: Timestamp?
    /// Whether the cluster no longer lists it.
    let isGone: Bool
    /// Whether the cluster lists it as ready.
    let isReady: Bool
    let losses: [AgentLoss]
    /// Whether the agents were joined to the node only by the time: where they ran is not known.
    let isJoinedByTime: Bool

    /// Kubernetes calls a node NotReady 40 s after its last sign of life, and clocks differ: what is reported this long
    /// after an agent was lost can still be its cause.
    static let reportingDelay = Duration.seconds(120)
    /// A notice announces the end in 30 s (Azure, Google) to 120 s (AWS).
    private static let noticePeriod = Duration.seconds(300)

    /// In the order of their names.
    static func all(losses: [AgentLoss], cluster: ClusterView, window: TimeWindow) -> [NodeTrouble] {
        let notices = cluster.events.filter { isNotice($0) && window.overlaps($0) }
        let names = Set(notices.map(\.object.name)).union(losses.compactMap(\.node))
            .union(cluster.events.filter { $0.reason == "NodeNotReady" && window.overlaps($0) }.map(\.object.name))
        let announced = Set(notices.map(\.object.name))
        return names.sorted().map { name in
            let notice = notices.first { $0.object.name == name }
            var own = losses.filter { $0.node == name }
            var isJoinedByTime = false
            // Where the agents ran is not known, but only one node was announced to go just before.
            if own.isEmpty, let notice, announced.count == 1 {
                own = losses.filter {
                    $0.node == nil && notice.at - .seconds(30) <= $0.at && $0.at <= notice.at + noticePeriod
                }
                isJoinedByTime = !own.isEmpty
            }
            let lastLoss = own.map(\.at).max()
            let notReady = cluster.notReady(name).flatMap { instant in
                lastLoss.map { instant <= $0 + reportingDelay } ?? true ? instant : nil
            }
            let ready = cluster.nodes[name]?.conditions.first { $0.type == "Ready" }
            return NodeTrouble(
                node: name, isSpot: cluster.isSpot(name), notice: notice, notReady: notReady,
                isGone: cluster.isGone(name), isReady: ready?.status == "True" && notReady == nil, losses: own,
                isJoinedByTime: isJoinedByTime)
        }
    }

    /// Whether the event says that the cloud takes a spot node back.
    static func isNotice(_ event: ClusterEvent) -> Bool {
        guard event.object.kind == "Node" else { return false }
        return event.reason.hasPrefix("Preempt") || event.reason.hasPrefix("Spot")
    }
}
