import Languages
import Telemetry

/// The Jenkins controller went down under running builds: it crashed, was moved, or was rolled out.
///
/// The spans of running builds are lost with it, so the builds show as traces whose root never arrives.
struct ControllerRestartRule: Rule {
    let cause = Cause.controllerRestart
    let needs: Set<EvidenceSource> = [.events, .pods, .logs, .metrics, .traces]

    private static let agentsWeight = 0.6
    private static let fewestAgents = 2

    func drafts(in scene: Scene) -> [Draft] {
        guard let restart = ControllerRestart.find(in: scene), let name = scene.controller.name else { return [] }
        let losses = restart.agents(in: scene)
        var findings = restart.findings
        if losses.count >= Self.fewestAgents, let first = losses.first {
            findings.append(
                Finding(
                    first.source, at: first.at, text: "\(losses.count) agents lost their connection at that time",
                    weight: Self.agentsWeight, reference: first.reference))
        }
        var toll: [Phrase] = []
        if !restart.lost.isEmpty { toll.append(Self.unended(restart.lost)) }
        if !restart.resumed.isEmpty {
            toll.append(
                restart.resumed.count == 1
                    ? "\(1) build went on after it" : "\(restart.resumed.count) builds went on after it")
        }
        let consequence: Phrase = toll.isEmpty ? .empty : ": \(toll.joined(separator: ", "))"
        let verb: Phrase =
            restart.rollout.map { "was restarted \($0.words)" }
            ?? (restart.isPlanned ? "was restarted on purpose" : "restarted")
        let change: Phrase = restart.rollout?.details.map { " (\($0))" } ?? .empty
        let harmed = losses.flatMap(\.builds).map { scene.builds[$0] }
        return [
            Draft(
                subject: .init(.pod, name),
                statement:
                    "The Jenkins controller `\(name)` \(verb) at \(Words.clock(restart.at))\(change)\(consequence).",
                findings: findings,
                recommendations: [
                    restart.isPlanned
                        ? "Put the controller into quiet mode before a rollout, so that builds end first."
                        : "See why it ended: `kubectl describe pod \(name)` and `kubectl logs --previous \(name)`.",
                    NodeFindings.rerun(restart.lost),
                    "Let pipelines survive it: durability `MAX_SURVIVABILITY` for jobs that must not be lost.",
                ].compactMap(\.self),
                explains: Set([name]).union((restart.lost + restart.resumed + harmed).map(\.title))
                    .union(losses.map(\.agent)),
                // What took the controller down is the better answer where something says it.
                isFallback: true)
        ]
    }

    /// Builds that the controller took with it, `2 running builds never reported an end (shop/main #77 and …)`.
    static func unended(_ lost: [Build]) -> Phrase {
        let titles = Words.list(lost.map(\.title))
        return lost.count == 1
            ? "\(1) running build never reported an end (\(titles))"
            : "\(lost.count) running builds never reported an end (\(titles))"
    }
}
