import Telemetry

/// How the findings say amounts.
enum Wording {
    /// `40 s`, `12 min`, `3 h`, `2 days`: two digits are enough to decide by.
    static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }

    /// `2026-11-23T05:20Z`: no seconds, which nobody remembers.
    static func minute(_ instant: Timestamp) -> String { String(instant.description.prefix(16)) + "Z" }

    /// `42 %`; never `0 %` or `100 %` of what is not none or all.
    static func share(_ part: Int, of whole: Int) -> String {
        guard part > 0, whole > 0 else { return "0 %" }
        guard part < whole else { return "100 %" }
        return "\(min(99, max(1, (part * 100 + whole / 2) / whole))) %"
    }

    /// `a`, `a and b`, `a, b and 3 more`.
    static func list(_ names: [String], atMost most: Int = 3) -> String {
        guard names.count > 1 else { return names.first ?? "" }
        if names.count <= most { return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "") }
        return names.prefix(most - 1).joined(separator: ", ") + " and \(names.count - most + 1) more"
    }

    /// `neither a nor b`, or `a`.
    static func none(of names: [String]) -> String {
        names.count > 1 ? "neither " + names.joined(separator: " nor ") : "no \(names.first ?? "")"
    }
}
