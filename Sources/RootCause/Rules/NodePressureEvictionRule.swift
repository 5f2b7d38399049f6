import Telemetry

/// The kubelet evicted pods because its node ran out of memory, disk or process ids.
struct NodePressureEvictionRule: Rule {
    let cause = Cause.nodePressureEviction
    let needs: Set<EvidenceSource> = [.events, .pods, .logs]

    private static let evictedWeight = 3.2
    private static let harmedWeight = 1.5
    private static let pressureWeight = 1.0
    /// A drain evicts through the API: that is no pressure.
    private static let drainMarks = ["Eviction API", "eviction API", "TaintManager"]
    private static let resources = ["ephemeral-storage", "memory", "inodes", "pids", "disk"]

    func drafts(in scene: Scene) -> [Draft] {
        struct Eviction {
            let pod: String
            let at: Timestamp?
            let message: String
            let source: EvidenceSource
        }
        var evictions: [Eviction] = []
        for event in scene.events(["Evicted"]) where event.object.kind == "Pod" {
            evictions.append(Eviction(pod: event.object.name, at: event.at, message: event.message, source: .events))
        }
        for pod in scene.cluster.pods.values.sorted(by: { $0.name < $1.name })
        where pod.reason == "Evicted" && !evictions.contains(where: { $0.pod == pod.name }) {
            evictions.append(Eviction(pod: pod.name, at: nil, message: pod.message, source: .pods))
        }
        evictions.removeAll { eviction in Self.drainMarks.contains { eviction.message.contains($0) } }
        let byNode = Dictionary(grouping: evictions) { scene.cluster.node(of: $0.pod) ?? "" }
        return byNode.sorted { $0.key < $1.key }.map { node, evictions in
            let pods = Set(evictions.map(\.pod)).sorted()
            let builds = scene.builds(harmedOn: pods)
            let first = evictions[0]
            var findings = [
                Finding(
                    first.source, at: first.at, text: "pod \(first.pod) evicted: \(Phrases.short(first.message))",
                    weight: Self.evictedWeight, reference: .logsOfPod(namespace: nil, pod: first.pod))
            ]
            if let build = builds.first {
                findings.append(
                    Finding(
                        .traces, at: build.failedAt, text: "\(build.title) ran on it and did not finish",
                        weight: Self.harmedWeight, reference: .trace(build.traceID, span: nil)))
            }
            let pressures = scene.cluster.nodes[node]?.conditions.filter {
                $0.type.hasSuffix("Pressure") && $0.status == "True"
            }
            if let pressure = pressures?.first {
                findings.append(
                    Finding(
                        .nodes, at: pressure.since, text: "node \(node) reports \(pressure.type)",
                        weight: Self.pressureWeight))
            }
            let resource = Self.resources.first { first.message.contains($0) } ?? "resources"
            let place = node.isEmpty ? "Its node" : "Node `\(node)`"
            return Draft(
                subject: node.isEmpty ? .init(.pod, first.pod) : .init(.node, node),
                statement:
                    "\(place) ran short of \(resource) and evicted \(Phrases.count(pods.count, "pod")): \(Phrases.list(pods)).",
                findings: findings,
                recommendations: [
                    "Give the agents' containers a request and a limit for \(resource), so that they are placed where it fits.",
                    "See what filled the node: `kubectl describe node \(node.isEmpty ? "NODE" : node)`.",
                    builds.isEmpty ? nil : "Re-run \(Phrases.list(builds.map(\.title), atMost: 5)).",
                ].compactMap(\.self),
                explains: Set(pods).union(builds.map(\.title)))
        }
    }
}
