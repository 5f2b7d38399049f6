import Reporting

/// The report's numbers in words: the same in a terminal and on the page.
package enum FeedbackWords {
    /// "83 % (55–95 %)"
    package static func share(_ tally: FeedbackReport.Tally) -> String {
        "\(percent(tally.shareRight)) (\(number(tally.interval.lowerBound))–\(percent(tally.interval.upperBound)))"
    }

    /// "90 %"
    package static func percent(_ share: Double) -> String { "\(number(share)) %" }

    /// "node-lost ×3, spot-eviction, not said ×2"
    package static func actualCauses(_ tally: FeedbackReport.Tally) -> String {
        tally.actualCauses.map { actual in
            (actual.cause ?? "not said") + (actual.count > 1 ? " ×\(actual.count)" : "")
        }.joined(separator: ", ")
    }

    private static func number(_ share: Double) -> Int {
        share.isFinite ? Int((min(max(share, 0), 1) * 100).rounded()) : 0
    }
}
