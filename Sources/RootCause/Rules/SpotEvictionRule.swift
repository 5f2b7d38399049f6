import Telemetry

/// The cloud took a spot node back, and the agents on it with it.
///
/// Notice and drain are best effort: a spot node that vanished or went NotReady together with a closed channel was
/// preempted, even if no event says so. One preemption that kills several builds is one hypothesis.
struct SpotEvictionRule: Rule {
    let cause = Cause.spotEviction
    let needs: Set<EvidenceSource> = [.events, .nodes]

    private static let noticeWeight = 3.0
    private static let spotWeight = 1.0
    private static let wentAwayWeight = 1.5
    private static let confirmedWeight = 0.5
    private static let lossWeight = 2.0
    private static let furtherLossWeight = 0.3
    private static let timeJoinWeight = 1.2
    private static let readyWeight = -2.0
    private static let harmlessWeight = -2.0

    func drafts(in scene: Scene) -> [Draft] {
        scene.nodes.filter { $0.notice != nil || ($0.isSpot && !$0.losses.isEmpty) }.map { draft($0, in: scene) }
    }

    private func draft(_ trouble: NodeTrouble, in scene: Scene) -> Draft {
        let agents = trouble.losses.map(\.agent)
        let builds = scene.builds(harmedOn: agents)
        var findings: [Finding] = []
        if let notice = trouble.notice {
            findings.append(
                Finding(
                    .events, at: notice.at,
                    text: "node \(trouble.node): \(notice.reason): \(Phrases.short(notice.message))",
                    weight: Self.noticeWeight))
        }
        if trouble.isSpot {
            findings.append(
                Finding(.nodes, text: "node \(trouble.node) is a spot node by its labels", weight: Self.spotWeight))
        }
        findings += NodeFindings.wentAway(
            trouble, weight: trouble.notice == nil ? Self.wentAwayWeight : Self.confirmedWeight)
        findings += NodeFindings.losses(
            trouble, first: trouble.isJoinedByTime ? Self.timeJoinWeight : Self.lossWeight,
            further: Self.furtherLossWeight)
        if trouble.isReady, trouble.notice == nil {
            findings.append(
                Finding(.nodes, text: "node \(trouble.node) is still there and ready", weight: Self.readyWeight))
        }
        if trouble.losses.isEmpty {
            findings.append(
                Finding(.events, text: "no agent is known to have been lost with it", weight: Self.harmlessWeight))
        }
        let at = [trouble.notice?.at, trouble.notReady, trouble.losses.first?.at].compactMap(\.self).min()
        let when = at.map { " at \(Phrases.clock($0))" } ?? ""
        let verb = trouble.notice == nil ? "went away" : "was preempted"
        var recommendations: [String] = []
        if !builds.isEmpty { recommendations.append("Re-run \(Phrases.list(builds.map(\.title), atMost: 5)).") }
        recommendations += [
            "Wrap the stages that run on agents in `retry(count: 2, conditions: [kubernetesAgent(), nonresumable()])`.",
            "Move jobs that must not lose their agent, releases for instance, to an on-demand node pool.",
        ]
        return Draft(
            subject: .init(.node, trouble.node),
            statement:
                "Spot node `\(trouble.node)` \(verb)\(when): \(NodeFindings.toll(agents: agents, builds: builds)).",
            findings: findings, recommendations: recommendations,
            explains: Set(agents).union(builds.map(\.title)))
    }
}

/// What several rules say of a node that goes away.
enum NodeFindings {
    private static let mostLosses = 3

    static func wentAway(_ trouble: NodeTrouble, weight: Double) -> [Finding] {
        if let notReady = trouble.notReady {
            return [Finding(.events, at: notReady, text: "node \(trouble.node) went NotReady", weight: weight)]
        }
        guard trouble.isGone else { return [] }
        return [Finding(.nodes, text: "node \(trouble.node) is no longer in the cluster", weight: weight)]
    }

    static func losses(_ trouble: NodeTrouble, first: Double, further: Double) -> [Finding] {
        trouble.losses.prefix(mostLosses).enumerated().map { position, loss in
            Finding(
                loss.source, at: loss.at, text: "agent \(loss.agent) lost: \(Phrases.short(loss.text))",
                weight: position == 0 ? first : further, reference: loss.reference)
        }
    }

    /// `3 agents lost, 3 builds did not finish`
    static func toll(agents: [String], builds: [Build]) -> String {
        if agents.isEmpty, builds.isEmpty { return "no agent is known to have been lost" }
        let lost = "\(Phrases.count(agents.count, "agent")) lost"
        guard !builds.isEmpty else { return lost }
        return lost + ", \(Phrases.count(builds.count, "build")) did not finish (\(Phrases.list(builds.map(\.title))))"
    }
}
