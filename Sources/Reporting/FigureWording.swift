import Languages
import RootCause
import Telemetry

/// The figures for reports, each with the numbers that it is made of; what cannot be told of this incident is left out.
struct FigureWording {
    private let impact: Impact
    private let language: Language

    /// Of the parts of a duration.
    private static let mostParts = 3
    private static let mostNames = 5

    init(_ diagnosis: Diagnosis, in language: Language) {
        impact = diagnosis.impact
        self.language = language
    }

    var figures: [Summary.Figure] {
        ([success, duration, correlation].compactMap(\.self) + spot + [branches].compactMap(\.self)).map { figure in
            .init(name: figure.name.said(in: language), value: figure.value.said(in: language))
        }
    }

    private struct Figure {
        let name: Phrase
        let value: Phrase
    }

    private var success: Figure? {
        guard let rate = impact.traceSuccessRate else { return nil }
        let all = impact.comparedTraces
        let failed = impact.estimatedFailedTraces ?? impact.failedTraces
        // What is an estimate in nothing but its making is none: every failing trace was looked at.
        let isExact = failed == impact.failedTraces && !impact.basis.isOpen
        let numbers: Phrase = "\(Quantities.count(max(0, all - failed))) of \(Quantities.count(all))"
        return Figure(
            name: "Trace success rate",
            value: "\(Quantities.percent(rate)) (\(isExact ? numbers : about(numbers))\(remarkBehindNumbers))")
    }

    /// "about …", where traces that were looked at stand for others.
    private func about(_ words: Phrase) -> Phrase {
        switch impact.basis {
        case .estimated, .estimatedOfPart: "about \(words)"
        case .all, .failuresFirst: words
        }
    }

    /// What a number is of, where it is not of all traces of the window and the numbers have said how many.
    private var remarkBehindNumbers: Phrase {
        switch impact.basis {
        case .all, .estimated: .empty
        case .estimatedOfPart: " counted, there are more"
        case .failuresFirst: " looked at, the failing ones first"
        }
    }

    /// The same where no number has been said.
    private var remark: Phrase? {
        switch impact.basis {
        case .all, .estimated: nil
        case .estimatedOfPart(let counted): "of \(Quantities.count(counted)) counted, there are more"
        case .failuresFirst: "of \(Quantities.count(impact.traces)) looked at, the failing ones first"
        }
    }

    /// "6 min (stage Test 62 %, queue and agents 12 %, stage Build 9 %)"
    private var duration: Figure? {
        guard let average = impact.averageTraceDuration else { return nil }
        // One part is the whole, and no news.
        let parts = impact.durationParts.count > 1 ? impact.durationParts.filter { $0.kind != .rest } : []
        let named = parts.prefix(Self.mostParts).map { part -> Phrase in
            "\(Self.name(part)) \(Quantities.wholePercent(part.share))"
        }
        let rest = [named.isEmpty ? nil : named.joined(separator: ", "), remark].compactMap { $0 }
        let time = about(Quantities.duration(average))
        return Figure(
            name: "Average trace duration", value: rest.isEmpty ? time : "\(time) (\(rest.joined(separator: "; ")))")
    }

    private static func name(_ part: Impact.DurationPart) -> Phrase {
        switch part.kind {
        case .queue: "queue and agents"
        case .stage: "stage \(part.name.plainLine)"
        case .service: Phrase(verbatim: part.name.plainLine)
        case .rest: "the rest"
        }
    }

    private var correlation: Figure? {
        guard let rate = impact.errorCorrelationRate else { return nil }
        // There are more failing ones than were looked at.
        let isPart = impact.basis.isOpen || impact.estimatedFailedTraces.map { $0 > impact.failedTraces } == true
        let numbers: Phrase =
            impact.failedTraces == 1
            ? "of 1 failing trace"
            : "\(Quantities.count(impact.correlatedTraces)) of \(Quantities.count(impact.failedTraces, .failingTrace))"
        let percent = Quantities.percent(rate)
        return Figure(
            name: "With matching logs or events",
            value: isPart ? "\(percent) (\(numbers) looked at)" : "\(percent) (\(numbers))")
    }

    /// Nothing where no build ran on a spot node: that none was lost there is no news.
    private var spot: [Figure] {
        guard let spot = impact.spot, spot.builds + spot.lostBuilds > 0 else { return [] }
        let builds = Quantities.count(spot.lostBuilds, .build)
        let lost = Figure(
            name: "Lost to spot evictions",
            value: BuildTime(spot.lost).map { "\(builds), \($0.phrase)" } ?? builds)
        let onSpot = spot.failureRate.map { rate -> Phrase in
            "\(Quantities.percent(rate)) on spot agents (\(share(spot.failedBuilds, of: spot.builds)))"
        }
        let onOthers = spot.onDemandFailureRate.map { rate -> Phrase in
            "\(Quantities.percent(rate)) on other agents (\(share(spot.onDemandFailedBuilds, of: spot.onDemandBuilds)))"
        }
        let rates = [onSpot, onOthers].compactMap { $0 }
        guard !rates.isEmpty else { return [lost] }
        var value = rates.joined(separator: ", ")
        // Which builds have a known node is no accident: a reader must see how many the rates leave out.
        if spot.unplacedBuilds > 0 {
            let all = Quantities.count(spot.placedBuilds + spot.unplacedBuilds, .build)
            value += "; the kind of node is known of \(about("\(Quantities.count(spot.placedBuilds)) of \(all)"))"
        }
        if let remark { value += "; traces: \(remark)" }
        return [lost, Figure(name: "Failed builds", value: value)]
    }

    private func share(_ failed: Int, of all: Int) -> Phrase {
        about("\(Quantities.count(failed)) of \(Quantities.count(all))")
    }

    private var branches: Figure? {
        guard !impact.branches.isEmpty else { return nil }
        return Figure(
            name: "Branches", value: Quantities.list(impact.branches.map(\.plainLine), limit: Self.mostNames))
    }
}
