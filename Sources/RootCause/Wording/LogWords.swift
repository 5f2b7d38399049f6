/// A log line as people quote it: without the time, the level and the ids that every line begins with.
enum LogWords {
    private static let levels: Set<String> = [
        "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "critical", "crit", "severe",
    ]
    /// Loggers put no more than this in front of the message.
    private static let mostPrefixes = 10
    /// Digits of the shortest id that is hexadecimal: a span's.
    private static let shortestID = 16

    /// `OrderService#142: no such order 17`: the place in the code, where the line tells it, and the message.
    static func quote(_ line: String, characters limit: Int) -> String {
        let place = SourceLocation.text(in: line)
        let message = Words.short(message(of: line, place: place), characters: limit)
        guard let place else { return message }
        return message.isEmpty ? place : "\(place): \(message)"
    }

    private static func message(of line: String, place: String?) -> String {
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        var position = 0
        while position < min(words.count, mostPrefixes) {
            let word = words[position].drop { $0 == "[" || $0 == "(" }
            let bare = word.prefix { $0 != "]" && $0 != ")" }
            if levels.contains(bare.lowercased()) || isTime(bare) || place.map({ words[position].contains($0) }) == true
            {
                position += 1
            } else if position + 1 < words.count, words[position].last == ":" || words[position].last == "=",
                isID(words[position + 1])
            {
                position += 2
            } else {
                break
            }
        }
        // A line that is nothing but such words is its own message.
        return position < words.count ? words[position...].joined(separator: " ") : line
    }

    /// Mostly digits: `2023-01-29`, `18:26:24.953`, `2023-01-29T18:26:24Z`.
    private static func isTime(_ word: Substring) -> Bool {
        let digits = word.utf8.count { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
        return digits > 3 && word.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") }
            && 2 * digits > word.utf8.count
    }

    private static func isID(_ word: Substring) -> Bool {
        word.utf8.count >= shortestID && word.allSatisfy(\.isHexDigit)
    }
}
