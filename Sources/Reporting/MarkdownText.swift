/// Text in CommonMark, and in the subset of it that Adaptive Cards read.
enum MarkdownText {
    /// Outside text as one literal line; code point by code point, because an accent behind it hides a bracket from Swift
    /// and not from a reader of Markdown.
    static func escaped(_ text: String) -> String {
        let escaped = text.plainLine.unicodeScalars.reduce(into: "") { escaped, scalar in
            if specialCharacters.contains(scalar) { escaped.append("\\") }
            escaped.unicodeScalars.append(scalar)
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

    /// A sentence for an Adaptive Card, whose Markdown has no code: the backticks are left out.
    static func teamsSentence(_ text: String) -> String {
        let words = InlineText.parts(of: text.plainLine).map { part in
            switch part {
            case .words(let words), .code(let words): words
            }
        }
        return escaped(words.joined())
    }

    /// A code span whose fence is longer than any run of backticks in it.
    static func code(_ text: String) -> String {
        let line = text.plainLine
        guard !line.isEmpty else { return "" }
        var longest = 0
        var run = 0
        for scalar in line.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let pad = line.unicodeScalars.first == "`" || line.unicodeScalars.last == "`" ? " " : ""
        return fence + pad + line + pad + fence
    }

    /// - Parameter url: checked already; it holds no parenthesis, space or angle bracket.
    static func link(_ title: String, _ url: String) -> String { "[\(escaped(title))](\(url))" }

    /// What begins a list, a heading or an underline at the start of a line.
    private static func escapedAtStart(_ line: String) -> String {
        guard let first = line.unicodeScalars.first else { return line }
        if "#+-=".unicodeScalars.contains(first) { return "\\" + line }
        let digits = line.prefix { $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")",
            rest.count == 1 || rest.dropFirst().first == " "
        else { return line }
        return digits + "\\" + rest
    }

    /// Brackets, not parentheses: without its brackets nothing is a link.
    private static let specialCharacters: Set<Unicode.Scalar> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "~", "|", "&",
    ]
}
