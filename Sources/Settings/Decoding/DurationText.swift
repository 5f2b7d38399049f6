/// A duration as people write it: `500ms`, `20s`, `1h30m`, `7d`.
package enum DurationText {
    private static let units: [(name: String, duration: Duration)] = [
        ("w", .seconds(604_800)), ("d", .seconds(86_400)), ("h", .seconds(3600)), ("m", .seconds(60)),
        ("s", .seconds(1)), ("ms", .milliseconds(1)),
    ]

    /// Larger units before smaller ones, each at most once, as in Prometheus; nil for anything else.
    package static func parse(_ text: String) -> Duration? {
        var rest = text[...]
        var total = Duration.zero
        var smallest = units.startIndex
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            // Nine digits of weeks are 19 million years: nothing overflows.
            guard digits.count <= 9, let count = Int(digits),
                let unit = units.firstIndex(where: { $0.name == name }), unit >= smallest
            else { return nil }
            total += units[unit].duration * count
            smallest = unit + 1
        }
        return text.isEmpty ? nil : total
    }

    /// The shortest text that `parse` reads as the same duration, down to milliseconds.
    package static func format(_ duration: Duration) -> String {
        var rest = duration
        var text = ""
        for unit in units where rest >= unit.duration {
            let count = Int(rest / unit.duration)
            rest -= unit.duration * count
            text += "\(count)\(unit.name)"
        }
        return text.isEmpty ? "0s" : text
    }
}
