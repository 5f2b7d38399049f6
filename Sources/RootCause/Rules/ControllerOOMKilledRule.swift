import Languages
import Telemetry

/// The Jenkins controller ran out of memory: the kernel killed it, or its Java heap was used up.
struct ControllerOOMKilledRule: Rule {
    let cause = Cause.controllerOOMKilled
    let needs: Set<EvidenceSource> = [.pods, .events, .logs, .metrics]

    private static let killedWeight = 3.8
    private static let eventWeight = 3.2
    private static let heapWeight = 3.6
    private static let restartWeight = 0.6
    private static let memoryWeight = 0.6
    private static let full = 0.9

    func drafts(in scene: Scene) -> [Draft] {
        guard let name = scene.controller.name else { return [] }
        var findings: [Finding] = []
        if let end = scene.controllerEnds.first(where: { $0.reason == PodEnd.outOfMemory }) {
            findings.append(
                Finding(
                    end.source, at: end.at, text: "container \(end.container) of \(end.pod) was OOMKilled",
                    weight: Self.killedWeight, reference: .logsOfPod(namespace: nil, pod: end.pod)))
        }
        let pods = Set(scene.controller.pods)
        let restart = ControllerRestart.find(in: scene)
        let kills = scene.events(["OOMKilling"]).filter {
            pods.contains($0.object.name) || NamedAgent.find(in: $0.message, among: pods) != nil
                || isOfController($0, restart, in: scene)
        }
        if let kill = kills.first {
            findings.append(
                Finding(
                    .events, at: kill.at, text: "OOMKilling: \(Words.short(kill.message))",
                    weight: findings.isEmpty ? Self.eventWeight : Self.restartWeight))
        }
        let isKilled = !findings.isEmpty
        let heap = scene.controllerLines(with: ["java.lang.OutOfMemoryError"]).first
        if let heap {
            findings.append(
                Finding(
                    .logs, at: heap.at, text: Words.quotation(heap.line),
                    weight: findings.isEmpty ? Self.heapWeight : Self.restartWeight,
                    reference: heap.pod.map { .logsOfPod(namespace: heap.namespace, pod: $0) }))
        }
        guard let at = findings.compactMap(\.at).min() else { return [] }
        findings += memory(of: pods, in: scene)
        let losses = restart?.agents(in: scene) ?? []
        let builds = (restart?.lost ?? []) + (restart?.resumed ?? [])
        if restart != nil {
            findings.append(
                Finding(
                    .traces, at: builds.first?.end ?? at,
                    text: "the controller restarted; \(Words.count(builds.count, "build")) ran at that time",
                    weight: Self.restartWeight))
        }
        let how: Phrase = isKilled ? "was killed for using too much memory" : "used up its Java heap"
        let lost = restart?.lost ?? []
        let toll: Phrase = lost.isEmpty ? .empty : ": \(ControllerRestartRule.unended(lost))"
        let harmed = losses.flatMap(\.builds).map { scene.builds[$0] }
        return [
            Draft(
                subject: .init(.pod, name),
                statement: "The Jenkins controller `\(name)` \(how) at \(Words.clock(at))\(toll).",
                findings: findings,
                recommendations: [
                    isKilled
                        ? "Raise the memory limit of `\(name)`, or lower `-Xmx`: heap and the rest must fit into it."
                        : "Raise `-Xmx` of the controller, and its memory limit with it.",
                    NodeFindings.rerun(restart?.lost ?? []),
                    "See what fills the heap: a heap dump (`-XX:+HeapDumpOnOutOfMemoryError`), kept builds, large logs.",
                ].compactMap(\.self),
                explains: Set([name]).union((builds + harmed).map(\.title)).union(losses.map(\.agent)))
        ]
    }

    /// The kernel names processes and no pods: one of Java, on the controller's node, just before the controller restarted.
    ///
    /// Where the controller ran is often not known. Then it is its node unless agents ran there: those run Java too.
    private func isOfController(_ kill: ClusterEvent, _ restart: ControllerRestart?, in scene: Scene) -> Bool {
        guard let restart, kill.object.kind == "Node", kill.message.contains("(java)"),
            kill.at - BuildReader.clockSkew <= restart.at, restart.at - kill.at <= ControllerRestart.startingTime
        else { return false }
        let node = kill.object.name
        let known = scene.controller.pods.compactMap(scene.cluster.node(of:))
        guard known.isEmpty else { return known.contains(node) }
        return !scene.builds.contains { build in
            build.population == .window && build.agents.contains { scene.cluster.node(of: $0) == node }
        }
    }

    private func memory(of pods: Set<String>, in scene: Scene) -> [Finding] {
        let row = scene.metrics.rows.first { row in
            row.meaning == .memory && row.pod.map(pods.contains) ?? false
                && row.scale.map { row.worst / $0 >= Self.full } ?? false
        }
        guard let row, let scale = row.scale else { return [] }
        return [
            Finding(
                .metrics, text: "\(row.name) of \(row.pod ?? "") reached \(Words.percent(row.worst / scale))",
                weight: Self.memoryWeight)
        ]
    }
}
