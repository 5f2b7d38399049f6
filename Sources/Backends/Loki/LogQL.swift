import Telemetry

/// Writes LogQL from values that come from outside, so that no value can change the query.
package enum LogQL {
    /// A string literal.
    package static func quoted(_ text: String) -> String { QuotedText.doubleQuoted(text) }

    /// `{namespace="a",app=~"b|c"}`: the streams whose labels have one of the values each.
    ///
    /// - Parameter labels: in this order; one without values is left out. A dot in a name becomes `_`, as in Loki.
    /// - Returns: nil when no label with a value is left, because Loki refuses to search all streams.
    package static func selector(_ labels: [(name: String, values: [String])]) -> String? {
        let matchers = labels.compactMap { label -> String? in
            let values = label.values.filter { !$0.isEmpty }
            return values.isEmpty ? nil : labelName(label.name) + QuotedText.matcher(anyOf: values)
        }
        return matchers.isEmpty ? nil : "{" + matchers.joined(separator: ",") + "}"
    }

    /// ` |= "text"`: keeps the lines that contain the text. Empty for the empty text, which every line contains.
    package static func lineContains(_ text: String) -> String { text.isEmpty ? "" : " |= \(quoted(text))" }

    /// ` |~ "a|b"`: keeps the lines that contain one of the texts. Empty when there is none.
    package static func lineContains(anyOf texts: [String]) -> String {
        let texts = texts.filter { !$0.isEmpty }
        guard texts.count > 1 else { return texts.first.map(lineContains) ?? "" }
        return " |~ \(quoted(QuotedText.regularExpression(anyOf: texts)))"
    }

    /// ` | trace_id="x"`: keeps the lines whose structured metadata or labels have one of the values.
    package static func label(_ name: String, isAnyOf values: [String]) -> String {
        " | \(labelName(name))\(QuotedText.matcher(anyOf: values))"
    }

    /// Letters, digits and `_`, no digit first; anything else becomes `_`.
    static func labelName(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": Character(scalar)
            default: "_"
            }
        }
        let startsWithDigit = scalars.first.map { ("0"..."9").contains($0) } ?? true
        return (startsWithDigit ? "_" : "") + String(scalars)
    }
}
