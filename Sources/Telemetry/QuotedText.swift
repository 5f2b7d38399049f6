/// A value from outside as a literal of TraceQL, LogQL or an Alertmanager matcher, whose literals are all those of Go.
///
/// The one place that keeps a label's value from changing a query.
package enum QuotedText {
    /// In double quotes. Whatever the text holds, it stays inside of them.
    ///
    /// Escaped are quote, backslash and what cannot stand in Go's source: control characters, NUL and the byte order
    /// mark (https://go.dev/ref/spec#String_literals). A backtick needs no escape in double quotes.
    package static func doubleQuoted(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
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
}
