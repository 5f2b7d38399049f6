import Telemetry

/// Log lines in an order that does not depend on the order in which they came.
enum LogOrder {
    static func sorted(_ entries: [LogEntry]) -> [LogEntry] {
        var sorted = entries.sorted { left, right in
            if left.at != right.at { return left.at < right.at }
            return left.line < right.line
        }
        // What tells equal lines apart is costly to look at, and there may be many of one instant: once for each.
        var start = 0
        while start < sorted.count {
            let first = sorted[start]
            var end = start + 1
            while end < sorted.count, sorted[end].at == first.at, sorted[end].line == first.line { end += 1 }
            if end - start > 1 {
                let keyed = sorted[start..<end].map { (entry: $0, key: key($0)) }
                let ordered = keyed.sorted { left, right in
                    if left.key != right.key { return left.key < right.key }
                    // They compare equal and may still be composed of different bytes.
                    return left.entry.line.utf8.lexicographicallyPrecedes(right.entry.line.utf8)
                }
                sorted.replaceSubrange(start..<end, with: ordered.map(\.entry))
            }
            start = end
        }
        return sorted
    }

    private static func key(_ entry: LogEntry) -> String {
        let fields = entry.metadata.sorted { $0.key < $1.key } + entry.labels.sorted { $0.key < $1.key }
        return fields.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1}")
    }
}
