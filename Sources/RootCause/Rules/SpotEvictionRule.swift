import Languages
import Telemetry

/// The cloud took a spot node back, and the agents on it with it.
///
/// Notice and drain are best effort: a spot node that vanished or went NotReady together with a closed channel was
/// preempted, even if no event says so. One preemption that kills several builds is one hypothesis.
struct SpotEvictionRule: Rule {
    let cause = Cause.spotEviction
    let needs: Set<EvidenceSource> = [.events, .nodes, .metrics, .logs]

    private static let noticeWeight = 3.0
    private static let spotWeight = 1.0
    /// A name is what somebody called it.
    private static let namedSpotWeight = 0.5
    private static let wentAwayWeight = 1.5
    private static let confirmedWeight = 0.5
    private static let lossWeight = 2.0
    private static let furtherLossWeight = 0.3
    private static let timeJoinWeight = 1.2
    private static let readyWeight = -2.0
    /// Whoever loses the controller's node loses all running builds.
    private static let controllerWeight = 1.0
    private static let harmlessWeight = -2.0
    private static let scaleDownWeight = -2.5

    func drafts(in scene: Scene) -> [Draft] {
        scene.nodes.filter { $0.notice != nil || ($0.isSpot && !$0.losses.isEmpty && ($0.wentAway || $0.isTogether)) }
            .map { draft($0, in: scene) }
    }

    private func draft(_ trouble: NodeTrouble, in scene: Scene) -> Draft {
        let agents = trouble.losses.map(\.agent)
        let builds = scene.builds(harmedOn: agents)
        var findings: [Finding] = []
        if let notice = trouble.notice {
            findings.append(
                Finding(
                    notice.source, at: notice.at, text: "node \(trouble.node): \(Words.short(notice.text))",
                    weight: Self.noticeWeight))
        }
        if let spot = trouble.spot {
            findings.append(
                Finding(
                    .nodes, text: "node \(trouble.node) is a spot node \(spot.words)",
                    weight: spot == .byName ? Self.namedSpotWeight : Self.spotWeight))
        }
        findings += NodeFindings.wentAway(
            trouble, weight: trouble.notice == nil ? Self.wentAwayWeight : Self.confirmedWeight)
        findings += NodeFindings.losses(
            trouble, first: trouble.isJoinedByTime ? Self.timeJoinWeight : Self.lossWeight,
            further: Self.furtherLossWeight)
        if trouble.isReady, !trouble.isGone, trouble.notice == nil {
            findings.append(
                Finding(.nodes, text: "node \(trouble.node) is still there and ready", weight: Self.readyWeight))
        }
        if trouble.isScaledDown, trouble.notice == nil {
            findings.append(
                Finding(.events, text: "the autoscaler removed node \(trouble.node)", weight: Self.scaleDownWeight))
        }
        let toll = scene.controllerToll(on: trouble.node)
        if let controller = scene.controller.pods.first(where: toll.contains) {
            findings.append(
                Finding(
                    .pods, text: "the controller \(controller) ran on node \(trouble.node)",
                    weight: Self.controllerWeight))
        } else if trouble.losses.isEmpty {
            findings.append(
                Finding(.events, text: "no agent is known to have been lost with it", weight: Self.harmlessWeight))
        }
        let at = [trouble.notice?.at, trouble.notReady, trouble.shutdown?.at, trouble.losses.first?.at]
            .compactMap(\.self).min()
        let when: Phrase = at.map { " at \(Words.clock($0))" } ?? .empty
        let what: Phrase =
            trouble.notice == nil
            ? "Spot node `\(trouble.node)` went away" : "Spot node `\(trouble.node)` was preempted"
        return Draft(
            subject: .init(.node, trouble.node),
            statement:
                "\(what)\(when): \(NodeFindings.toll(agents: agents, builds: builds)).",
            findings: findings,
            recommendations: [
                NodeFindings.rerun(builds), NodeFindings.retry,
                "Move jobs that must not lose their agent, releases for instance, to an on-demand node pool.",
            ].compactMap(\.self),
            explains: Set(agents).union(builds.map(\.title)).union(toll), isInferred: trouble.notice == nil)
    }
}
