import Languages
import Telemetry

/// One pod of a service fails or is slow, and its siblings, which do the same work at the same time, are not.
struct FaultyInstanceRule: Rule {
    let cause = Cause.faultyInstance
    let needs: Set<EvidenceSource> = [.traces]

    private static let bothWeight = 0.5
    private static let eventWeight = 0.6
    private static let mostEvents = 2
    /// What the kubelet says of a pod that is not well.
    private static let telling: Set<String> = ["Unhealthy", "BackOff", "Failed", "FailedMount", "Killing"]

    func drafts(in scene: Scene) -> [Draft] {
        let found = scene.overrepresented.filter { $0.isInstance && $0.kind != .builds }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.value).inserted }.map { first in
            draft(first, also: found.first { $0.value == first.value && $0.kind != first.kind }, in: scene)
        }
    }

    private func draft(_ found: Overrepresentation, also other: Overrepresentation?, in scene: Scene) -> Draft {
        var findings = [found.finding(weight: found.weight, in: scene.spans)]
        if let other { findings.append(other.finding(weight: Self.bothWeight, in: scene.spans)) }
        let siblings = found.of - found.hits + found.elsewhereOf - found.elsewhereHits
        findings.append(
            Finding(
                .traces,
                text: found.kind == .slow
                    ? "\(found.of - found.hits) of \(Words.count(siblings, "call")) to its siblings are slow"
                    : "\(found.of - found.hits) of \(Words.count(siblings, "call")) to its siblings failed",
                weight: 0))
        let events = scene.cluster.events(of: "Pod", found.value).filter {
            Self.telling.contains($0.reason) && scene.evidence.window.overlaps($0)
        }
        for event in events.prefix(Self.mostEvents) {
            findings.append(
                Finding(
                    .events, at: event.at, text: "\(event.reason): \(Words.short(event.message))",
                    weight: Self.eventWeight))
        }
        let place: Phrase = found.node.map { ", on node `\($0)`" } ?? .empty
        return Draft(
            subject: .init(.pod, found.value), statement: "\(found.sentence)\(place)\(found.reason(in: scene.spans)).",
            findings: findings,
            recommendations: [
                "Save the logs of pod \(found.value), then delete it: its controller makes a new one.",
                found.node.map { "If the new pod fails on \($0) as well, cordon that node." },
                "Compare its configuration, connections and age with those of its siblings.",
            ].compactMap(\.self),
            explains: Set([found.service, found.value]).union(found.targets),
            isFallback: scene.nodeTolls.contains { $0.pods.contains(found.value) })
    }
}
