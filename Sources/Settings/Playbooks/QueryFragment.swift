/// Checks the parts of queries that a playbook gives, as far as that is possible without a parser of the language.
enum QueryFragment {
    /// Whether a text can stand between `{` and `}` of TraceQL, joined to other conditions: its literals end, its brackets
    /// fit, and no brace or pipe leaves the braces.
    static func isCondition(_ text: String) -> Bool {
        guard let code = withoutLiterals(text) else { return false }
        var depth = 0
        for character in code {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth < 0 { return false }
        }
        // `||` is the or of conditions; a single pipe begins the next stage of a query.
        return depth == 0 && !code.replacing("||", with: "").contains { "{}|".contains($0) }
    }

    /// What is outside of `"…"` and `` `…` ``; nil when a literal does not end.
    private static func withoutLiterals(_ text: String) -> String? {
        var code = ""
        var quote: Character?
        var isEscaped = false
        for character in text {
            if quote == nil {
                if character == "\"" || character == "`" { quote = character } else { code.append(character) }
            } else if isEscaped {
                isEscaped = false
            } else if character == "\\", quote == "\"" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            }
        }
        return quote == nil ? code : nil
    }
}
