import Languages
import RootCause
import Telemetry

/// Who is affected, in words: counts stand with what they are counted of.
struct ImpactWording {
    private let impact: Impact
    private let scope: Scope
    /// Those that failed.
    private let builds: [Impact.Affected]
    /// Those that only took longer.
    private let slow: [Impact.Affected]
    /// Whether there are more traces than were looked at, nobody knows how many.
    private let isSample: Bool

    init(_ diagnosis: Diagnosis) {
        impact = diagnosis.impact
        scope = diagnosis.scope
        let affected = diagnosis.impact.affected.filter { $0.kind == .build }
        builds = affected.filter { $0.outcome != Impact.Affected.slow }
        slow = affected.filter { $0.outcome == Impact.Affected.slow }
        isSample = diagnosis.impact.basis.isOpen
    }

    /// For the headline: "3 builds lost their agents"; nil when nobody is known to be affected.
    func effect(of cause: Cause, on subject: Hypothesis.Subject, isOver: Bool = false) -> CauseEvent? {
        if let build = builds.first {
            let effect = cause.effectOnBuilds
            if builds.count == 1 { return CauseEvent(effect.phrase(of: Self.name(of: build)), beginsWithName: true) }
            // A plain failure says nothing new, so that there is room for the denominator.
            if effect == .failed, showsTotal(builds.count) {
                return CauseEvent(
                    "\(Quantities.count(builds.count)) of \(Quantities.count(impact.traces)) builds failed")
            }
            return CauseEvent(effect.phrase(of: builds.count))
        }
        if impact.failedTraces == 0, !slow.isEmpty {
            return CauseEvent(Self.slowed(count(slow.count, .build), isOne: slow.count == 1, by: cause))
        }
        if impact.failedTraces > 0 {
            let owner = scope.services.first.map(\.plainLine)
            let isSubject = subject.kind == .service && owner == subject.name.plainLine
            let traces = isSubject ? failedCount : owner.map { "\(failedCount) of \($0)" } ?? failedCount
            return CauseEvent(Self.failing(traces, isOne: impact.failedTraces == 1, isOver: isOver))
        }
        let others = impact.affected.map(\.name.plainLine).filter { $0 != subject.name.plainLine && !$0.isEmpty }
        guard !others.isEmpty else { return nil }
        return CauseEvent(
            Self.hit(Quantities.list(others), isOne: others.count == 1, isOver: isOver), beginsWithName: true)
    }

    private static func slowed(_ builds: Phrase, isOne: Bool, by cause: Cause) -> Phrase {
        switch (cause == .agentUnschedulable, isOne) {
        case (true, false): "\(builds) waited long for agents"
        case (false, false): "\(builds) took longer than usual"
        // A place with its number: of one it is another sentence than of several, but not in English.
        case (true, true): Phrase(template: "{1} waited long for agents", [builds])
        case (false, true): Phrase(template: "{1} took longer than usual", [builds])
        }
    }

    private static func failing(_ traces: Phrase, isOne: Bool, isOver: Bool) -> Phrase {
        switch (isOne, isOver) {
        case (true, false): "\(traces) fails"
        case (false, false): "\(traces) fail"
        case (true, true): "\(traces) failed"
        case (false, true): Phrase(template: "{1} failed", [traces])
        }
    }

    private static func hit(_ names: Phrase, isOne: Bool, isOver: Bool) -> Phrase {
        switch (isOne, isOver) {
        case (true, false): "\(names) is hit"
        case (false, false): "\(names) are hit"
        case (true, true): "\(names) was hit"
        case (false, true): "\(names) were hit"
        }
    }

    /// The line of its own: "3 of 41 builds; the other 38 are healthy".
    var line: Phrase? {
        let lost = impact.builds.flatMap { BuildTime($0.lost) }
        if !builds.isEmpty {
            return count(builds.count, .build) + sampleSize + (lost?.lost ?? .empty) + healthyRest + waiting
        }
        if impact.failedTraces == 0, !slow.isEmpty {
            return "\(count(slow.count, .build)) slow" + (lost?.moreThanUsual ?? .empty) + healthyRest + waiting
        }
        let services = impact.affected.map(\.name.plainLine).filter { !$0.isEmpty }
        let who = Quantities.list(services, limit: 5)
        if impact.failedTraces > 0 {
            return (who.isEmpty ? failedCount : "\(who): \(failedCount)") + sampleSize + failedShare
        }
        guard !impact.affected.isEmpty else { return nil }
        let kinds = Set(impact.affected.map(\.kind))
        guard kinds.count == 1, let kind = kinds.first else { return who }
        let count = Quantities.count(impact.affected.count, Self.noun(kind))
        return who.isEmpty ? count : "\(count): \(who)"
    }

    private static func noun(_ kind: Impact.Affected.Kind) -> Noun {
        switch kind {
        case .build: .build
        case .service: .service
        case .pod: .pod
        }
    }

    /// The affected one by one; the ids are behind the links.
    func names(in language: Language) -> [Summary.Affected] {
        impact.affected.map { affected in
            Summary.Affected(
                name: Self.name(of: affected), outcome: Self.outcome(affected.outcome).said(in: language),
                url: affected.url.flatMap { WebAddress.checked($0) })
        }
    }

    /// Jobs whose builds are slow, where no build failed.
    var slowJobs: [String] {
        guard builds.isEmpty, impact.failedTraces == 0 else { return [] }
        return Set(slow.map(\.name.plainLine)).sorted()
    }

    /// "; dev@example.com waits": those who started the builds, as the evidence names them.
    private var waiting: Phrase {
        let people = impact.people.map(\.plainLine).filter { !$0.isEmpty }
        guard !people.isEmpty else { return .empty }
        let names = Quantities.list(people, limit: Self.mostPeople)
        return people.count == 1 ? "; \(names) waits" : "; \(names) wait"
    }

    /// In a line that is read on a telephone.
    private static let mostPeople = 3

    /// "; the other 38 are healthy", "; 36 are healthy, 2 were stopped".
    private var healthyRest: Phrase {
        let rest = impact.traces - builds.count - slow.count
        // Only what was seen to be well is called so: some of the rest may have failed for another reason.
        // Where some failed that nobody looked at, how many are well is not known.
        guard !isSample, !hasUnseenFailures, rest >= 0, impact.failedTraces <= builds.count else { return .empty }
        let (stopped, running) = (impact.builds?.stopped ?? 0, impact.builds?.running ?? 0)
        let others = [
            builds.isEmpty || slow.isEmpty ? nil : BuildState.slow.phrase(slow.count),
            stopped > 0 ? BuildState.stopped.phrase(stopped) : nil,
            running > 0 ? BuildState.running.phrase(running) : nil,
        ].compactMap { $0 }
        guard !others.isEmpty else {
            if rest == 0 { return .empty }
            return rest == 1 ? "; the other one is healthy" : "; the other \(Quantities.count(rest)) are healthy"
        }
        let healthy = rest - stopped - running
        let well = healthy > 0 ? [BuildState.healthy.phrase(healthy)] : []
        return "; \((well + others).joined(separator: ", "))"
    }

    private var failedCount: Phrase {
        guard hasUnseenFailures else { return count(impact.failedTraces, .trace) }
        return "about \(count(max(impact.failedTraces, impact.estimatedFailedTraces ?? 0), .trace))"
    }

    /// Whether traces that were looked at stand for others, some of which failed as well.
    private var hasUnseenFailures: Bool {
        !isSample && impact.estimatedFailedTraces.map { $0 > impact.failedTraces } == true
    }

    /// "3 of 41 builds", and only "3 builds" where the 41 are a sample: failing ones are looked at first, so that a share
    /// of the sample would be no share of all.
    private func count(_ number: Int, _ noun: Noun) -> Phrase {
        guard showsTotal(number) else { return Quantities.count(number, noun) }
        return "\(Quantities.count(number)) of \(Quantities.count(impact.traces, noun))"
    }

    /// Every trace of a scope with builds is a build, unless there are more builds than traces.
    private func showsTotal(_ number: Int) -> Bool { !isSample && impact.traces >= number }

    /// "3 builds, of 20 looked at"
    private var sampleSize: Phrase {
        guard isSample, impact.traces > max(impact.failedTraces, builds.count) else { return .empty }
        return ", of \(Quantities.count(impact.traces)) looked at"
    }

    private var failedShare: Phrase {
        guard !isSample, impact.traces >= impact.failedTraces, impact.traces >= Self.fewestForAShare,
            let rate = impact.traceSuccessRate
        else { return .empty }
        return " (\(Quantities.percent(1 - rate)))"
    }

    /// Below it a percentage pretends more than two small numbers say.
    private static let fewestForAShare = 20

    static func name(of affected: Impact.Affected) -> String {
        let name = affected.name.plainLine
        return affected.number.map { "\(name) #\($0)" } ?? name
    }

    /// Jenkins shouts its results.
    private static func outcome(_ outcome: String) -> Phrase {
        switch outcome {
        case "FAILURE": "failed"
        case "NOT_BUILT": "not built"
        case "ABORTED": "aborted"
        case "UNSTABLE": "unstable"
        case "not finished": "not finished"
        case "error": "error"
        case Impact.Affected.slow: "slow"
        default: Phrase(verbatim: outcome.plainLine.lowercased())
        }
    }
}

/// How builds are that a cause did not harm, or not only.
enum BuildState: CaseIterable {
    case healthy, slow, stopped, running

    /// "36 are healthy"
    func phrase(_ number: Int) -> Phrase {
        let count = Quantities.count(number)
        let isOne = number == 1
        return switch self {
        case .healthy: isOne ? "\(count) is healthy" : "\(count) are healthy"
        case .slow: isOne ? "\(count) is slow" : "\(count) are slow"
        case .stopped: isOne ? "\(count) was stopped on purpose" : "\(count) were stopped on purpose"
        case .running: isOne ? "\(count) has not ended" : "\(count) have not ended"
        }
    }
}
