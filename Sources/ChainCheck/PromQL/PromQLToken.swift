/// A word of PromQL, as far as it matters for which series it needs.
enum PromQLToken: Hashable {
    /// A metric, function, keyword or label.
    case name(String)
    /// A number or a duration.
    case number
    case text(String)
    /// `(`, `)`, `{`, `}`, `,`, or an operator.
    case mark(String)
    /// `[5m]`, `[1h:5m]`: a range.
    case range

    /// nil for what no PromQL has.
    static func tokens(_ text: String) -> [PromQLToken]? {
        var tokens: [PromQLToken] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "#" {
                rest = rest.drop { $0 != "\n" }
            } else if "\"'`".contains(first) {
                guard let literal = quoted(&rest) else { return nil }
                tokens.append(.text(literal))
            } else if first == "[" {
                guard let end = rest.firstIndex(of: "]") else { return nil }
                rest = rest[rest.index(after: end)...]
                tokens.append(.range)
            } else if first.isASCIILetter || first == "_" || first == ":" {
                let word = rest.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == "_" || $0 == ":" }
                rest = rest[word.endIndex...]
                tokens.append(.name(String(word)))
            } else if first.isASCIIDigit || first == "." {
                rest = rest.drop { $0.isASCIIDigit || $0.isASCIILetter || $0 == "." || $0 == "_" }
                tokens.append(.number)
            } else {
                let two = String(rest.prefix(2))
                let mark = ["==", "!=", ">=", "<=", "=~", "!~"].contains(two) ? two : String(first)
                guard "(){},+-*/%^<>=!@".contains(first) else { return nil }
                rest = rest.dropFirst(mark.count)
                tokens.append(.mark(mark))
            }
        }
        return tokens
    }

    private static func quoted(_ rest: inout Substring) -> String? {
        let quote = rest.removeFirst()
        var literal = ""
        while let character = rest.popFirst() {
            if character == quote { return literal }
            guard character == "\\", quote != "`" else {
                literal.append(character)
                continue
            }
            // What is escaped does not matter: names of metrics have nothing to escape.
            guard let escaped = rest.popFirst() else { return nil }
            literal.append(escaped)
        }
        return nil
    }
}

extension Character {
    fileprivate var isASCIILetter: Bool { isASCII && isLetter }
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
