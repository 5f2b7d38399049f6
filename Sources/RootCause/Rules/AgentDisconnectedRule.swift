import Telemetry

/// An agent lost its connection, and nothing says that its pod or node was taken away.
struct AgentDisconnectedRule: Rule {
    let cause = Cause.agentDisconnected
    let needs: Set<EvidenceSource> = [.traces, .logs]

    private static let lossWeight = 2.8
    private static let harmedWeight = 0.8
    private static let readyWeight = 0.5

    func drafts(in scene: Scene) -> [Draft] {
        scene.losses.map { loss in
            let builds = loss.builds.map { scene.builds[$0] }
            var findings = [
                Finding(
                    loss.source, at: loss.at, text: Phrases.short(loss.text), weight: Self.lossWeight,
                    reference: loss.reference)
            ]
            if let build = builds.first {
                findings.append(
                    Finding(
                        .traces, at: build.failedAt, text: "\(build.title) ran on it and did not finish",
                        weight: Self.harmedWeight, reference: .trace(build.traceID, span: nil)))
            }
            if let node = loss.node, scene.nodes.contains(where: { $0.node == node && $0.isReady && !$0.isSpot }) {
                findings.append(Finding(.nodes, text: "its node \(node) is there and ready", weight: Self.readyWeight))
            }
            let toll = builds.isEmpty ? "" : ": \(Phrases.list(builds.map(\.title))) did not finish"
            return Draft(
                subject: .init(.pod, loss.agent),
                statement: "Agent `\(loss.agent)` lost its connection at \(Phrases.clock(loss.at))\(toll).",
                findings: findings,
                recommendations: [
                    "Read the last log lines of agent \(loss.agent), also those of its node.",
                    "Check what ended the connection: a proxy's idle timeout, the pod's deletion, the controller's load.",
                    builds.isEmpty ? nil : "Re-run \(Phrases.list(builds.map(\.title), atMost: 5)).",
                ].compactMap(\.self),
                explains: Set([loss.agent]).union(builds.map(\.title)), isFallback: true)
        }
    }
}
