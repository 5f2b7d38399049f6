import Telemetry

/// A node that is no spot node stopped answering, and the agents on it were lost.
struct NodeLostRule: Rule {
    let cause = Cause.nodeLost
    let needs: Set<EvidenceSource> = [.events, .nodes]

    private static let notReadyWeight = 2.5
    private static let lossWeight = 2.0
    private static let furtherLossWeight = 0.3
    private static let harmlessWeight = -1.5
    /// A spot node that goes away was taken back, most likely.
    private static let spotWeight = -2.5

    func drafts(in scene: Scene) -> [Draft] {
        scene.nodes.filter { $0.notice == nil && ($0.notReady != nil || ($0.isGone && !$0.losses.isEmpty)) }
            .map { draft($0, in: scene) }
    }

    private func draft(_ trouble: NodeTrouble, in scene: Scene) -> Draft {
        let agents = trouble.losses.map(\.agent)
        let builds = scene.builds(harmedOn: agents)
        var findings = NodeFindings.wentAway(trouble, weight: Self.notReadyWeight)
        findings += NodeFindings.losses(trouble, first: Self.lossWeight, further: Self.furtherLossWeight)
        if trouble.isSpot {
            findings.append(
                Finding(.nodes, text: "node \(trouble.node) is a spot node by its labels", weight: Self.spotWeight))
        }
        if trouble.losses.isEmpty {
            findings.append(
                Finding(.events, text: "no agent is known to have been lost with it", weight: Self.harmlessWeight))
        }
        let when = (trouble.notReady ?? trouble.losses.first?.at).map { " at \(Phrases.clock($0))" } ?? ""
        var recommendations = ["Look at the node's conditions and kubelet: `kubectl describe node \(trouble.node)`."]
        if !builds.isEmpty { recommendations.append("Re-run \(Phrases.list(builds.map(\.title), atMost: 5)).") }
        recommendations.append(
            "Keep new agents off it until it is understood: `kubectl cordon \(trouble.node)`.")
        return Draft(
            subject: .init(.node, trouble.node),
            statement:
                "Node `\(trouble.node)` stopped answering\(when): \(NodeFindings.toll(agents: agents, builds: builds)).",
            findings: findings, recommendations: recommendations, explains: Set(agents).union(builds.map(\.title)))
    }
}
