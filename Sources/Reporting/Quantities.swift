import Telemetry

/// Numbers and durations in the words that a person uses.
enum Quantities {
    /// "8,310"
    static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return (number < 0 ? "-" : "") + grouped
    }

    /// "1 build", "3 builds"
    static func count(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(plural(noun, number))"
    }

    static func plural(_ noun: String, _ number: Int) -> String {
        if number == 1 || noun.hasSuffix("series") { return noun }
        return noun + "s"
    }

    /// "2.5 s", "45 s", "6 min", "2 h 5 min", "3 days"; under a second "80 ms".
    static func duration(_ duration: Duration) -> String {
        let nanoseconds = max(0, duration.nanoseconds)
        let tenths = nanoseconds / 100_000_000 + (nanoseconds / 50_000_000) % 2
        if tenths > 10, tenths < 100, tenths % 10 != 0 { return "\(tenths / 10).\(tenths % 10) s" }
        let half = nanoseconds >= 1_000_000_000 ? (nanoseconds / 500_000_000) % 2 : 0
        let seconds = Int(clamping: nanoseconds / 1_000_000_000 + half)
        switch seconds {
        case 0: return "\(max(0, duration.nanoseconds) / 1_000_000) ms"
        case ..<100: return "\(seconds) s"
        case ..<5940: return "\((seconds + 30) / 60) min"
        case ..<172_800:
            let minutes = (seconds + 30) / 60
            return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
        default: return "\((seconds + 43_200) / 86_400) days"
        }
    }

    /// "38 build minutes", "12 build hours"; nil for less than a minute.
    static func buildTime(_ duration: Duration) -> String? {
        let minutes = Int(clamping: (max(0, duration.nanoseconds) / 1_000_000_000 + 30) / 60)
        guard minutes > 0 else { return nil }
        let hours = (minutes + 30) / 60
        return hours >= fewestHours ? count(hours, "build hour") : count(minutes, "build minute")
    }

    /// Up to here minutes are told.
    private static let fewestHours = 10

    /// "92.7 %"; whole numbers without a point. All and nothing are only said of all and nothing. What is no number is 0.
    static func percent(_ share: Double) -> String {
        guard !share.isNaN else { return "0 %" }
        var tenths = Int((min(max(share, 0), 1) * 1000).rounded())
        if share < 1, tenths == 1000 { tenths = 999 }
        if share > 0, tenths == 0 { tenths = 1 }
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }

    /// "61 %", for parts of a whole.
    static func wholePercent(_ share: Double) -> String {
        guard share.isFinite else { return "0 %" }
        return "\(Int((min(max(share, 0), 1) * 100).rounded())) %"
    }

    /// "a", "a and b", "a, b and c", "a, b and 4 more"
    static func list(_ names: [String], limit: Int = 3) -> String {
        let shown = names.count <= limit ? names : Array(names.prefix(max(1, limit - 1)))
        let rest = names.count - shown.count
        let parts = rest > 0 ? shown + ["\(rest) more"] : shown
        return joined(parts, with: "and")
    }

    /// "a", "a or b", "a, b or c"
    static func alternatives(_ names: [String]) -> String { joined(names, with: "or") }

    private static func joined(_ names: [String], with conjunction: String) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
