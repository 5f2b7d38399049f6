import Languages
import Telemetry

/// One version of a service fails or is slow, and the other versions that run at the same time do not; or the service began
/// to go wrong when a new version took over, as its spans or its workload tell.
struct BadDeployRule: Rule {
    let cause = Cause.badDeploy
    let needs: Set<EvidenceSource> = [.traces]

    private static let newWeight = 1.5
    private static let oldWeight = -1.0
    private static let bothWeight = 0.5
    private static let severalPodsWeight = 0.4
    private static let rolloutWeight = 0.6
    /// More than any share of the failures weighs for the service as such: of what breaks by itself, most was changed
    /// minutes before.
    private static let turnoverWeight = 2.5
    /// A rollout of the same image changed variables, limits or mounts: that breaks less often.
    private static let sameImageWeight = 1.8
    /// What ends when a change is taken back came with it; what goes on did not.
    private static let helpedWeight = 1.0
    private static let inVainWeight = -1.5
    /// A rollout takes some minutes, and its first pod may serve for a while until somebody calls what is broken.
    private static let rolloutTime = Duration.seconds(1800)

    func drafts(in scene: Scene) -> [Draft] {
        let found = scene.overrepresented.filter { $0.role == .version && $0.kind != .builds }
        var seen: Set<String> = []
        let compared = found.filter { seen.insert($0.service).inserted }.map { first in
            draft(first, also: found.first { $0.service == first.service && $0.kind != first.kind }, in: scene)
        }
        guard let onset = scene.onset, let first = BlamedService.all(in: scene).first,
            scene.overrepresented.allSatisfy({ $0.service != first.blame.service || !$0.isCulprit })
        else { return compared }
        let rollout = ServiceRollout.find(of: first.blame.service, in: scene, before: onset)
        if let turnover = VersionTurnover.find(of: first.blame.service, in: scene.spans, before: onset) {
            return compared + [draft(turnover, rollout, of: first, onset, in: scene)]
        }
        return compared + [rollout.map { draft($0, of: first, onset, in: scene) }].compactMap(\.self)
    }

    /// No span tells a version: the cluster remembers what was changed.
    private func draft(
        _ found: ServiceRollout, of service: BlamedService, _ onset: Timestamp, in scene: Scene
    ) -> Draft {
        let name = service.blame.service
        let told = found.rollout.finding(
            weight: found.rollout.images.isEmpty ? Self.sameImageWeight : Self.turnoverWeight)
        return Draft(
            subject: .init(.service, name),
            statement: "`\(name)` goes wrong since \(Words.clock(onset)); \(found.sentence).",
            findings: service.findings(in: scene) + [told] + undoing(of: found),
            recommendations: Self.recommendations(name, found.version, isOfRollout: true),
            prior: BlamedService.prior, explains: [name])
    }

    private func undoing(of found: ServiceRollout?) -> [Finding] {
        [found?.findingOfUndoing(helped: Self.helpedWeight, inVain: Self.inVainWeight)].compactMap(\.self)
    }

    /// No pod of the old version is left to compare with: only the times agree.
    private func draft(
        _ turnover: VersionTurnover, _ rollout: ServiceRollout?, of service: BlamedService, _ onset: Timestamp,
        in scene: Scene
    ) -> Draft {
        let name = service.blame.service
        let text: Phrase =
            "version `\(turnover.version)` of `\(name)` took over from `\(turnover.old)` at \(Words.clock(turnover.at)), \(Words.duration(seconds: max(0, (onset - turnover.at).inSeconds))) before it began"
        let finding = Finding(.traces, at: turnover.at, text: text, weight: Self.turnoverWeight)
        return Draft(
            subject: .init(.service, name),
            statement:
                "`\(name)` goes wrong since \(Words.clock(onset)); version `\(turnover.version)` took over from `\(turnover.old)` at \(Words.clock(turnover.at)).",
            findings: service.findings(in: scene) + [finding]
                + (rollout.map { [$0.rollout.finding(weight: Self.rolloutWeight)] } ?? []) + undoing(of: rollout),
            recommendations: Self.recommendations(name, turnover.version, isOfRollout: true),
            prior: BlamedService.prior, explains: [name])
    }

    /// - Parameters:
    ///   - version: nil where only the time is known.
    ///   - isOfRollout: whether there is only a time before to compare with, and no other version.
    private static func recommendations(_ service: String, _ version: String?, isOfRollout: Bool) -> [Phrase] {
        let ofVersion: Phrase = version.map { " of version `\($0)`" } ?? .empty
        return [
            version.map { "Roll `\(service)` back to the version before \($0): `kubectl rollout undo`." }
                ?? "Roll `\(service)` back to the version before: `kubectl rollout undo`.",
            isOfRollout
                ? "Compare a failing trace\(ofVersion) with one before the rollout."
                : "Compare a failing trace\(ofVersion) with one of another version.",
            "Hold the pipeline of `\(service)` until the fix is released.",
        ]
    }

    private func draft(_ found: Overrepresentation, also other: Overrepresentation?, in scene: Scene) -> Draft {
        var findings = [found.finding(weight: found.weight, in: scene.spans)]
        if let other { findings.append(other.finding(weight: Self.bothWeight, in: scene.spans)) }
        let seen = found.wasThereBefore == false ? found.firstSeen : nil
        if let seen {
            findings.append(
                Finding(
                    .traces, at: seen,
                    text:
                        "version `\(found.shownValue)` of `\(found.service)` was first seen at \(Words.clock(seen)), none before",
                    weight: Self.newWeight))
        } else if found.wasThereBefore == true {
            findings.append(
                Finding(
                    .traces, text: "version `\(found.shownValue)` of `\(found.service)` ran before as well",
                    weight: Self.oldWeight))
        }
        if found.pods > 1 {
            findings.append(
                Finding(
                    .traces, text: "it runs in \(Words.count(found.pods, "pod"))", weight: Self.severalPodsWeight))
        }
        if let rollout = ServiceRollout.find(of: found.service, in: scene, before: found.firstHit) {
            findings.append(rollout.rollout.finding(weight: Self.rolloutWeight))
            findings += undoing(of: rollout)
        } else if let event = rollout(of: found, in: scene) {
            findings.append(
                Finding(
                    .events, at: event.at, text: "\(event.reason): \(Words.short(event.message))",
                    weight: Self.rolloutWeight))
        }
        let when: Phrase = seen.map { ", first seen at \(Words.clock($0))" } ?? .empty
        return Draft(
            subject: .init(.service, found.service),
            statement: "\(found.sentence)\(when)\(found.reason(in: scene.spans)).", findings: findings,
            recommendations: Self.recommendations(found.service, found.value, isOfRollout: false),
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
