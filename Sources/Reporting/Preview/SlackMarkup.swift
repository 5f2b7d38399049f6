/// Slack's mrkdwn, read as Slack reads it: code point by code point.
///
/// Source: https://docs.slack.dev/messaging/formatting-message-text
enum SlackMarkup {
    private typealias Text = Substring.UnicodeScalarView

    static func lines(of text: String) -> [ShownMessage.Line] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { spans(of: $0, []) }
    }

    /// As a notification shows it: without any dress.
    static func plain(_ text: String) -> String {
        lines(of: text).map { line in line.map(\.text).joined() }.joined(separator: "\n")
    }

    private static let markers: [Unicode.Scalar: ShownMessage.Style] = ["*": .bold, "_": .italic, "~": .struck]

    private static func spans(of text: Text, _ styles: Set<ShownMessage.Style>) -> [ShownMessage.Span] {
        var spans: [ShownMessage.Span] = []
        var plain = String.UnicodeScalarView()
        var rest = text
        func flush() {
            if !plain.isEmpty { spans.append(.init(text: SlackText.unescaped(plain), styles: styles)) }
            plain.removeAll()
        }
        while let scalar = rest.first {
            if scalar == "<", let end = rest.firstIndex(of: ">") {
                flush()
                spans.append(marked(rest[rest.index(after: rest.startIndex)..<end], styles))
                rest = rest[rest.index(after: end)...]
            } else if scalar == "`", let (inside, after) = enclosed(rest) {
                flush()
                spans.append(.init(text: SlackText.unescaped(inside), styles: styles.union([.code])))
                rest = after
            } else if let style = markers[scalar], !styles.contains(style), isBoundary(plain.last),
                let (inside, after) = enclosed(rest), inside.first != " ", inside.last != " ", isBoundary(after.first)
            {
                flush()
                spans += self.spans(of: inside, styles.union([style]))
                rest = after
            } else {
                plain.append(scalar)
                rest = rest.dropFirst()
            }
        }
        flush()
        return spans
    }

    /// A marker opens after what is no word and closes before it.
    private static func isBoundary(_ neighbour: Unicode.Scalar?) -> Bool {
        neighbour.map { !$0.properties.isAlphabetic && $0.properties.numericType == nil } ?? true
    }

    private static func enclosed(_ text: Text) -> (inside: Text, after: Text)? {
        guard let marker = text.first else { return nil }
        let body = text.dropFirst()
        guard let end = body.firstIndex(of: marker), end != body.startIndex else { return nil }
        return (body[..<end], body[body.index(after: end)...])
    }

    /// What stands between angle brackets: somebody, or a link.
    private static func marked(_ inside: Text, _ styles: Set<ShownMessage.Style>) -> ShownMessage.Span {
        let parts = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let target = String(parts[0])
        let label = parts.count > 1 ? SlackText.unescaped(parts[1]) : nil
        if let kind = inside.first, "@!#".unicodeScalars.contains(kind) {
            let name = target.hasPrefix("!subteam^") ? target.dropFirst("!subteam^".count) : target.dropFirst()
            return .init(text: "@" + (label ?? String(name)), styles: styles.union([.mention]))
        }
        return .init(text: label ?? target, styles: styles, url: SlackText.unescaped(parts[0]))
    }
}
