import Telemetry

/// One version of a service fails or is slow, and the other versions that run at the same time do not.
struct BadDeployRule: Rule {
    let cause = Cause.badDeploy
    let needs: Set<EvidenceSource> = [.traces]

    private static let newWeight = 1.5
    private static let oldWeight = -1.0
    private static let bothWeight = 0.5
    private static let severalPodsWeight = 0.4
    private static let rolloutWeight = 0.6
    /// A rollout takes some minutes, and its first pod may serve for a while until somebody calls what is broken.
    private static let rolloutTime = Duration.seconds(1800)

    func drafts(in scene: Scene) -> [Draft] {
        let found = scene.overrepresented.filter { $0.role == .version && $0.kind != .builds }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.service).inserted }.map { first in
            draft(first, also: found.first { $0.service == first.service && $0.kind != first.kind }, in: scene)
        }
    }

    private func draft(_ found: Overrepresentation, also other: Overrepresentation?, in scene: Scene) -> Draft {
        var findings = [found.finding(weight: found.weight, in: scene.spans)]
        if let other { findings.append(other.finding(weight: Self.bothWeight, in: scene.spans)) }
        let seen = found.wasThereBefore == false ? found.firstSeen : nil
        if let seen {
            findings.append(
                Finding(
                    .traces, at: seen,
                    text: "\(found.title) of `\(found.service)` was first seen at \(Phrases.clock(seen)), none before",
                    weight: Self.newWeight))
        } else if found.wasThereBefore == true {
            findings.append(
                Finding(
                    .traces, text: "\(found.title) of `\(found.service)` ran before as well", weight: Self.oldWeight))
        }
        if found.pods > 1 {
            findings.append(
                Finding(
                    .traces, text: "it runs in \(Phrases.count(found.pods, "pod"))", weight: Self.severalPodsWeight))
        }
        if let event = rollout(of: found, in: scene) {
            findings.append(
                Finding(
                    .events, at: event.at, text: "\(event.reason): \(Phrases.short(event.message))",
                    weight: Self.rolloutWeight))
        }
        let when = seen.map { ", first seen at \(Phrases.clock($0))" } ?? ""
        return Draft(
            subject: .init(.service, found.service), statement: "\(found.sentence)\(when).", findings: findings,
            recommendations: [
                "Roll `\(found.service)` back to the version before \(found.value): `kubectl rollout undo`.",
                "Open a failing trace of \(found.title) and one of another version, and compare them.",
                "Hold the pipeline of `\(found.service)` until the fix is released.",
            ],
            explains: Set([found.service]).union(found.targets))
    }

    /// What the deployment controller said when it made the pods.
    private func rollout(of found: Overrepresentation, in scene: Scene) -> ClusterEvent? {
        scene.cluster.events.first {
            $0.object.kind == "Deployment" && $0.object.name == found.service && $0.reason == "ScalingReplicaSet"
                && $0.at <= found.firstHit && found.firstHit - $0.at <= Self.rolloutTime
        }
    }
}
