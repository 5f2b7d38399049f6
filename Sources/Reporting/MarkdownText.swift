/// Text in CommonMark, and in the subset of it that Adaptive Cards read.
enum MarkdownText {
    /// Outside text as one literal line.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        var last: Character = " "
        for character in text.plainLine {
            if specialCharacters.contains(character) { escaped.append("\\") }
            escaped.append(character)
            // `@name` would notify somebody in the ticket that the report is pasted into.
            if character == "@", !(last.isLetter || last.isNumber) { escaped.append(Self.wordJoiner) }
            last = character
        }
        return escapedAtStart(escaped)
    }

    /// A sentence, with what stands between backticks as code.
    static func sentence(_ text: String) -> String {
        let parts = InlineText.parts(of: text.plainLine)
        return parts.enumerated().map { index, part in
            switch part {
            case .words(let words):
                let lead = words.first == " " && index > 0 ? " " : ""
                let trail = words.last == " " && index < parts.count - 1 ? " " : ""
                return lead + escaped(words) + trail
            case .code(let code): return Self.code(code)
            }
        }.joined()
    }

    /// A code span whose fence is longer than any run of backticks in it.
    static func code(_ text: String) -> String {
        let line = text.plainLine
        var longest = 0
        var run = 0
        for character in line {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
        return fence + pad + line + pad + fence
    }

    /// - Parameter url: checked already; it holds no parenthesis, space or angle bracket.
    static func link(_ title: String, _ url: String) -> String { "[\(escaped(title))](\(url))" }

    /// What begins a list, a heading or a quotation at the start of a line.
    private static func escapedAtStart(_ line: String) -> String {
        guard let first = line.first else { return line }
        if "#+-=".contains(first) { return "\\" + line }
        let digits = line.prefix { $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" else { return line }
        return digits + "\\" + rest
    }

    private static let specialCharacters: Set<Character> = [
        "\\", "`", "*", "_", "[", "]", "(", ")", "<", ">", "~", "|", "!", "&",
    ]

    /// Invisible, and no part of a user's name.
    private static let wordJoiner: Character = "\u{2060}"
}

extension MarkdownText {
    /// A sentence for an Adaptive Card, whose Markdown has no code: the backticks are left out.
    static func teamsSentence(_ text: String) -> String {
        let words = InlineText.parts(of: text.plainLine).map { part in
            switch part {
            case .words(let words), .code(let words): words
            }
        }
        return escaped(words.joined())
    }
}
