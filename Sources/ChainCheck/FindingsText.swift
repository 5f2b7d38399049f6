/// The findings for a terminal or a telephone: a line for each, and what to do below those that are not well.
package struct FindingsText: Sendable {
    package let text: String

    /// As wide as the longest mark with a space behind it; `deploy/install.sh --test` has the same.
    private static let markWidth = 9

    package init(_ findings: [Finding]) {
        var lines: [String] = []
        for finding in findings {
            let target = finding.target.isEmpty ? "" : " (\(finding.target))"
            // A question has its own mark at its end.
            let colon = target.isEmpty && finding.statement.hasSuffix("?") ? "" : ":"
            lines.append(
                Self.padded(Self.mark(finding.verdict)) + "\(finding.statement)\(target)\(colon) \(finding.observed)")
            if let advice = finding.advice { lines.append(Self.padded("") + advice) }
        }
        lines.append(Self.sum(findings))
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func mark(_ verdict: Finding.Verdict) -> String {
        switch verdict {
        case .ok: "ok"
        case .warning: "warning"
        case .failure: "FAILED"
        case .skipped: "skipped"
        }
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(1, markWidth - text.count))
    }

    /// `14 checks: 11 ok, 1 warning, 2 failed`.
    private static func sum(_ findings: [Finding]) -> String {
        let counts = Finding.Verdict.allCases.map { verdict in findings.count { $0.verdict == verdict } }
        let words = zip(counts, ["ok", counts[1] == 1 ? "warning" : "warnings", "failed", "skipped"])
        let parts = words.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(findings.count) checks: \(parts.joined(separator: ", "))"
    }
}
