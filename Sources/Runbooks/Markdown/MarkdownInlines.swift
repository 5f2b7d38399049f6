/// Reads the marks inside of a line: `code`, **strong**, *emphasis* and [links](page.md). `_` is a letter: names have it.
struct MarkdownInlines {
    private var rest: Substring
    private var parts: [MarkdownInline] = []
    private var text = ""

    static func read(_ line: Substring) -> [MarkdownInline] {
        var reader = MarkdownInlines(rest: line)
        while let next = reader.rest.first { reader.take(next) }
        reader.endText()
        return reader.parts
    }

    private init(rest: Substring) {
        self.rest = rest
    }

    private mutating func take(_ next: Character) {
        if next == "\\", let escaped = rest.dropFirst().first, escaped.isPunctuation || escaped.isSymbol {
            text.append(escaped)
            rest = rest.dropFirst(2)
        } else if next == "`", let code = enclosed(by: "`") {
            add(.code(String(code)), length: code.count + 2)
        } else if rest.hasPrefix("**"), let strong = enclosed(by: "**") {
            add(.strong(Self.read(strong)), length: strong.count + 4)
        } else if next == "*", let emphasis = enclosed(by: "*") {
            add(.emphasis(Self.read(emphasis)), length: emphasis.count + 2)
        } else if next == "[", let link = link() {
            add(.link(text: Self.read(link.text), target: String(link.target)), length: link.length)
        } else {
            text.append(next)
            rest.removeFirst()
        }
    }

    private mutating func add(_ part: MarkdownInline, length: Int) {
        endText()
        parts.append(part)
        rest = rest.dropFirst(length)
    }

    private mutating func endText() {
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
    }

    /// What stands between two marks; nil when the second is missing, and for a mark before a space: `2 * 3`.
    private func enclosed(by mark: String) -> Substring? {
        let behind = rest.dropFirst(mark.count)
        guard let end = behind.firstRange(of: mark), end.lowerBound > behind.startIndex else { return nil }
        let inside = behind[..<end.lowerBound]
        return mark != "`" && inside.first == " " ? nil : inside
    }

    private func link() -> (text: Substring, target: Substring, length: Int)? {
        let behind = rest.dropFirst()
        guard let middle = behind.firstRange(of: "](") else { return nil }
        let text = behind[..<middle.lowerBound]
        let target = behind[middle.upperBound...].prefix { $0 != ")" }
        guard !text.contains("]"), !target.isEmpty, behind[target.endIndex...].first == ")" else { return nil }
        return (text, target, text.count + target.count + 4)
    }
}
