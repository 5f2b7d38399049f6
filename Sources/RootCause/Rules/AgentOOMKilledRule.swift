import Languages
import Telemetry

/// The kernel killed a container of an agent, or a process in it, because it used more memory than its limit.
///
/// Exit code 137 alone only says that something sent SIGKILL. What log lines say of it is a signature
/// (`Config/signatures/agent-oom-killed.yaml`).
struct AgentOOMKilledRule: Rule {
    let cause = Cause.agentOOMKilled
    let needs: Set<EvidenceSource> = [.pods, .events, .metrics]

    private static let killedWeight = 3.5
    /// The pod's status has the reason and the signal: the kernel's verdict, written down by the kubelet.
    private static let verdictWeight = 0.9
    private static let eventWeight = 3.0
    private static let repeatedWeight = 0.5
    private static let exitCodeWeight = 1.2
    private static let memoryWeight = 0.8
    private static let harmedWeight = 1.2
    private static let harmlessWeight = -2.9
    /// Memory in use above this share of its limit is about to be too much.
    private static let full = 0.9

    func drafts(in scene: Scene) -> [Draft] {
        var findings: [String: [Finding]] = [:]
        let agents = Set(scene.builds.flatMap(\.agents)).union(scene.losses.map(\.agent))
        func isAgent(_ pod: String) -> Bool {
            !scene.controller.isPod(pod)
                && (agents.contains(pod) || scene.cluster.pods[pod].map(scene.cluster.isAgent) ?? false)
        }
        for pod in scene.cluster.podsWithEnds where isAgent(pod) {
            for end in scene.cluster.ends(of: pod) where isRecent(end, in: scene) {
                add(end, to: &findings[pod, default: []])
            }
        }
        for event in scene.events(["OOMKilling"]) {
            guard let pod = pod(killedBy: event, among: agents, in: scene) else { continue }
            add(
                Finding(
                    .events, at: event.at, text: "OOMKilling: \(Words.short(event.message))",
                    weight: Self.eventWeight),
                to: &findings[pod, default: []])
        }
        findings = findings.filter { !$0.value.isEmpty }
        return findings.sorted { $0.key < $1.key }.map { pod, found in draft(pod, found, in: scene) }
    }

    private func isRecent(_ end: PodEnd, in scene: Scene) -> Bool {
        guard let at = end.at else { return true }
        return scene.evidence.window.contains(at) && (end.source == .pods || at > scene.evidence.window.start)
    }

    private func add(_ end: PodEnd, to findings: inout [Finding]) {
        let reference = Reference.logsOfPod(namespace: nil, pod: end.pod)
        if end.reason == PodEnd.outOfMemory {
            let isVerdict = end.source == .pods && end.exitCode == PodEnd.killedExitCode
            add(
                Finding(
                    end.source, at: end.at,
                    text: "container \(end.container) of \(end.pod) was OOMKilled"
                        + (isVerdict ? " (exit code 137)" : .empty),
                    weight: Self.killedWeight + (isVerdict ? Self.verdictWeight : 0), reference: reference),
                to: &findings)
        } else if end.exitCode == PodEnd.killedExitCode {
            add(
                Finding(
                    end.source, at: end.at,
                    text: "container \(end.container) of \(end.pod) ended with exit code 137 (SIGKILL)",
                    weight: Self.exitCodeWeight, reference: reference), to: &findings)
        }
    }

    /// Of several that say the same, only the first counts in full.
    private func add(_ finding: Finding, to findings: inout [Finding]) {
        let isProven = findings.contains { $0.weight >= Self.eventWeight }
        let isWeak = finding.weight < Self.eventWeight
        if isWeak, findings.contains(where: { $0.weight == Self.exitCodeWeight }) { return }
        findings.append(
            isProven
                ? Finding(
                    finding.source, at: finding.at, text: finding.text,
                    weight: min(finding.weight, Self.repeatedWeight), reference: finding.reference)
                : finding)
    }

    /// The agent in which a process was killed: named by the event, or else the only one of that node whose build failed
    /// just then. The kernel's message names processes, not pods.
    private func pod(killedBy event: ClusterEvent, among agents: Set<String>, in scene: Scene) -> String? {
        if agents.contains(event.object.name) { return event.object.name }
        if let named = NamedAgent.find(in: event.message, among: agents) { return named }
        guard event.object.kind == "Node" else { return nil }
        let failed = scene.failedBuilds.filter {
            $0.isHarmed(at: event.at) && $0.failedAt - event.at <= AgentLoss.together
        }
        let there = Set(failed.flatMap(\.agents)).filter { scene.cluster.node(of: $0) == event.object.name }
        return there.count == 1 ? there.first : nil
    }

    private func draft(_ pod: String, _ found: [Finding], in scene: Scene) -> Draft {
        let at = found.compactMap(\.at).min()
        let builds = scene.builds(harmedOn: [pod], at: at)
        var findings = found + memory(of: pod, in: scene)
        if let line = line(about: pod, in: scene) {
            findings.append(
                Finding(
                    .logs, at: line.at, text: Words.quotation(line.line), weight: Self.repeatedWeight,
                    reference: .logsOfPod(namespace: nil, pod: pod)))
        }
        if let build = builds.first {
            findings.append(
                Finding(
                    build.source, at: build.failedAt, text: "\(build.title) ran on it and did not finish",
                    weight: Self.harmedWeight,
                    reference: .trace(build.traceID, span: build.step.map { scene.spans.span(of: $0.row).id })))
        }
        if builds.isEmpty, scene.builds.contains(where: { $0.population == .window && $0.agents.contains(pod) }) {
            findings.append(
                Finding(
                    .traces, text: "no build on it failed then or later", weight: Self.harmlessWeight))
        }
        let when: Phrase = at.map { " at \(Words.clock($0))" } ?? .empty
        let container = scene.cluster.ends(of: pod).first { $0.reason == PodEnd.outOfMemory }?.container ?? ""
        let usage: Phrase = memory(of: pod, in: scene).first.map { " (\($0.text))" } ?? .empty
        return Draft(
            subject: .init(.pod, pod),
            statement: "Agent `\(pod)` was killed for using too much memory\(when)\(NodeFindings.unfinished(builds)).",
            findings: findings,
            recommendations: [
                container.isEmpty
                    ? "Raise the memory limit of the agent's container\(usage), or lower the heap of the tool in it (`-Xmx`)."
                    : "Raise the memory limit of container `\(container)`\(usage), or lower the heap of the tool in it (`-Xmx`).",
                usage.isEmpty ? "See what the build used: container_memory_working_set_bytes of pod \(pod)." : nil,
                NodeFindings.rerun(builds, after: " after that"),
            ].compactMap(\.self),
            explains: Set([pod]).union(builds.map(\.title)), isOnRecord: !container.isEmpty && at != nil)
    }

    /// What Jenkins wrote of the same status: it adds little to the status itself.
    private func line(about pod: String, in scene: Scene) -> LogEntry? {
        scene.lines(with: [PodEnd.outOfMemory]).first { NamedAgent.find(in: $0.line, among: [pod]) != nil }
    }

    /// How near its limit the pod's memory came, where metrics measure it.
    private func memory(of pod: String, in scene: Scene) -> [Finding] {
        let row = scene.metrics.rows.first { row in
            row.pod == pod && row.meaning == .memory && row.scale.map { row.worst / $0 >= Self.full } ?? false
        }
        guard let row, let scale = row.scale else { return [] }
        return [
            Finding(
                .metrics, text: "\(row.name) reached \(Words.percent(row.worst / scale))", weight: Self.memoryWeight)
        ]
    }
}
