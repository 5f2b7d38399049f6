import Telemetry

/// Values from outside inside the queries that a link carries.
enum QueryText {
    /// The value as a string literal, with its quotes.
    static func quoted(_ value: String) -> String { QuotedText.doubleQuoted(value) }

    /// `="x"` for one value, `=~"x|y"` for several.
    static func matcher(_ values: [String]) -> String {
        guard values.count > 1 else { return "=" + quoted(values.first ?? "") }
        return "=~" + quoted(values.map(QuotedText.regularExpression).joined(separator: "|"))
    }
}
