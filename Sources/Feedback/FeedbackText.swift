import Reporting
import Telemetry

/// The report as a terminal shows it.
package struct FeedbackText: Sendable {
    private let report: FeedbackReport

    /// Of one cause, so many misses are shown; JSON has them all.
    private static let mostMisses = 5

    package init(_ report: FeedbackReport) {
        self.report = report
    }

    package var text: String {
        guard report.votes > 0 else {
            return "Nobody has voted yet: a diagnosis is voted on below its message in chat.\n"
        }
        var parts = [
            "\(Self.count(report.votes, "vote")) on \(Self.count(report.incidents, "incident"))"
                + (report.newest.map { ", the newest of \($0)" } ?? "")
        ]
        parts.append(Self.section("cause", report.causes))
        if !report.signatures.isEmpty { parts.append(Self.section("signature", report.signatures)) }
        parts.append(
            """
            right: of the incidents voted on, each counted once; in brackets where the true share lies (95 %, Wilson).
            claimed: the mean confidence with which it was named. 90 % is: what such a claim is shown as now.
            !: wrong in three incidents or more, and right less often than claimed even at the upper end.
            """)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func section(_ title: String, _ tallies: [FeedbackReport.Tally]) -> String {
        let header = [
            "", title, "votes", "right", "wrong", "right in", "claimed",
            tallies.contains { $0.ninetyIsShownAs != nil } ? "90 % is" : "",
        ]
        let rows = tallies.map { tally in
            [
                tally.keepsBeingWrong ? "!" : "", tally.name.terminalLine, "\(tally.votes)", "\(tally.right)",
                "\(tally.wrong)", FeedbackWords.share(tally), FeedbackWords.percent(tally.claimed),
                tally.ninetyIsShownAs.map(FeedbackWords.percent) ?? "",
            ]
        }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        var lines = [line(header, widths)]
        for (tally, row) in zip(tallies, rows) {
            lines.append(line(row, widths))
            if !tally.misses.isEmpty {
                lines.append("     really \(FeedbackWords.actualCauses(tally).terminalLine)")
            }
            for miss in tally.misses.prefix(mostMisses) {
                let actual = miss.actualCause.map { ": \($0)" } ?? ""
                lines.append("     \(miss.at)  \(miss.incident)  \(miss.author)\(actual)".terminalLine(indented: 5))
            }
            if tally.misses.count > mostMisses {
                lines.append("     … and \(count(tally.misses.count - mostMisses, "older vote"))")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The mark and the name to the left, numbers to the right.
    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).enumerated().map { index, cell in
            let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index < 2 ? cell.0 + blanks : blanks + cell.0
        }
        var line = padded.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

extension String {
    /// What people wrote, harmless on a terminal and of bounded length.
    fileprivate var terminalLine: String { PlainText.line(self, atMost: longest) }

    fileprivate func terminalLine(indented: Int) -> String {
        String(repeating: " ", count: indented) + terminalLine
    }
}

private let longest = 120
