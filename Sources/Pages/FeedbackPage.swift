package import Feedback

/// What people said of the causes that were named: `/feedback`.
package struct FeedbackPage: Sendable {
    private let report: FeedbackReport

    /// Of one cause, so many votes against it are shown one by one.
    private static let mostMisses = 20

    package init(_ report: FeedbackReport) {
        self.report = report
    }

    package var html: String {
        PageFrame(title: "Votes on causes", place: .top, isWide: true).html(
            ["<h1>Votes on causes</h1>"]
                + (report.votes == 0
                    ? ["<p>Nobody has voted yet: a diagnosis is voted on below its message in chat.</p>"]
                    : [
                        Markup.quiet(
                            "\(Markup.count(report.votes, "vote")) on \(Markup.count(report.incidents, "incident"))"
                                + (report.newest.map { ", the newest of \(Markup.time($0)) UTC" } ?? "")),
                        section("Causes", report.causes), section("Signatures", report.signatures), explanation,
                    ]))
    }

    private func section(_ title: String, _ tallies: [FeedbackReport.Tally]) -> String {
        let rows = tallies.map { tally -> [String] in
            let mark = tally.keepsBeingWrong ? " \(Markup.badge("keeps being wrong", "bad"))" : ""
            return [
                "\(tally.name.shown(atMost: 100))\(mark)", "\(tally.right)", "\(tally.wrong)",
                FeedbackWords.share(tally), FeedbackWords.percent(tally.claimed),
            ] + (tally.ninetyIsShownAs.map { [FeedbackWords.percent($0)] } ?? [])
        }
        let corrects = tallies.contains { $0.ninetyIsShownAs != nil }
        let header =
            ["Name", "#Right", "#Wrong", "#Right in", "#Claimed"] + (corrects ? ["#90 % is shown as"] : [])
        return Markup.section(title, [Markup.table(header, rows)] + tallies.map(misses))
    }

    private func misses(_ tally: FeedbackReport.Tally) -> String {
        guard !tally.misses.isEmpty else { return "" }
        let rows = tally.misses.prefix(Self.mostMisses).map { miss in
            [
                Markup.time(miss.at), "<a href=\"incidents/\(miss.incident)\">\(miss.incident)</a>",
                miss.author.shown(atMost: 100), miss.actualCause?.shown(atMost: 200) ?? "not said",
            ]
        }
        let rest = tally.misses.count - Self.mostMisses
        return [
            "<h3>When it was not \(tally.name.shown(atMost: 100))</h3>",
            "<p>Really \(FeedbackWords.actualCauses(tally).shown()).</p>",
            Markup.table(["Time (UTC)", "Incident", "Who", "Really"], Array(rows), times: true),
            rest > 0 ? Markup.quiet("… and \(Markup.count(rest, "older vote")).") : "",
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var explanation: String {
        Markup.section(
            "How to read this",
            [
                Markup.list([
                    "<strong>Right in</strong>: the share of incidents in which it was right. An incident counts once, "
                        + "however many people voted on it. In brackets: where the true share lies, with 95 % confidence "
                        + "(Wilson's interval).",
                    "<strong>Claimed</strong>: the mean confidence with which it was named.",
                    "<strong>90 % is shown as</strong>: from five incidents on, a cause's record corrects what is shown. "
                        + "What held is compared with what was claimed, and later confidences move by as much, in odds.",
                    "<strong>Keeps being wrong</strong>: wrong in three incidents or more, and right less often than "
                        + "claimed even at the upper end of the interval. Its rule or signature needs a look.",
                ])
            ])
    }
}
