import RootCause
import Telemetry

/// Who is affected, in words: counts stand with what they are counted of.
struct ImpactWording {
    private let impact: Impact
    private let scope: Scope
    private let builds: [Impact.Affected]
    /// Whether there are more traces than were looked at, nobody knows how many.
    private let isSample: Bool

    init(_ diagnosis: Diagnosis) {
        impact = diagnosis.impact
        scope = diagnosis.scope
        builds = diagnosis.impact.affected.filter { $0.kind == .build }
        isSample = diagnosis.samplings.contains { $0.source == .traces && $0.total == nil }
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
        if !builds.isEmpty { return buildCount + sampleSize + healthyRest }
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

    /// The figures for reports, each with the numbers that it is made of.
    var figures: [Summary.Figure] {
        var figures: [Summary.Figure] = []
        if let rate = impact.traceSuccessRate {
            let numbers =
                "\(Quantities.count(impact.traces - impact.failedTraces)) of \(Quantities.count(impact.traces))"
            let whole = isSample ? "\(numbers) looked at, the failing ones first" : numbers
            figures.append(.init(name: "Trace success rate", value: "\(Quantities.percent(rate)) (\(whole))"))
        }
        if let average = impact.averageTraceDuration {
            figures.append(.init(name: "Average trace duration", value: Quantities.duration(average)))
        }
        let ofFailing = " of \(Quantities.count(impact.failedTraces, "failing trace"))"
        if let rate = impact.errorCorrelationRate {
            figures.append(.init(name: "With matching logs or events", value: Quantities.percent(rate) + ofFailing))
        }
        if let share = impact.spotImpact {
            figures.append(.init(name: "Explained by a lost spot node", value: Quantities.percent(share) + ofFailing))
        }
        return figures
    }

    /// Every trace of a scope with builds is a build, unless there are more builds than traces.
    private var buildCount: String { count(builds.count, "build") }

    private var healthyRest: String {
        let rest = impact.traces - builds.count
        // Only what was seen to be well is called so: some of the rest may have failed for another reason.
        guard !isSample, rest > 0, impact.failedTraces <= builds.count else { return "" }
        return rest == 1 ? "; the other one is healthy" : "; the other \(Quantities.count(rest)) are healthy"
    }

    private var failedCount: String { count(impact.failedTraces, "trace") }

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
        return " (\(Quantities.percent(Double(impact.failedTraces) / Double(impact.traces))))"
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
