import Languages
import Telemetry

/// The kubelet evicted pods because its node ran out of memory, disk or process ids.
struct NodePressureEvictionRule: Rule {
    let cause = Cause.nodePressureEviction
    let needs: Set<EvidenceSource> = [.events, .pods, .logs]

    private static let evictedWeight = 3.2
    private static let harmedWeight = 1.5
    private static let harmlessWeight = -1.0
    private static let pressureWeight = 1.0
    private static let furtherWeight = 0.3
    /// A drain evicts through the API: that is no pressure.
    private static let drainMarks = Marks(["Eviction API", "eviction API", "TaintManager"])
    private static let resources = ["ephemeral-storage", "memory", "inodes", "pids", "disk"]

    private struct Eviction {
        let pod: String
        let at: Timestamp?
        let message: String
        let source: EvidenceSource
    }

    func drafts(in scene: Scene) -> [Draft] {
        let all = evictions(in: scene).filter { !Self.drainMarks.areIn($0.message) }
        return Dictionary(grouping: all) { scene.cluster.node(of: $0.pod) ?? "" }.sorted { $0.key < $1.key }.map {
            draft(on: $0, $1, in: scene)
        }
    }

    /// One a pod, from what tells most.
    private func evictions(in scene: Scene) -> [Eviction] {
        var found = scene.events(["Evicted"]).filter { $0.object.kind == "Pod" }.map {
            Eviction(pod: $0.object.name, at: $0.at, message: $0.message, source: .events)
        }
        let window = scene.evidence.window
        for pod in scene.cluster.pods.values.sorted(by: { $0.name < $1.name }) where pod.reason == "Evicted" {
            let ended = scene.cluster.ends(of: pod.name).compactMap(\.at).min()
            // Evicted pods stay listed for days.
            if let ended, !window.contains(ended) { continue }
            let lost = scene.losses.first { $0.agent == pod.name }?.at
            found.append(Eviction(pod: pod.name, at: ended ?? lost, message: pod.message, source: .pods))
        }
        let agents = Set(scene.builds.flatMap(\.agents)).union(scene.losses.map(\.agent))
        for line in scene.lines(with: ["Reason: Evicted", "The node was low on resource", "[Evicted]"]) {
            let ofTrace = line.traceID.flatMap { id in scene.builds.first { $0.traceID == id }?.agents.first }
            guard let pod = NamedAgent.find(in: line.line, among: agents) ?? ofTrace else { continue }
            found.append(Eviction(pod: pod, at: line.at, message: line.line, source: .logs))
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.pod).inserted }
    }

    private func draft(on node: String, _ evictions: [Eviction], in scene: Scene) -> Draft {
        let pods = Set(evictions.map(\.pod)).sorted()
        let at = evictions.compactMap(\.at).min()
        let builds = scene.builds(harmedOn: pods, at: at)
        let first = evictions[0]
        var findings = [
            Finding(
                first.source, at: first.at, text: "pod \(first.pod) evicted: \(Words.short(first.message))",
                weight: Self.evictedWeight, reference: .logsOfPod(namespace: nil, pod: first.pod))
        ]
        if pods.count > 1 {
            findings.append(
                Finding(
                    first.source, at: at, text: "\(pods.count) pods were evicted: \(Words.list(pods))",
                    weight: Self.furtherWeight))
        }
        if let build = builds.first {
            findings.append(
                Finding(
                    build.source, at: build.failedAt, text: "\(build.title) ran on it and did not finish",
                    weight: Self.harmedWeight, reference: .trace(build.traceID, span: nil)))
        } else {
            findings.append(
                Finding(.traces, text: "no build is known to have ended with it", weight: Self.harmlessWeight))
        }
        if let pressure = scene.cluster.pressure(node) {
            findings.append(
                Finding(
                    pressure.source, at: pressure.at, text: "node \(node) reports \(pressure.type)",
                    weight: Self.pressureWeight))
        }
        let resource =
            Self.resources.first { first.message.contains($0) }.map(Phrase.init(verbatim:)) ?? "resources"
        let toll: Phrase = "\(Words.count(pods.count, "pod")): \(Words.list(pods))"
        return Draft(
            subject: node.isEmpty ? .init(.pod, first.pod) : .init(.node, node),
            statement: node.isEmpty
                ? "Its node ran short of \(resource) and evicted \(toll)."
                : "Node `\(node)` ran short of \(resource) and evicted \(toll).",
            findings: findings,
            recommendations: [
                "Give the agents' containers a request and a limit for \(resource), so that they are placed where it fits.",
                "See what filled the node: `kubectl describe node \(node.isEmpty ? "NODE" : node)`.",
                NodeFindings.rerun(builds),
            ].compactMap(\.self),
            explains: Set(pods).union(builds.map(\.title)))
    }
}
