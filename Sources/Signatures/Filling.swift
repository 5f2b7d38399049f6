/// Fills the names in braces of a statement or recommendation.
package enum Filling {
    /// The name that stands for the subject whatever its kind.
    package static let subject = "subject"

    /// nil when a name has no value.
    package static func fill(_ text: String, _ values: [String: String]) -> String? {
        var filled = ""
        var rest = text[...]
        for match in text.matches(of: placeholder) {
            guard let value = values[String(match.name)] else { return nil }
            filled += rest[..<match.range.lowerBound] + value
            rest = text[match.range.upperBound...]
        }
        return filled + rest
    }

    package static func names(in text: String) -> [String] { text.matches(of: placeholder).map { String($0.name) } }

    private static var placeholder: Regex<(Substring, name: Substring)> { /\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}/ }
}
