import Languages
import Telemetry

/// Numbers and durations in the words that a person uses.
enum Quantities {
    /// "8,310"
    static func count(_ number: Int) -> Phrase {
        let digits = String(number.magnitude)
        var head = digits.count % 3
        if head == 0 { head = 3 }
        var grouped = Phrase(verbatim: (number < 0 ? "-" : "") + digits.prefix(head))
        var rest = digits.dropFirst(head)
        while !rest.isEmpty {
            // Readers of other languages set thousands apart by another mark.
            grouped = "\(grouped),\(rest.prefix(3))"
            rest = rest.dropFirst(3)
        }
        return grouped
    }

    /// "1 build", "3 builds"
    static func count(_ number: Int, _ noun: Noun) -> Phrase { noun.phrase(number) }

    /// "2.5 s", "45 s", "6 min", "2 h 5 min", "3 days"; under a second "80 ms".
    static func duration(_ duration: Duration) -> Phrase {
        let nanoseconds = max(0, duration.nanoseconds)
        let seconds = seconds(nanoseconds)
        return seconds < 172_800
            ? short(nanoseconds, seconds: seconds) : "\((seconds + 43_200) / 86_400) days"
    }

    private static func seconds(_ nanoseconds: Int64) -> Int {
        let half = nanoseconds >= 1_000_000_000 ? (nanoseconds / 500_000_000) % 2 : 0
        return Int(clamping: nanoseconds / 1_000_000_000 + half)
    }

    /// In units that are the same in every language.
    private static func short(_ nanoseconds: Int64, seconds: Int) -> Phrase {
        let tenths = nanoseconds / 100_000_000 + (nanoseconds / 50_000_000) % 2
        if tenths > 10, tenths < 100, tenths % 10 != 0 {
            return Phrase(decimal: "\(tenths / 10).\(tenths % 10)") + Phrase(verbatim: " s")
        }
        return Phrase(verbatim: whole(nanoseconds, seconds: seconds))
    }

    private static func whole(_ nanoseconds: Int64, seconds: Int) -> String {
        switch seconds {
        case 0: return "\(nanoseconds / 1_000_000) ms"
        case ..<100: return "\(seconds) s"
        case ..<5940: return "\((seconds + 30) / 60) min"
        default:
            let minutes = (seconds + 30) / 60
            return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
        }
    }

    /// "92.7 %"; whole numbers without a point. All and nothing are only said of all and nothing. What is no number is 0.
    static func percent(_ share: Double) -> Phrase {
        guard !share.isNaN else { return Phrase(verbatim: "0 %") }
        var tenths = Int((min(max(share, 0), 1) * 1000).rounded())
        if share < 1, tenths == 1000 { tenths = 999 }
        if share > 0, tenths == 0 { tenths = 1 }
        return Phrase(decimal: tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)")
            + Phrase(verbatim: " %")
    }

    /// "61 %", for parts of a whole.
    static func wholePercent(_ share: Double) -> String {
        guard share.isFinite else { return "0 %" }
        return "\(Int((min(max(share, 0), 1) * 100).rounded())) %"
    }

    /// "a", "a and b", "a, b and c", "a, b and 4 more"
    static func list(_ names: [String], limit: Int = 3) -> Phrase {
        list(names.map { Phrase(verbatim: $0) }, limit: limit)
    }

    static func list(_ names: [Phrase], limit: Int) -> Phrase {
        let shown = names.count <= limit ? names : Array(names.prefix(max(1, limit - 1)))
        let rest = names.count - shown.count
        let parts = rest > 0 ? shown + [more(rest)] : shown
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? .empty }
        return "\(parts.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// "4 more"
    static func more(_ number: Int) -> Phrase { "\(count(number)) more" }
}
