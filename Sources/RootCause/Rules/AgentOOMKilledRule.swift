import Telemetry

/// The kernel killed a container of an agent because it used more memory than its limit.
///
/// Exit code 137 alone only says that something sent SIGKILL. What log lines say of it is a signature
/// (`Config/signatures/agent-oom-killed.yaml`).
struct AgentOOMKilledRule: Rule {
    let cause = Cause.agentOOMKilled
    let needs: Set<EvidenceSource> = [.pods, .events]

    private static let killedWeight = 3.5
    private static let eventWeight = 3.0
    private static let exitCodeWeight = 1.2
    private static let harmedWeight = 1.2
    private static let harmlessWeight = -2.0
    private static let killSignalExit = 137

    func drafts(in scene: Scene) -> [Draft] {
        var findings: [String: [Finding]] = [:]
        let agents = Set(scene.builds.flatMap(\.agents)).union(scene.losses.map(\.agent))
        for pod in scene.cluster.pods.values.sorted(by: { $0.name < $1.name })
        where agents.contains(pod.name) || scene.cluster.isAgent(pod) {
            for end in pod.terminations where isRecent(end.finishedAt, in: scene) {
                let reference = Reference.logsOfPod(namespace: pod.namespace, pod: pod.name)
                if end.reason == "OOMKilled" {
                    findings[pod.name, default: []].append(
                        Finding(
                            .pods, at: end.finishedAt, text: "container \(end.container) of \(pod.name) was OOMKilled",
                            weight: Self.killedWeight, reference: reference))
                } else if end.exitCode == Self.killSignalExit, !findings.keys.contains(pod.name) {
                    findings[pod.name, default: []].append(
                        Finding(
                            .pods, at: end.finishedAt,
                            text: "container \(end.container) of \(pod.name) ended with exit code 137 (SIGKILL)",
                            weight: Self.exitCodeWeight, reference: reference))
                }
            }
        }
        for event in scene.events(["OOMKilling"]) {
            let named = NamedAgent.find(in: event.message, among: agents)
            if let pod = named ?? (agents.contains(event.object.name) ? event.object.name : nil) {
                findings[pod, default: []].append(
                    Finding(
                        .events, at: event.at, text: "OOMKilling: \(Phrases.short(event.message))",
                        weight: Self.eventWeight))
            }
        }
        return findings.sorted { $0.key < $1.key }.map { pod, found in draft(pod, found, in: scene) }
    }

    private func isRecent(_ instant: Timestamp?, in scene: Scene) -> Bool {
        instant.map { scene.evidence.window.start <= $0 && $0 < scene.evidence.window.end } ?? true
    }

    private func draft(_ pod: String, _ found: [Finding], in scene: Scene) -> Draft {
        let builds = scene.builds(harmedOn: [pod])
        var findings = found
        if let build = builds.first {
            findings.append(
                Finding(
                    .traces, at: build.failedAt, text: "\(build.title) ran on it and did not finish",
                    weight: Self.harmedWeight,
                    reference: .trace(build.traceID, span: build.step.map { scene.spans.span(of: $0.row).id })))
        }
        if builds.isEmpty, scene.builds.contains(where: { $0.population == .window && $0.agents.contains(pod) }) {
            findings.append(Finding(.traces, text: "the builds on it ended well", weight: Self.harmlessWeight))
        }
        let when = found.compactMap(\.at).min().map { " at \(Phrases.clock($0))" } ?? ""
        let toll = builds.isEmpty ? "" : ": \(Phrases.list(builds.map(\.title))) did not finish"
        return Draft(
            subject: .init(.pod, pod), statement: "Agent `\(pod)` was killed for using too much memory\(when)\(toll).",
            findings: findings,
            recommendations: [
                "Raise the memory limit of the agent's container, or lower the heap of the tool in it (`-Xmx`).",
                "See what the build used: container_memory_working_set_bytes of pod \(pod).",
                builds.isEmpty ? nil : "Re-run \(Phrases.list(builds.map(\.title), atMost: 5)) after that.",
            ].compactMap(\.self),
            explains: Set([pod]).union(builds.map(\.title)))
    }
}
