/// Text between double quotes: a string of JSON, or a literal of TraceQL, LogQL, PromQL or an Alertmanager matcher, which
/// are all those of Go.
///
/// The one place that keeps a value from outside from changing a query or a document.
package enum QuotedText {
    /// With its quotes. Whatever the text holds, it stays inside of them.
    ///
    /// Escaped are quote, backslash and what cannot stand in JSON (https://www.rfc-editor.org/rfc/rfc8259#section-7) or in
    /// Go's source: control characters, NUL and the byte order mark (https://go.dev/ref/spec#String_literals). A backtick
    /// needs no escape in double quotes.
    ///
    /// - Parameter others: characters that are escaped besides.
    package static func doubleQuoted(_ text: String, escaping others: Set<Unicode.Scalar> = []) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}",
                _ where others.contains(scalar):
                let digits = String(scalar.value, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// A regular expression of Go's (RE2) that matches exactly this text.
    package static func regularExpression(_ text: String) -> String {
        var pattern = ""
        for scalar in text.unicodeScalars {
            if "\\.+*?()|[]{}^$".unicodeScalars.contains(scalar) { pattern += "\\" }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern
    }

    /// One that matches each of the texts and nothing else.
    package static func regularExpression(anyOf texts: [String]) -> String {
        texts.map(regularExpression).joined(separator: "|")
    }

    /// What stands behind the name of a label or attribute: `="x"` for one value, `=~"x|y"` for several.
    package static func matcher(anyOf values: [String]) -> String {
        guard values.count > 1 else { return "=" + doubleQuoted(values.first ?? "") }
        return "=~" + doubleQuoted(regularExpression(anyOf: values))
    }

    /// The value of a label in Prometheus' text format, in which nothing else is escaped.
    ///
    /// Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
    package static func labelValue(_ text: String) -> String {
        // By scalars: a quote with an accent on it, or a line break of two, is one character.
        let escaped = text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }
}
