import Languages
import Telemetry

/// A node that is no spot node stopped answering, and the agents on it were lost.
struct NodeLostRule: Rule {
    let cause = Cause.nodeLost
    let needs: Set<EvidenceSource> = [.events, .nodes, .metrics, .logs]

    private static let notReadyWeight = 2.5
    private static let lossWeight = 2.0
    private static let furtherLossWeight = 0.3
    /// Whoever loses the controller's node loses all running builds.
    private static let controllerWeight = 1.0
    /// Services that go wrong from that time on, with pods there.
    private static let servedWeight = 2.0
    private static let severalServicesWeight = 1.0
    private static let harmlessWeight = -1.5
    /// A spot node that goes away was taken back, most likely.
    private static let spotWeight = -2.5
    private static let scaleDownWeight = 1.0

    func drafts(in scene: Scene) -> [Draft] {
        scene.nodes.filter {
            $0.notice == nil && ($0.notReady != nil || (($0.wentAway || $0.isTogether) && !$0.losses.isEmpty))
        }.map { draft($0, in: scene) }
    }

    private func draft(_ trouble: NodeTrouble, in scene: Scene) -> Draft {
        let agents = trouble.losses.map(\.agent)
        let builds = scene.builds(harmedOn: agents)
        var findings = NodeFindings.wentAway(trouble, weight: Self.notReadyWeight)
        findings += NodeFindings.losses(trouble, first: Self.lossWeight, further: Self.furtherLossWeight)
        if let spot = trouble.spot, !trouble.isScaledDown {
            findings.append(
                Finding(.nodes, text: "node \(trouble.node) is a spot node \(spot.words)", weight: Self.spotWeight))
        }
        if trouble.isScaledDown {
            findings.append(
                Finding(
                    .events, text: "the autoscaler removed node \(trouble.node)", weight: Self.scaleDownWeight))
        }
        let toll = scene.controllerToll(on: trouble.node)
        let served = scene.nodeTolls.first { $0.node == trouble.node }
        if let controller = scene.controller.pods.first(where: toll.contains) {
            findings.append(
                Finding(
                    .pods, text: "the controller \(controller) ran on node \(trouble.node)",
                    weight: Self.controllerWeight))
        } else if let served {
            findings.append(
                Finding(
                    .traces, at: scene.onset,
                    text:
                        "\(Words.list(served.services.map { "`\($0)`" })) go wrong since, with \(Words.count(served.pods.count, "pod")) on node \(trouble.node)",
                    weight: Self.servedWeight + (served.services.count > 1 ? Self.severalServicesWeight : 0)))
        } else if trouble.losses.isEmpty {
            findings.append(
                Finding(.events, text: "no agent is known to have been lost with it", weight: Self.harmlessWeight))
        }
        let at = [trouble.notReady, trouble.shutdown?.at, trouble.losses.first?.at].compactMap(\.self).min()
        let when: Phrase = at.map { " at \(Words.clock($0))" } ?? .empty
        let what: Phrase =
            trouble.isScaledDown
            ? "Node `\(trouble.node)` was removed by the autoscaler"
            : trouble.shutdown != nil
                ? "Node `\(trouble.node)` was shut down" : "Node `\(trouble.node)` stopped answering"
        return Draft(
            subject: .init(.node, trouble.node),
            statement:
                "\(what)\(when): \(Self.toll(served, agents: agents, builds: builds)).",
            findings: findings,
            recommendations: [
                trouble.isScaledDown
                    ? "Keep the autoscaler off nodes with agents: annotation `cluster-autoscaler.kubernetes.io/safe-to-evict: \"false\"`."
                    : "Look at the node's conditions and kubelet: `kubectl describe node \(trouble.node)`.",
                NodeFindings.rerun(builds),
                trouble.isGone
                    ? "Ask the cloud's activity log what stopped the machine."
                    : "Keep new agents off it until it is understood: `kubectl cordon \(trouble.node)`.",
            ].compactMap(\.self),
            explains: Set(agents).union(builds.map(\.title)).union(toll).union(served?.services ?? [])
                .union(served?.pods ?? []))
    }

    private static func toll(_ served: NodeToll?, agents: [String], builds: [Build]) -> Phrase {
        guard let served, agents.isEmpty, builds.isEmpty else {
            return NodeFindings.toll(agents: agents, builds: builds)
        }
        return
            "calls to \(Words.count(served.pods.count, "pod")) of \(Words.list(served.services.map { "`\($0)`" })) fail"
    }
}
