import Telemetry

/// Counts of failures that say there are none: `Tests run: 31, Failures: 0, Errors: 0`, `0 failed`.
enum NoughtCount {
    private static let marks = Marks([": 0", "=0", "0 fail", "0 error"], ignoresCase: true)
    /// In lower case.
    private static let words = ["failures", "failure", "failed", "failing", "errors", "error", "fail"]
    private static let examinedBytes = 2000

    /// Whether the line has words of failures, and only in counts of nought; not so where its level says that it is bad.
    static func isAll(of entry: LogEntry) -> Bool {
        guard !ErrorWords.isErrorLevel(entry.level), marks.areIn(entry.line, limit: examinedBytes) else { return false }
        return !ErrorWords.areIn(rest(of: entry.line))
    }

    /// The line in lower case without such counts.
    private static func rest(of line: String) -> String {
        let parts = line.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != ":" && $0 != "=" }.flatMap(pieces)
        var kept: [Substring] = []
        var position = 0
        while position < parts.count {
            let next = position + 1 < parts.count ? parts[position + 1] : ""
            let isCounted = words.contains(String(parts[position])) && next == "0"
            let isCount = parts[position] == "0" && words.contains(String(next))
            if isCounted || isCount {
                position += 2
            } else {
                kept.append(parts[position])
                position += 1
            }
        }
        return kept.joined(separator: " ")
    }

    /// `failures=0` is two words.
    private static func pieces(_ word: Substring) -> [Substring] { word.split { $0 == ":" || $0 == "=" } }
}
