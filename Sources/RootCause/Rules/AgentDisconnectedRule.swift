import Languages
import Telemetry

/// Agents lost their connection, and nothing says that their pods or nodes were taken away.
///
/// Agents that are lost in the same moment are one finding: what took them was one thing.
struct AgentDisconnectedRule: Rule {
    let cause = Cause.agentDisconnected
    let needs: Set<EvidenceSource> = [.traces, .logs]

    private static let lossWeight = 2.8
    private static let harmedWeight = 0.8
    private static let readyWeight = 0.5
    private static let severalWeight = 0.3

    func drafts(in scene: Scene) -> [Draft] {
        let taken = Set(scene.nodes.filter { $0.wentAway || $0.notice != nil || $0.isTogether }.map(\.node))
        var moments: [[AgentLoss]] = []
        for loss in scene.losses {
            // Those of a node that went away are told apart from others of the same moment.
            let place = moments.lastIndex { group in
                loss.at - group[0].at <= AgentLoss.together
                    && group[0].node.flatMap { taken.contains($0) ? $0 : nil }
                        == loss.node.flatMap { taken.contains($0) ? $0 : nil }
            }
            if let place { moments[place].append(loss) } else { moments.append([loss]) }
        }
        return moments.map { draft($0, in: scene) }
    }

    private func draft(_ losses: [AgentLoss], in scene: Scene) -> Draft {
        let loss = losses[0]
        let agents = losses.map(\.agent)
        let places = Set(losses.flatMap(\.builds)).sorted()
        let builds = places.map { scene.builds[$0] }
        var findings = [
            Finding(
                loss.source, at: loss.at, text: Words.short(loss.text), weight: Self.lossWeight,
                reference: loss.reference)
        ]
        if losses.count > 1 {
            findings.append(
                Finding(
                    loss.source, at: loss.at,
                    text: "\(Words.count(losses.count, "agent")) were lost within a minute: \(Words.list(agents))",
                    weight: Self.severalWeight))
        }
        if let build = builds.first {
            findings.append(
                Finding(
                    build.source, at: build.failedAt, text: "\(build.title) ran on it and did not finish",
                    weight: Self.harmedWeight, reference: .trace(build.traceID, span: nil)))
        }
        if let node = loss.node, scene.nodes.contains(where: { $0.node == node && $0.isReady && !$0.isSpot }) {
            findings.append(Finding(.nodes, text: "its node \(node) is there and ready", weight: Self.readyWeight))
        }
        let who: Phrase =
            losses.count > 1
            ? "\(losses.count) agents lost their connection" : "Agent `\(loss.agent)` lost its connection"
        return Draft(
            subject: .init(.pod, loss.agent),
            statement: "\(who) at \(Words.clock(loss.at))\(NodeFindings.unfinished(builds)).",
            findings: findings,
            recommendations: [
                losses.count > 1
                    ? "Look for what these agents share, a node or a network: `kubectl get pods -o wide`."
                    : "Read the last log lines of agent \(loss.agent), also those of its node.",
                NodeFindings.rerun(builds),
                losses.count > 1
                    ? "Check what ended the connections: a proxy's idle timeout, a network policy, the controller's load."
                    : "Keep the pod for a look the next time: `podRetention onFailure()` in its template.",
            ].compactMap(\.self),
            explains: Set(agents).union(builds.map(\.title)), isFallback: true)
    }
}
