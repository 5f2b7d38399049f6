import RootCause
import Telemetry

/// The figures for reports, each with the numbers that it is made of; what cannot be told of this incident is left out.
struct FigureWording {
    private let impact: Impact
    /// Whether there are more traces than were looked at, nobody knows how many.
    private let isSample: Bool

    /// Of the parts of a duration.
    private static let mostParts = 3
    private static let mostNames = 5

    init(_ diagnosis: Diagnosis) {
        impact = diagnosis.impact
        isSample = diagnosis.samplings.contains { $0.source == .traces && $0.total == nil }
    }

    var figures: [Summary.Figure] {
        [success, duration, correlation].compactMap(\.self) + spot + [people, branches].compactMap(\.self)
    }

    private var success: Summary.Figure? {
        guard let rate = impact.traceSuccessRate else { return nil }
        let numbers = "\(Quantities.count(impact.traces - impact.failedTraces)) of \(Quantities.count(impact.traces))"
        let whole = isSample ? "\(numbers) looked at, the failing ones first" : numbers
        return .init(name: "Trace success rate", value: "\(Quantities.percent(rate)) (\(whole))")
    }

    /// "6 min (stage Test 62 %, queue and agents 12 %, stage Build 9 %)"
    private var duration: Summary.Figure? {
        guard let average = impact.averageTraceDuration else { return nil }
        // One part is the whole, and no news.
        let parts = impact.durationParts.count > 1 ? impact.durationParts.filter { $0.kind != .rest } : []
        let named = parts.prefix(Self.mostParts).map { "\(Self.name($0)) \(Quantities.wholePercent($0.share))" }
        return .init(
            name: "Average trace duration",
            value: Quantities.duration(average) + (named.isEmpty ? "" : " (\(named.joined(separator: ", ")))"))
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
        let numbers =
            impact.failedTraces == 1
            ? "of 1 failing trace"
            : "\(Quantities.count(impact.correlatedTraces)) of \(Quantities.count(impact.failedTraces, "failing trace"))"
        return .init(name: "With matching logs or events", value: "\(Quantities.percent(rate)) (\(numbers))")
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
                "\(Quantities.percent($0)) \(place) (\(Quantities.count(failed)) of \(Quantities.count(all)))"
            }
        }
        guard !rates.isEmpty else { return [lost] }
        return [lost, .init(name: "Failed builds", value: rates.joined(separator: ", "))]
    }

    private var people: Summary.Figure? {
        guard !impact.people.isEmpty else { return nil }
        return .init(
            name: "Waiting for these builds",
            value: Quantities.list(impact.people.map(\.plainLine), limit: Self.mostNames))
    }

    private var branches: Summary.Figure? {
        guard !impact.branches.isEmpty else { return nil }
        return .init(name: "Branches", value: Quantities.list(impact.branches.map(\.plainLine), limit: Self.mostNames))
    }
}
