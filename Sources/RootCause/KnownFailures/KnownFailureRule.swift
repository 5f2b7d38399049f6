import Languages
import Signatures
import Telemetry

/// A failure that a signature describes: one hypothesis for each subject, whatever builds have it.
struct KnownFailureRule: Rule {
    let cause: Cause
    let needs = Set(EvidenceSource.allCases)

    /// One for each cause of which a sign was seen.
    static func all(in scene: Scene) -> [any Rule] { scene.knownFailures.causes.map { KnownFailureRule(cause: $0) } }

    func drafts(in scene: Scene) -> [Draft] {
        scene.knownFailures.found.filter { $0.cause == cause }.map { KnownFailureDraft($0, in: scene).draft }
    }
}

/// Weighs what was seen of one known failure.
private struct KnownFailureDraft {
    let failure: KnownFailure
    let scene: Scene
    let builds: [Build]
    let traces: [Int]
    let pods: [String]

    /// A build failed, and the sign stands where it did.
    private static let harmWeight = 1.2
    private static let furtherBuildWeight = 0.3
    private static let mostForFurtherBuilds = 0.9
    private static let furtherMarkWeight = 0.3
    private static let mostFurtherMarks = 2
    /// All failed builds but this one have no such sign.
    private static let coverageWeight = 1.0
    /// What a sign loses that is seen in builds which end well: by each doubling of their share.
    private static let everydayWeight = 1.0
    private static let mostForEveryday = 3.0
    /// Another failure was found in the same builds, and nearer to where they failed.
    private static let explainedWeight = -2.0
    /// A line that comes as often in the quiet time.
    private static let usualShare = 0.25
    /// Lines of the window to those of as much quiet time, below which they are usual.
    private static let usualRatio = 1.5

    init(_ failure: KnownFailure, in scene: Scene) {
        self.failure = failure
        self.scene = scene
        builds = failure.builds.map { scene.builds[$0] }
        traces = Set(failure.signs.compactMap(\.trace)).sorted()
        pods = Set(failure.signs.filter { $0.source != .logs }.compactMap(\.agent)).sorted()
    }

    var draft: Draft {
        let values = self.values
        let recommendations = failure.signature.recommendations.compactMap { Filling.fill($0, values) }
        return Draft(
            subject: failure.subject, statement: statement(values), findings: findings,
            recommendations: recommendations, explains: Set(builds.map(\.title)).union(pods),
            showsAt: FailureReach(of: failure, in: scene).services, isFallback: failure.isGeneral,
            isNamedFallback: failure.isGeneral, runbook: failure.signature.runbook,
            signature: failure.signature.id)
    }

    // MARK: Evidence

    private var findings: [Finding] {
        signFindings + strongerFindings + harmFindings + againstFindings
    }

    /// The strongest of each source in full, of the others a little.
    private var signFindings: [Finding] {
        let ordered = failure.signs.enumerated().sorted { left, right in
            let (first, second) = (strength(left.element), strength(right.element))
            return first != second ? first > second : left.offset < right.offset
        }.map(\.element)
        var findings: [Finding] = []
        for source in EvidenceSource.allCases {
            let own = ordered.filter { $0.source == source }
            guard let first = own.first else { continue }
            findings.append(finding(first, strength(first)))
            var marks: Set<Int> = [first.entry]
            // What another signature says of the same line or event is no further one.
            let told = Set(own.filter { $0.entry == first.entry }.map(\.text.english))
            for other in own.dropFirst()
            where (other.signature == first.signature || !told.contains(other.text.english))
                && marks.count <= Self.mostFurtherMarks && marks.insert(other.entry).inserted
            {
                findings.append(finding(other, min(strength(other), Self.furtherMarkWeight)))
            }
        }
        return findings
    }

    private var strongerFindings: [Finding] {
        var marks: Set<Int> = []
        return failure.stronger.sorted { $0.strength > $1.strength }.filter { marks.insert($0.entry).inserted }
            .map { finding($0, $0.strength) } + measuredFindings
    }

    /// Where it is a pod's disk and not its node's, metrics may show which volume it is.
    private var measuredFindings: [Finding] {
        guard failure.cause == .diskFull, failure.subject.kind == .pod else { return [] }
        return [FullVolume.finding(in: scene)].compactMap(\.self)
    }

    private var harmFindings: [Finding] {
        guard let first = builds.first else { return traceFindings }
        let shares = failure.builds.compactMap { failure.claims[$0]?.bearing.share }
        let place: Phrase = first.step.map { " at step \($0.name)" } ?? .empty
        let result = first.result.map(Phrase.init(verbatim:)) ?? "open"
        var findings = [
            Finding(
                first.source, at: first.failedAt, text: "\(first.title) ended \(result)\(place)",
                weight: Self.harmWeight * (shares.max() ?? 0),
                reference: .trace(first.traceID, span: first.step.map { scene.spans.span(of: $0.row).id }))
        ]
        if builds.count > 1 {
            findings.append(
                Finding(
                    first.source, text: "\(builds.count) builds failed with it",
                    weight: min(Double(builds.count - 1) * Self.furtherBuildWeight, Self.mostForFurtherBuilds)))
        }
        return findings
    }

    private var traceFindings: [Finding] {
        let all = scene.failures.traces.count
        guard !traces.isEmpty, all > 0 else { return [] }
        return [
            Finding(
                .traces, text: "\(traces.count) of \(all) failing traces have it",
                weight: Self.harmWeight * Double(traces.count) / Double(all))
        ]
    }

    private var againstFindings: [Finding] {
        var findings: [Finding] = []
        if let first = failure.ruledOut.first {
            var marks: Set<Int> = []
            let different = failure.ruledOut.filter { marks.insert($0.entry).inserted }
            let agents = Set(failure.signs.compactMap(\.agent))
            let healed = Set(failure.ruledOut.compactMap(\.agent)).intersection(agents)
            let share = agents.isEmpty || healed.isEmpty ? 1 : Double(healed.count) / Double(agents.count)
            findings.append(finding(first, different.reduce(0) { $0 + $1.weight } * share))
        }
        if let weight = everydayWeight, let first = failure.everyday.first(where: { $0.bearing == .everyday }) {
            let count = Set(failure.everyday.filter { $0.bearing == .everyday }.flatMap(\.units)).count
            findings.append(
                Finding(
                    first.source, at: first.at,
                    text: count == 1
                        ? "\(1) run that did not fail has it too" : "\(count) runs that did not fail have it too",
                    weight: weight, reference: first.reference))
        }
        if !failure.claims.isEmpty, builds.isEmpty {
            findings.append(
                Finding(
                    .logs, text: "what failed first in these builds was something else", weight: Self.explainedWeight))
        }
        if let weight = coverageWeight {
            findings.append(
                Finding(.traces, text: "other builds failed at the time without it", weight: weight))
        }
        return findings
    }

    private var everydayWeight: Double? {
        let good = Set(failure.everyday.filter { $0.bearing == .everyday }.flatMap(\.units)).count
        guard good > 0 else { return nil }
        let bad = max(failure.claims.count + traces.count, 1)
        // One more doubling for each time that good runs are twice as many as bad ones.
        var doublings = 0.0
        var ratio = 1 + 2 * Double(good) / Double(bad)
        while ratio > 2 {
            ratio /= 2
            doublings += 1
        }
        return -min(Self.everydayWeight * (doublings + ratio - 1), Self.mostForEveryday)
    }

    /// Of the failed builds whose logs are known, those that do not have it.
    private var coverageWeight: Double? {
        let logged = scene.knownFailures.loggedTraces
        let onlyLogs = failure.signs.allSatisfy { $0.source == .logs }
        let titles = Set(builds.map(\.title))
        let others = scene.failedBuilds.filter {
            !titles.contains($0.title) && (!onlyLogs || logged.contains($0.traceID))
        }
        guard !others.isEmpty, !builds.isEmpty else { return nil }
        return -Self.coverageWeight * Double(others.count) / Double(others.count + builds.count)
    }

    /// A line of no build that comes as often in the quiet time says little.
    private func strength(_ sighting: Sighting) -> Double {
        if isOfStranger(sighting) { return sighting.strength * Self.usualShare }
        guard sighting.source == .logs, sighting.bearing == .cluster else { return sighting.strength }
        let before = failure.everyday.count { $0.population != .window && $0.entry == sighting.entry }
        guard before > 0 else { return sighting.strength }
        let now = failure.signs.count { $0.entry == sighting.entry && $0.bearing == .cluster }
        let expected = Double(before) * scene.spans.stretches.baselineScale
        return Double(now) < expected * Self.usualRatio ? sighting.strength * Self.usualShare : sighting.strength
    }

    /// Whether it happened to a pod that has nothing to do with builds, where builds are what the alert is about: one of
    /// another namespace than those of the agents and of the controller.
    private func isOfStranger(_ sighting: Sighting) -> Bool {
        guard sighting.bearing == .cluster, sighting.builds.isEmpty, !scene.builds.isEmpty,
            case .logsOfPod(let namespace?, let pod) = sighting.reference, !scene.controller.isPod(pod),
            !scene.losses.contains(where: { $0.agent == pod })
        else { return false }
        let homes = scene.namespacesOfBuilds
        return !homes.isEmpty && !homes.contains(namespace)
    }

    private func finding(_ sighting: Sighting, _ weight: Double) -> Finding {
        Finding(sighting.source, at: sighting.at, text: sighting.text, weight: weight, reference: sighting.reference)
    }

    // MARK: Words

    /// What fills the braces: the names of all signs, those of the strongest first.
    private var values: [String: String] {
        var values: [String: String] = [:]
        for sign in failure.signs.sorted(by: { $0.strength > $1.strength }) {
            values.merge(sign.names) { known, _ in known }
        }
        if !failure.subject.name.isEmpty {
            values[Filling.subject] = failure.subject.name
            for name in failure.signature.subject.from where values[name] != nil {
                values[name] = failure.subject.name
                break
            }
        }
        return values
    }

    /// `Image x could not be pulled since 10:42:10 UTC: 3 builds failed (a #1, b #2 and c #3).`
    private func statement(_ values: [String: String]) -> Phrase {
        let sentence =
            Filling.fill(failure.signature.statement, values) ?? Filling.fill(failure.signature.title, [:]) ?? .empty
        let isOnce = builds.count <= 1 && failure.signs.count <= 1
        let when: Phrase? = failure.signs.compactMap(\.at).min().map {
            isOnce ? " at \(Words.clock($0))" : " since \(Words.clock($0))"
        }
        return sentence + (when ?? .empty) + toll + "."
    }

    private var toll: Phrase {
        if !builds.isEmpty {
            let titles = Words.list(builds.map(\.title))
            return builds.count == 1 ? ": \(1) build failed (\(titles))" : ": \(builds.count) builds failed (\(titles))"
        }
        if !traces.isEmpty { return ": \(traces.count) of \(scene.failures.traces.count) failing traces" }
        let others = pods.filter { $0 != failure.subject.name }
        return others.isEmpty ? .empty : ": \(Words.count(others.count, "pod")) (\(Words.list(others)))"
    }
}

extension Sighting {
    /// The builds and the trace that have it, each under a name of its own.
    fileprivate var units: [Int] { builds.map { $0 * 2 } + (trace.map { [$0 * 2 + 1] } ?? []) }
}
