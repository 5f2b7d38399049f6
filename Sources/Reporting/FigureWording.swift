import RootCause
import Telemetry

/// The figures for reports, each with the numbers that it is made of; what cannot be told of this incident is left out.
struct FigureWording {
    private let impact: Impact

    /// Of the parts of a duration.
    private static let mostParts = 3
    private static let mostNames = 5

    init(_ diagnosis: Diagnosis) {
        impact = diagnosis.impact
    }

    var figures: [Summary.Figure] {
        [success, duration, correlation].compactMap(\.self) + spot + [branches].compactMap(\.self)
    }

    private var success: Summary.Figure? {
        guard let rate = impact.traceSuccessRate else { return nil }
        let all = impact.comparedTraces
        let failed = impact.estimatedFailedTraces ?? impact.failedTraces
        // What is an estimate in nothing but its making is none: every failing trace was looked at.
        let isExact = failed == impact.failedTraces && !impact.basis.isOpen
        let numbers = "\(Quantities.count(max(0, all - failed))) of \(Quantities.count(all))"
        return .init(
            name: "Trace success rate",
            value: "\(Quantities.percent(rate)) (\(isExact ? "" : about)\(numbers)\(remark(after: numbers)))")
    }

    /// "about ", where traces that were looked at stand for others.
    private var about: String {
        switch impact.basis {
        case .estimated, .estimatedOfPart: "about "
        case .all, .failuresFirst: ""
        }
    }

    /// What a number is of, where it is not of all traces of the window.
    private func remark(after numbers: String? = nil) -> String {
        switch impact.basis {
        case .all, .estimated: ""
        case .estimatedOfPart(let counted):
            numbers == nil ? "of \(Quantities.count(counted)) counted, there are more" : " counted, there are more"
        case .failuresFirst:
            "\(numbers == nil ? "of \(Quantities.count(impact.traces))" : "") looked at, the failing ones first"
        }
    }

    /// "6 min (stage Test 62 %, queue and agents 12 %, stage Build 9 %)"
    private var duration: Summary.Figure? {
        guard let average = impact.averageTraceDuration else { return nil }
        // One part is the whole, and no news.
        let parts = impact.durationParts.count > 1 ? impact.durationParts.filter { $0.kind != .rest } : []
        let named = parts.prefix(Self.mostParts).map { "\(Self.name($0)) \(Quantities.wholePercent($0.share))" }
        let rest = [named.joined(separator: ", "), remark()].filter { !$0.isEmpty }
        return .init(
            name: "Average trace duration",
            value: about + Quantities.duration(average) + (rest.isEmpty ? "" : " (\(rest.joined(separator: "; ")))"))
    }

    private static func name(_ part: Impact.DurationPart) -> String {
        switch part.kind {
        case .queue: "queue and agents"
        case .stage: "stage \(part.name.plainLine)"
        case .service: part.name.plainLine
        case .rest: "the rest"
        }
    }

    private var correlation: Summary.Figure? {
        guard let rate = impact.errorCorrelationRate else { return nil }
        // There are more failing ones than were looked at.
        let lookedAt =
            impact.basis.isOpen || impact.estimatedFailedTraces.map { $0 > impact.failedTraces } == true
            ? " looked at" : ""
        let numbers =
            impact.failedTraces == 1
            ? "of 1 failing trace"
            : "\(Quantities.count(impact.correlatedTraces)) of \(Quantities.count(impact.failedTraces, "failing trace"))"
        return .init(name: "With matching logs or events", value: "\(Quantities.percent(rate)) (\(numbers)\(lookedAt))")
    }

    /// Nothing where no build ran on a spot node: that none was lost there is no news.
    private var spot: [Summary.Figure] {
        guard let spot = impact.spot, spot.builds + spot.lostBuilds > 0 else { return [] }
        let time = Quantities.buildTime(spot.lost).map { ", \($0)" } ?? ""
        let lost = Summary.Figure(
            name: "Lost to spot evictions", value: "\(Quantities.count(spot.lostBuilds, "build"))\(time)")
        let rates = [
            (spot.failureRate, spot.failedBuilds, spot.builds, "on spot agents"),
            (spot.onDemandFailureRate, spot.onDemandFailedBuilds, spot.onDemandBuilds, "on other agents"),
        ].compactMap { rate, failed, all, place in
            rate.map {
                "\(Quantities.percent($0)) \(place) (\(about)\(Quantities.count(failed)) of \(Quantities.count(all)))"
            }
        }
        guard !rates.isEmpty else { return [lost] }
        let remark = remark()
        // Which builds have a known node is no accident: a reader must see how many the rates leave out.
        let base =
            spot.unplacedBuilds == 0
            ? ""
            : "; the kind of node is known of \(about)\(Quantities.count(spot.placedBuilds)) of "
                + Quantities.count(spot.placedBuilds + spot.unplacedBuilds, "build")
        return [
            lost,
            .init(
                name: "Failed builds",
                value: rates.joined(separator: ", ") + base + (remark.isEmpty ? "" : "; traces: \(remark)")),
        ]
    }

    private var branches: Summary.Figure? {
        guard !impact.branches.isEmpty else { return nil }
        return .init(name: "Branches", value: Quantities.list(impact.branches.map(\.plainLine), limit: Self.mostNames))
    }
}
