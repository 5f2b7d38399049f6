package import Languages

/// Fills the names in braces of a statement or recommendation.
package enum Filling {
    /// The name that stands for the subject whatever its kind.
    package static let subject = "subject"

    /// The text as a sentence for people: what is in braces becomes its places, `Image `{}` of {}`. A text that has such
    /// places of its own, as a Go template does, is no sentence and stays as it is written.
    ///
    /// - Returns: nil when a name has no value.
    package static func fill(_ text: String, _ values: [String: String]) -> Phrase? {
        var template = ""
        var arguments: [Phrase] = []
        var filled = ""
        var rest = text[...]
        for match in text.matches(of: placeholder) {
            guard let value = values[String(match.name)] else { return nil }
            let before = rest[..<match.range.lowerBound]
            template += before + "{}"
            filled += before + value
            arguments.append(Phrase(verbatim: value))
            rest = text[match.range.upperBound...]
        }
        guard text.firstMatch(of: place) == nil else { return Phrase(verbatim: filled + rest) }
        return Phrase(template: template + rest, arguments)
    }

    package static func names(in text: String) -> [String] { text.matches(of: placeholder).map { String($0.name) } }

    private static var placeholder: Regex<(Substring, name: Substring)> { /\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}/ }

    /// What a phrase would take for a place of its own.
    private static var place: Regex<Substring> { /\{[0-9]*\}/ }
}
