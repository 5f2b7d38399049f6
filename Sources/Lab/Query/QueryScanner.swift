/// Reads a query character by character and knows where it is: TraceQL and LogQL have their words, strings and
/// durations in common, both with Go's rules.
struct QueryScanner {
    private let scalars: [Unicode.Scalar]
    private(set) var offset = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// A string literal that Go would not read.
    struct BadLiteral: Error {
        let reason: String
        let offset: Int
    }

    mutating func skipSpace() {
        while let next = peek, next.properties.isWhitespace { offset += 1 }
    }

    var peek: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    mutating func isAtEnd() -> Bool {
        skipSpace()
        return peek == nil
    }

    /// Whether these characters come next, after white space; does not move.
    mutating func sees(_ text: String) -> Bool {
        skipSpace()
        return scalars[offset...].starts(with: text.unicodeScalars)
    }

    mutating func take(_ text: String) -> Bool {
        guard sees(text) else { return false }
        offset += text.unicodeScalars.count
        return true
    }

    /// The first of these that comes next; the longer ones have to stand before their beginnings.
    mutating func take(oneOf texts: [String]) -> String? {
        for text in texts where take(text) { return text }
        return nil
    }

    /// The characters that belong together, without white space before them being required.
    mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
        skipSpace()
        var text = String.UnicodeScalarView()
        while let next = peek, belongs(next) {
            text.append(next)
            offset += 1
        }
        return String(text)
    }

    /// A word: letters, digits and `_`.
    mutating func takeWord() -> String {
        take(while: Self.isOfWord)
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }

    /// Takes this word, and not only the beginning of a longer one.
    mutating func take(word: String) -> Bool {
        var ahead = self
        guard ahead.takeWord() == word else { return false }
        self = ahead
        return true
    }

    /// A string in double quotes with Go's escapes, or between backticks as it stands; nil when none comes next.
    mutating func takeString() throws(BadLiteral) -> String? {
        skipSpace()
        let start = offset
        guard let quote = peek, quote == "\"" || quote == "`" else { return nil }
        offset += 1
        var text = String.UnicodeScalarView()
        while let next = peek {
            offset += 1
            switch next {
            case quote: return String(text)
            case "\n" where quote == "\"": throw BadLiteral(reason: "literal not terminated", offset: start)
            case "\\" where quote == "\"":
                guard let escaped = takeEscape() else {
                    throw BadLiteral(reason: "invalid char escape", offset: start)
                }
                text.append(escaped)
            default: text.append(next)
            }
        }
        throw BadLiteral(reason: "literal not terminated", offset: start)
    }

    private mutating func takeEscape() -> Unicode.Scalar? {
        guard let kind = peek else { return nil }
        offset += 1
        switch kind {
        case "a": return "\u{7}"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{B}"
        case "\\", "\"": return kind
        case "x": return takeCode(digits: 2, radix: 16)
        case "u": return takeCode(digits: 4, radix: 16)
        case "U": return takeCode(digits: 8, radix: 16)
        case "0"..."7":
            offset -= 1
            return takeCode(digits: 3, radix: 8)
        default: return nil
        }
    }

    private mutating func takeCode(digits: Int, radix: Int) -> Unicode.Scalar? {
        guard offset + digits <= scalars.count else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[offset..<offset + digits])
        offset += digits
        return UInt32(String(text), radix: radix).flatMap(Unicode.Scalar.init)
    }

    /// What comes next, as Go's parsers name it in an error.
    mutating func nextToken() -> String {
        skipSpace()
        guard let next = peek else { return "$end" }
        return Self.isOfWord(next) ? "IDENTIFIER" : String(next)
    }

    /// ` at line 1, col 14`, counted from 1 as Go's parsers do.
    func position(_ offset: Int? = nil) -> String {
        let before = scalars.prefix(offset ?? self.offset)
        let column = before.count - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0) + 1
        return "at line \(before.count { $0 == "\n" } + 1), col \(column)"
    }
}
