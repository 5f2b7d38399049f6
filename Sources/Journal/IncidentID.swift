/// An incident's id: short enough to type in a chat, derived from the notification that opened it: `i-42`.
package struct IncidentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// Reads `i-42` or `42`.
    package init?(_ text: some StringProtocol) {
        let digits = text.hasPrefix("i-") ? text.dropFirst(2) : text[...]
        guard let number = Int64(digits), number > 0 else { return nil }
        self.number = number
    }

    package var description: String { "i-\(number)" }

    package static func < (left: IncidentID, right: IncidentID) -> Bool { left.number < right.number }
}
