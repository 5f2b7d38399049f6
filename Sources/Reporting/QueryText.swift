/// Values from outside inside a TraceQL or LogQL query or an Alertmanager matcher: all three read Go's string literals.
///
/// No value can end its literal early: a quote, a backslash and every control character is escaped.
enum QueryText {
    /// The value as a string literal, with its quotes.
    static func quoted(_ value: String) -> String {
        var literal = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\0"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// `="x"` for one value, `=~"x|y"` for several.
    static func matcher(_ values: [String]) -> String {
        guard values.count > 1 else { return "=" + quoted(values.first ?? "") }
        return "=~" + quoted(values.map(escapedForRegularExpression).joined(separator: "|"))
    }

    /// RE2's special characters, as Go's `regexp.QuoteMeta` escapes them.
    private static func escapedForRegularExpression(_ value: String) -> String {
        value.reduce(into: "") { pattern, character in
            if specialCharacters.contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }

    private static let specialCharacters = Set("\\.+*?()|[]{}^$")
}
