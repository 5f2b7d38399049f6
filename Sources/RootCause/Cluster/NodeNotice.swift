import Telemetry

/// Something that said that a node would go: the cloud's notice, or the kubelet that shuts down.
struct NodeNotice: Hashable, Sendable {
    let node: String
    let at: Timestamp
    /// `PreemptScheduled: VM is scheduled for preemption`
    let text: String
    let source: EvidenceSource

    /// Notices that the cloud takes a spot node back, in the order of time.
    static func all(in cluster: ClusterView, window: TimeWindow) -> [NodeNotice] {
        var found = cluster.events.filter { event in
            window.overlaps(event) && (isNotice(event) || isFollowedRecommendation(event, in: cluster))
        }.map { event in
            NodeNotice(node: event.object.name, at: event.at, text: text(event.reason, event.message), source: .events)
        }
        for node in cluster.nodes.values.sorted(by: { $0.name < $1.name })
        where !found.contains(where: { $0.node == node.name }) {
            for condition in node.conditions where isNotice(condition) {
                guard let since = condition.since, window.contains(since) else { continue }
                found.append(
                    NodeNotice(
                        node: node.name, at: since, text: text(condition.reason, condition.message), source: .nodes))
            }
        }
        return found.sorted { ($0.at, $0.node, $0.text) < ($1.at, $1.node, $1.text) }
    }

    /// Nodes whose kubelet ended its pods because the machine was shutting down: on Google's spot nodes there is often
    /// no other notice.
    ///
    /// - Parameter losses: say when, where the pod's state does not, and which agent a line of its build's log is about.
    static func shutdowns(
        in cluster: ClusterView, window: TimeWindow, losses: [AgentLoss], builds: [Build], logs: LogTable
    ) -> [NodeNotice] {
        var found: [NodeNotice] = []
        for pod in cluster.pods.values.sorted(by: { $0.name < $1.name })
        where shutdownMarks.areIn(pod.message) || pod.reason == "NodeShutdown" {
            guard let node = cluster.node(of: pod.name) else { continue }
            let ended = cluster.ends(of: pod.name).compactMap(\.at).filter(window.contains).min()
            guard let at = ended ?? losses.first(where: { $0.agent == pod.name })?.at else { continue }
            found.append(NodeNotice(node: node, at: at, text: "pod \(pod.name): \(pod.message)", source: .pods))
        }
        for event in cluster.events where window.overlaps(event) && shutdownMarks.areIn(event.message) {
            let node = event.object.kind == "Node" ? event.object.name : cluster.node(of: event.object.name)
            guard let node else { continue }
            found.append(NodeNotice(node: node, at: event.at, text: text(event.reason, event.message), source: .events))
        }
        let telling = logs.templates { shutdownMarks.areIn($0) }
        let lost = Set(losses.map(\.agent))
        for (row, entry) in zip(logs.rows, logs.entries)
        where row.population == .window && telling[row.template] && shutdownMarks.areIn(entry.line) {
            let agents = builds.filter { $0.traceID == entry.traceID }.flatMap(\.agents).filter(lost.contains)
            guard let agent = NamedAgent.find(in: entry.line, among: lost) ?? agents.first,
                let node = cluster.node(of: agent)
            else { continue }
            found.append(NodeNotice(node: node, at: entry.at, text: entry.line, source: .logs))
        }
        return found.sorted { ($0.at, $0.node, $0.text) < ($1.at, $1.node, $1.text) }
    }

    private static let shutdownMarks = Marks(["imminent node shutdown", "node is shutting down"])

    /// Whether the event says that the cloud takes a spot node back. Azure's `PreemptScheduled`, the node termination
    /// handler's `SpotInterruption` and Karpenter's `SpotInterrupted`; a recommendation to rebalance is none yet.
    static func isNotice(_ event: ClusterEvent) -> Bool {
        event.object.kind == "Node" && isNotice(event.reason)
    }

    /// Amazon's recommendation to move away from a spot node is as good as a notice once the node was drained for it.
    private static func isFollowedRecommendation(_ event: ClusterEvent, in cluster: ClusterView) -> Bool {
        guard event.object.kind == "Node", event.reason.hasSuffix("RebalanceRecommendation") else { return false }
        return cluster.events(of: "Node", event.object.name).contains {
            $0.reason == "CordonAndDrain" && $0.at >= event.at
        }
    }

    private static func isNotice(_ reason: String) -> Bool {
        (reason.hasPrefix("Preempt") || reason.hasPrefix("Spot")) && !reason.contains("Rebalance")
    }

    private static func isNotice(_ condition: NodeState.Condition) -> Bool {
        condition.status == "True" && (isNotice(condition.reason) || isNotice(condition.type))
            && !condition.reason.hasPrefix("No")
    }

    private static func text(_ reason: String, _ message: String) -> String {
        message.isEmpty ? reason : "\(reason): \(message)"
    }
}
