/// What an alert measures, from the link that it carries back to its rule.
enum AlertExpression {
    /// A rule has a few hundred characters; a megabyte in an alert's link is no rule.
    static let longest = 16_384

    /// The expression in the link to Prometheus' page: the decoded `g0.expr` of `http://prometheus:9090/graph?g0.expr=up+%3D%3D+0`.
    ///
    /// - Returns: nil without one. Rules that Grafana or vmalert manage link to pages of theirs, which have none.
    static func inGeneratorURL(_ url: String) -> String? {
        guard let mark = url.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        let query = url[url.index(after: mark)...].prefix { $0 != "#" }
        for pair in query.split(separator: "&") where pair.hasPrefix("g0.expr=") {
            guard let text = decoded(pair.dropFirst("g0.expr=".count)), !text.allSatisfy(\.isWhitespace),
                text.utf8.count <= longest
            else { return nil }
            return text
        }
        return nil
    }

    /// `+` is a space, `%XX` a byte. nil for a broken escape and for what is no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The expression without the comparison with a number that makes an alert of it: `rate(x[5m])` of
    /// `rate(x[5m]) > 0.1`, so that the time before the alert is seen as well. Any other expression as it is.
    static func measured(_ expression: String) -> String {
        guard let comparison = Comparison(in: expression) else { return expression }
        let (left, right) = (expression[..<comparison.range.lowerBound], expression[comparison.range.upperBound...])
        if isNumber(right), !isNumber(left) { return trimmed(left) }
        if isNumber(left), !isNumber(right) { return trimmed(right) }
        return expression
    }

    private static func isNumber(_ text: Substring) -> Bool {
        text.contains(where: \.isNumber) && text.allSatisfy { "0123456789.eE+-*/() \n\t".contains($0) }
    }

    private static func trimmed(_ text: Substring) -> String {
        let front = text.drop(while: \.isWhitespace)
        return String(front.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The only comparison outside of brackets and literals, if nothing binds weaker than it.
    private struct Comparison {
        private(set) var range: Range<String.Index>

        init?(in text: String) {
            var found: Range<String.Index>?
            var depth = 0
            var quote: Character?
            var index = text.startIndex
            while index < text.endIndex {
                let character = text[index]
                let next = text.index(after: index)
                if let open = quote {
                    if character == "\\", open != "`", next < text.endIndex {
                        index = text.index(after: next)
                        continue
                    }
                    if character == open { quote = nil }
                } else if "\"'`".contains(character) {
                    quote = character
                } else if "([{".contains(character) {
                    depth += 1
                } else if ")]}".contains(character) {
                    depth -= 1
                } else if character == "#" {
                    // A comment may hold anything.
                    return nil
                } else if depth == 0, "=!<>".contains(character) {
                    let hasTwo = next < text.endIndex && text[next] == "="
                    guard found == nil, hasTwo || "<>".contains(character) else { return nil }
                    let end = hasTwo ? text.index(after: next) : next
                    found = index..<end
                    index = end
                    continue
                } else if depth == 0, character.isLetter || character == "_" {
                    let word = text[index...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
                    // `bool` keeps the comparison's result as the value; the others bind weaker than a comparison.
                    if ["and", "or", "unless", "bool"].contains(word.lowercased()) { return nil }
                    index = word.endIndex
                    continue
                }
                index = next
            }
            guard let found, depth == 0, quote == nil else { return nil }
            range = found
        }
    }
}
