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
        var toll: [String] = []
        if !restart.lost.isEmpty {
            toll.append(
                "\(Phrases.count(restart.lost.count, "running build")) never reported an end (\(Phrases.list(restart.lost.map(\.title))))"
            )
        }
        if !restart.resumed.isEmpty { toll.append("\(Phrases.count(restart.resumed.count, "build")) went on after it") }
        let consequence = toll.isEmpty ? "" : ": \(toll.joined(separator: ", "))"
        let verb =
            restart.rollout.map { "was restarted \($0.words)" }
            ?? (restart.isPlanned ? "was restarted on purpose" : "restarted")
        let change = restart.rollout?.details.map { " (\($0))" } ?? ""
        let harmed = losses.flatMap(\.builds).map { scene.builds[$0] }
        return [
            Draft(
                subject: .init(.pod, name),
                statement:
                    "The Jenkins controller `\(name)` \(verb) at \(Phrases.clock(restart.at))\(change)\(consequence).",
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
}
