import Telemetry

/// Which of the lines that were found are kept: each once, and no more than the budget holds.
struct LogSelection {
    /// By time, then by labels and text.
    private(set) var entries: [LogEntry] = []
    /// Different lines.
    let found: Int

    /// - Parameter answers: in any order. A line that several gave belongs to the most telling of them.
    init(_ answers: [LogCollector.Answer], budget: Budget) {
        var seen: [Identity: Int] = [:]
        var groups: [[LogEntry]] = []
        for role in LogQuestion.Role.allCases {
            var group: [LogEntry] = []
            for answer in answers where answer.question.role == role {
                for entry in answer.entries where seen.updateValue(role.rawValue, forKey: Identity(entry)) == nil {
                    group.append(entry)
                }
            }
            groups.append(group.sorted(by: Self.isBefore))
        }
        found = seen.count
        // Each kind may fill its share; what the others leave free goes to the most telling.
        let shares = LogQuestion.Role.allCases.map { budget.logLines * $0.share / 100 }
        var rooms = zip(groups, shares).map { min($0.count, $1) }
        var free = budget.logLines - rooms.reduce(0, +)
        for index in rooms.indices {
            let more = min(free, groups[index].count - rooms[index])
            rooms[index] += max(0, more)
            free -= max(0, more)
        }
        var bytes = 0
        for (group, room) in zip(groups, rooms) {
            for entry in Self.evenly(room, of: group) {
                bytes += entry.line.utf8.count
                guard bytes <= budget.bytes / 2 else { break }
                entries.append(entry)
            }
        }
        entries.sort(by: Self.isBefore)
    }

    /// So many of them, at even distances: the whole window stays in view.
    private static func evenly(_ count: Int, of entries: [LogEntry]) -> [LogEntry] {
        guard count < entries.count else { return entries }
        return (0..<count).map { entries[$0 * entries.count / count] }
    }

    /// Loki itself keeps a line of the same stream, instant and text once.
    private struct Identity: Hashable {
        let at: Timestamp
        let line: String
        let labels: [String: String]

        init(_ entry: LogEntry) {
            (at, line, labels) = (entry.at, entry.line, entry.labels)
        }
    }

    private static func isBefore(_ left: LogEntry, _ right: LogEntry) -> Bool {
        if left.at != right.at { return left.at < right.at }
        if left.labels != right.labels { return isBefore(left.labels, right.labels) }
        if left.line != right.line { return left.line < right.line }
        return isBefore(left.metadata, right.metadata)
    }

    private static func isBefore(_ left: [String: String], _ right: [String: String]) -> Bool {
        let pairs = [left, right].map { $0.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }
        return pairs[0].lexicographicallyPrecedes(pairs[1])
    }
}
