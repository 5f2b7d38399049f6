import Telemetry

/// A node that showed signs of going away, and the agents that were lost on it.
struct NodeTrouble: Hashable, Sendable {
    let node: String
    let spot: ClusterView.Spot?
    /// What announced that the cloud takes it back.
    let notice: NodeNotice?
    let notReady: Timestamp?
    /// What the kubelet said of the node's own shutdown.
    let shutdown: NodeNotice?
    /// Whether the cluster no longer lists it.
    let isGone: Bool
    /// Whether the cluster's autoscaler took it away because it was not needed.
    let isScaledDown: Bool
    /// Whether the cluster lists it as ready.
    let isReady: Bool
    let losses: [AgentLoss]
    /// Whether the agents were joined to the node only by the time: where they ran is not known.
    let isJoinedByTime: Bool
    /// Whether several agents were lost within a minute, and only on this node.
    let isTogether: Bool

    var isSpot: Bool { spot != nil }

    /// Whether anything but the loss of its agents says that it went away.
    var wentAway: Bool { notReady != nil || isGone || shutdown != nil }

    /// Kubernetes calls a node NotReady 40 s (since 1.32: 50 s) after its last sign of life and looks every 5 s; clocks
    /// differ. What is reported this long after an agent was lost can still be its cause, and not later.
    static let reportingDelay = Duration.seconds(75)
    /// A notice announces the end in 30 s (Azure, Google) to 120 s (AWS); Jenkins gives a lost agent 5 min to come back.
    static let noticePeriod = Duration.seconds(480)

    /// In the order of their names.
    static func all(
        losses: [AgentLoss], builds: [Build], logs: LogTable, cluster: ClusterView, window: TimeWindow
    ) -> [NodeTrouble] {
        let notices = NodeNotice.all(in: cluster, window: window)
        let shutdowns = NodeNotice.shutdowns(in: cluster, window: window, losses: losses, builds: builds, logs: logs)
        let announced = Set(notices.map(\.node))
        let silent = cluster.events.filter {
            $0.reason == "NodeNotReady" && $0.object.kind == "Node" && window.overlaps($0)
        }
        let names = announced.union(losses.compactMap(\.node)).union(shutdowns.map(\.node))
            .union(silent.map(\.object.name))
        let nodesWithPods = Set(losses.compactMap(\.node))
        return names.sorted().map { name in
            // What the kubelet did to a pod by itself is no sign that its node went.
            var own = losses.filter { $0.node == name && !isOfPod($0, in: cluster) }
            var isJoinedByTime = false
            let known = notices.filter { $0.node == name }
            // Where the agents ran is not known, but only one node was announced to go just before.
            if own.isEmpty, let notice = known.first, announced.count == 1 {
                own = losses.filter {
                    $0.node == nil && notice.at - .seconds(30) <= $0.at && $0.at <= notice.at + noticePeriod
                }
                isJoinedByTime = !own.isEmpty
            }
            let first = own.map(\.at).min()
            let last = own.map(\.at).max()
            func isInTime(_ instant: Timestamp) -> Bool {
                guard let first, let last else { return true }
                return first - noticePeriod <= instant && instant <= last + reportingDelay
            }
            let ready = cluster.nodes[name]?.conditions.first { $0.type == "Ready" }
            let notReady = cluster.notReady(name).first {
                window.end > $0 && isInTime($0) && (first != nil || window.start <= $0)
            }
            let crowd = own.filter { $0.at - (first ?? $0.at) <= AgentLoss.together }
            return NodeTrouble(
                node: name, spot: cluster.spot(name), notice: known.first { isInTime($0.at) }, notReady: notReady,
                shutdown: shutdowns.first { $0.node == name && isInTime($0.at) },
                isGone: cluster.isGone(name) && !hasLived(name, after: last, builds: builds, in: cluster),
                isScaledDown: cluster.events(of: "Node", name).contains { $0.reason == "ScaleDown" },
                isReady: ready?.status == "True" && notReady == nil, losses: own, isJoinedByTime: isJoinedByTime,
                isTogether: crowd.count > 1 && nodesWithPods == [name])
        }
    }

    /// Whether the agent's pod was killed or evicted alone, for what it used.
    private static func isOfPod(_ loss: AgentLoss, in cluster: ClusterView) -> Bool {
        func isNear(_ instant: Timestamp?) -> Bool {
            instant.map { loss.at - noticePeriod <= $0 && $0 <= loss.at + AgentLoss.together } ?? true
        }
        return cluster.ends(of: loss.agent).contains { $0.reason == PodEnd.outOfMemory && isNear($0.at) }
            || cluster.events(of: "Pod", loss.agent).contains { $0.reason == "Evicted" && isNear($0.at) }
    }

    /// Whether a build went well on it after its agents were lost: then it is gone since, and not why they were.
    private static func hasLived(
        _ node: String, after loss: Timestamp?, builds: [Build], in cluster: ClusterView
    ) -> Bool {
        guard let loss else { return false }
        return builds.contains { build in
            build.outcome == .success && build.end > loss + reportingDelay
                && build.agents.count == 1 && cluster.node(of: build.agents[0]) == node
        }
    }
}
