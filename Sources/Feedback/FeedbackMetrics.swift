import Telemetry

/// The votes as gauges for Prometheus, in its text format.
///
/// Gauges, because a person may change a vote. Causes come from the catalogue, so there are tens of them; should a journal
/// hold more, those with the fewest votes are counted together.
package struct FeedbackMetrics: Sendable {
    private static let mostCauses = 60
    private static let others = "(others)"

    private let report: FeedbackReport

    package init(_ report: FeedbackReport) {
        self.report = report
    }

    /// Ends with a line break; empty when nobody voted.
    package var text: String {
        guard !report.causes.isEmpty else { return "" }
        let byVotes = report.causes.sorted { ($1.votes, $0.name) < ($0.votes, $1.name) }
        let shown = byVotes.prefix(Self.mostCauses).sorted { $0.name < $1.name }
        let rest = byVotes.dropFirst(Self.mostCauses)
        var series = shown.map { (name: $0.name, right: $0.right, wrong: $0.wrong) }
        if !rest.isEmpty {
            series.append(
                (
                    name: Self.others, right: rest.reduce(0) { $0 + $1.right },
                    wrong: rest.reduce(0) { $0 + $1.wrong }
                ))
        }
        var lines = ["# TYPE sabueso_feedback_votes gauge"]
        for one in series {
            let cause = QuotedText.labelValue(String(one.name.prefix(Self.longestName)))
            lines.append("sabueso_feedback_votes{cause=\(cause),verdict=\"right\"} \(one.right)")
            lines.append("sabueso_feedback_votes{cause=\(cause),verdict=\"wrong\"} \(one.wrong)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let longestName = 120
}
