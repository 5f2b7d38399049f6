/// The subset of Markdown that Adaptive Cards have, read code point by code point: bold, italic, links and escapes; in
/// Teams mentions besides.
///
/// Source: https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
enum CardMarkup {
    private typealias Text = Substring.UnicodeScalarView

    /// - Parameter mentions: the texts of the card's entities; without its entity a mark calls nobody.
    static func line(of text: String, mentions: Set<String> = []) -> ShownMessage.Line {
        spans(of: text.unicodeScalars[...], [], mentions)
    }

    private static func spans(
        of text: Text, _ styles: Set<ShownMessage.Style>, _ mentions: Set<String>
    ) -> ShownMessage.Line {
        var spans: ShownMessage.Line = []
        var plain = String.UnicodeScalarView()
        var rest = text
        func flush() {
            if !plain.isEmpty { spans.append(.init(text: String(plain), styles: styles)) }
            plain.removeAll()
        }
        while let scalar = rest.first {
            if scalar == "\\", let next = rest.dropFirst().first, escapable.contains(next) {
                plain.append(next)
                rest = rest.dropFirst(2)
            } else if scalar == "[", let link = link(rest) {
                flush()
                let title = self.spans(of: link.title, styles, []).map(\.text).joined()
                spans.append(.init(text: title, styles: styles, url: String(link.url)))
                rest = link.after
            } else if scalar == "<", let mention = mentions.first(where: { rest.starts(with: $0.unicodeScalars) }) {
                flush()
                let name = mention.dropFirst("<at>".count).dropLast("</at>".count)
                spans.append(.init(text: "@\(name)", styles: styles.union([.mention])))
                rest = rest.dropFirst(mention.unicodeScalars.count)
            } else if let found = emphasis(rest, before: plain.last, styles) {
                flush()
                spans += self.spans(of: found.inside, styles.union([found.style]), mentions)
                rest = found.after
            } else {
                plain.append(scalar)
                rest = rest.dropFirst()
            }
        }
        flush()
        return spans
    }

    /// CommonMark lets a backslash escape ASCII punctuation and nothing else.
    private static let escapable = Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".unicodeScalars)

    private static func link(_ text: Text) -> (title: Text, url: Text, after: Text)? {
        let body = text.dropFirst()
        guard let close = unescaped("]", in: body) else { return nil }
        let behind = body[body.index(after: close)...]
        guard behind.first == "(", let end = behind.firstIndex(of: ")") else { return nil }
        return (body[..<close], behind.dropFirst()[..<end], behind[behind.index(after: end)...])
    }

    private static func emphasis(
        _ text: Text, before: Unicode.Scalar?, _ styles: Set<ShownMessage.Style>
    ) -> (style: ShownMessage.Style, inside: Text, after: Text)? {
        guard let marker = text.first, marker == "*" || marker == "_" else { return nil }
        let length = text.dropFirst().first == marker ? 2 : 1
        let style: ShownMessage.Style = length == 2 ? .bold : .italic
        let followsWord = before.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
        guard !styles.contains(style), marker == "*" || !followsWord else { return nil }
        let body = text.dropFirst(length)
        guard body.first != " ", var end = unescaped(marker, in: body), end != body.startIndex else { return nil }
        while length == 2, body[body.index(after: end)...].first != marker {
            guard let next = unescaped(marker, in: body[body.index(after: end)...]) else { return nil }
            end = next
        }
        guard body[..<end].last != " " else { return nil }
        return (style, body[..<end], body[end...].dropFirst(length))
    }

    private static func unescaped(_ wanted: Unicode.Scalar, in text: Text) -> Text.Index? {
        var index = text.startIndex
        while index < text.endIndex, text[index] != wanted {
            let isEscape = text[index] == "\\"
            index = text.index(after: index)
            if isEscape, index < text.endIndex { index = text.index(after: index) }
        }
        return index < text.endIndex ? index : nil
    }
}
