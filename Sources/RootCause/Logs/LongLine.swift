import Telemetry

/// A log line that is an attachment rather than a line: a dump, an image in base64, a body of a megabyte.
///
/// Everything that reads lines then costs no more than what this leaves of each.
enum LongLine {
    /// Sixteen times what the miner looks at; the longest stack traces are shorter.
    static let mostBytes = 64 << 10

    static func isLong(_ line: String) -> Bool { line.utf8.count > mostBytes }

    /// The entry with the beginning of its line, cut between two characters.
    static func cut(_ entry: LogEntry) -> LogEntry {
        guard isLong(entry.line) else { return entry }
        let bytes = entry.line.utf8
        var end = bytes.index(bytes.startIndex, offsetBy: mostBytes)
        while end > bytes.startIndex, UTF8.isContinuation(bytes[end]) { end = bytes.index(before: end) }
        return LogEntry(
            at: entry.at, line: String(entry.line[..<end]), labels: entry.labels, metadata: entry.metadata)
    }
}
