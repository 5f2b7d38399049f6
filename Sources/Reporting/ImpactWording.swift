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
            if builds.count == 1 { return CauseEvent("\(Self.name(of: build)) \(effect.one)", beginsWithName: true) }
            // A plain failure says nothing new, so that there is room for the denominator.
            let count = effect.several == "failed" ? buildCount : Quantities.count(builds.count, "build")
            return CauseEvent("\(count) \(effect.several)")
        }
        if impact.failedTraces == 0, !slow.isEmpty {
            let verb = cause == .agentUnschedulable ? "waited long for agents" : "took longer than usual"
            return CauseEvent("\(count(slow.count, "build")) \(verb)")
        }
        if impact.failedTraces > 0 {
            let owner = scope.services.first.map(\.plainLine)
            let isSubject = subject.kind == .service && owner == subject.name.plainLine
            let of = isSubject ? "" : owner.map { " of \($0)" } ?? ""
            let verb = isOver ? "failed" : impact.failedTraces == 1 ? "fails" : "fail"
            return CauseEvent("\(failedCount)\(of) \(verb)")
        }
        let others = impact.affected.map(\.name.plainLine).filter { $0 != subject.name.plainLine && !$0.isEmpty }
        guard !others.isEmpty else { return nil }
        let verb = isOver ? (others.count == 1 ? "was" : "were") : (others.count == 1 ? "is" : "are")
        return CauseEvent("\(Quantities.list(others)) \(verb) hit", beginsWithName: true)
    }

    /// The line of its own: "3 of 41 builds; the other 38 are healthy".
    var line: String? {
        if !builds.isEmpty { return buildCount + sampleSize + lostTime("lost") + healthyRest + waiting }
        if impact.failedTraces == 0, !slow.isEmpty {
            return count(slow.count, "build") + " slow" + lostTime("more than usual") + healthyRest + waiting
        }
        let services = impact.affected.map(\.name.plainLine).filter { !$0.isEmpty }
        let who = services.isEmpty ? "" : Quantities.list(services, limit: 5)
        if impact.failedTraces > 0 {
            return (who.isEmpty ? "" : "\(who): ") + failedCount + sampleSize + failedShare
        }
        guard !impact.affected.isEmpty else { return nil }
        let kinds = Set(impact.affected.map(\.kind))
        guard kinds.count == 1, let kind = kinds.first else { return Quantities.list(services, limit: 5) }
        return Quantities.count(impact.affected.count, kind.rawValue) + (who.isEmpty ? "" : ": \(who)")
    }

    /// The affected one by one; the ids are behind the links.
    var names: [Summary.Affected] {
        impact.affected.map { affected in
            Summary.Affected(
                name: Self.name(of: affected), outcome: Self.outcome(affected.outcome),
                url: affected.url.flatMap { WebAddress.checked($0) })
        }
    }

    /// Jobs whose builds are slow, where no build failed.
    var slowJobs: [String] {
        guard builds.isEmpty, impact.failedTraces == 0 else { return [] }
        return Set(slow.map(\.name.plainLine)).sorted()
    }

    /// "; dev@example.com waits": those who started the builds, as the evidence names them.
    private var waiting: String {
        let people = impact.people.map(\.plainLine).filter { !$0.isEmpty }
        guard !people.isEmpty else { return "" }
        return "; \(Quantities.list(people, limit: Self.mostPeople)) \(people.count == 1 ? "waits" : "wait")"
    }

    /// In a line that is read on a telephone.
    private static let mostPeople = 3

    /// ", 38 build minutes lost"
    private func lostTime(_ words: String) -> String {
        impact.builds.flatMap { Quantities.buildTime($0.lost) }.map { ", \($0) \(words)" } ?? ""
    }

    /// Every trace of a scope with builds is a build, unless there are more builds than traces.
    private var buildCount: String { count(builds.count, "build") }

    /// "; the other 38 are healthy", "; 36 are healthy, 2 were stopped".
    private var healthyRest: String {
        let rest = impact.traces - builds.count - slow.count
        // Only what was seen to be well is called so: some of the rest may have failed for another reason.
        // Where some failed that nobody looked at, how many are well is not known.
        guard !isSample, !hasUnseenFailures, rest >= 0, impact.failedTraces <= builds.count else { return "" }
        let others = [
            builds.isEmpty || slow.isEmpty
                ? nil : "\(Quantities.count(slow.count)) \(slow.count == 1 ? "is" : "are") slow",
            impact.builds.flatMap { $0.stopped > 0 ? stopped($0.stopped) : nil },
            impact.builds.flatMap { $0.running > 0 ? running($0.running) : nil },
        ].compactMap { $0 }
        guard !others.isEmpty else {
            if rest == 0 { return "" }
            return rest == 1 ? "; the other one is healthy" : "; the other \(Quantities.count(rest)) are healthy"
        }
        let healthy = rest - (impact.builds?.stopped ?? 0) - (impact.builds?.running ?? 0)
        let well = healthy > 0 ? ["\(Quantities.count(healthy)) \(healthy == 1 ? "is" : "are") healthy"] : []
        return "; " + (well + others).joined(separator: ", ")
    }

    private func stopped(_ count: Int) -> String {
        "\(Quantities.count(count)) \(count == 1 ? "was" : "were") stopped on purpose"
    }

    private func running(_ count: Int) -> String {
        "\(Quantities.count(count)) \(count == 1 ? "has" : "have") not ended"
    }

    private var failedCount: String {
        let failed = max(impact.failedTraces, hasUnseenFailures ? impact.estimatedFailedTraces ?? 0 : 0)
        return (hasUnseenFailures ? "about " : "") + count(failed, "trace")
    }

    /// Whether traces that were looked at stand for others, some of which failed as well.
    private var hasUnseenFailures: Bool {
        !isSample && impact.estimatedFailedTraces.map { $0 > impact.failedTraces } == true
    }

    /// "3 of 41 builds", and only "3 builds" where the 41 are a sample: failing ones are looked at first, so that a share
    /// of the sample would be no share of all.
    private func count(_ number: Int, _ noun: String) -> String {
        guard !isSample, impact.traces >= number else { return Quantities.count(number, noun) }
        return "\(Quantities.count(number)) of \(Quantities.count(impact.traces, noun))"
    }

    /// "3 builds, of 20 looked at"
    private var sampleSize: String {
        guard isSample, impact.traces > max(impact.failedTraces, builds.count) else { return "" }
        return ", of \(Quantities.count(impact.traces)) looked at"
    }

    private var failedShare: String {
        guard !isSample, impact.traces >= impact.failedTraces, impact.traces >= Self.fewestForAShare else { return "" }
        return impact.traceSuccessRate.map { " (\(Quantities.percent(1 - $0)))" } ?? ""
    }

    /// Below it a percentage pretends more than two small numbers say.
    private static let fewestForAShare = 20

    static func name(of affected: Impact.Affected) -> String {
        let name = affected.name.plainLine
        return affected.number.map { "\(name) #\($0)" } ?? name
    }

    /// Jenkins shouts its results.
    private static func outcome(_ outcome: String) -> String {
        switch outcome {
        case "FAILURE": "failed"
        case "NOT_BUILT": "not built"
        default: outcome.plainLine.lowercased()
        }
    }
}
