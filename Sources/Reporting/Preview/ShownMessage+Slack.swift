extension ShownMessage {
    /// A Block Kit message.
    ///
    /// Source: https://docs.slack.dev/reference/block-kit/blocks
    init(slack message: WireJSON) {
        let blocks = message["blocks"]?.items.compactMap(Self.block) ?? []
        let text = message["text"]?.string ?? ""
        self.init(
            platform: .slack, notification: SlackMarkup.plain(text),
            blocks: blocks.isEmpty ? [.text(SlackMarkup.lines(of: text), .body)] : blocks)
    }

    private static func block(_ block: WireJSON) -> Block? {
        let elements = block["elements"]?.items ?? []
        switch block["type"]?.string {
        case "header": return .text(lines(block["text"]), .headline)
        case "divider": return .divider
        case "image": return .picture(block["alt_text"]?.string ?? "")
        case "actions":
            return .buttons(
                elements.compactMap { button in
                    button["text"]?["text"]?.string.map { Button(title: $0, url: button["url"]?.string) }
                })
        case "context":
            return .text(elements.flatMap { $0["type"]?.string == "image" ? [] : lines($0) }, .quiet)
        case "section":
            let fields = block["fields"]?.items ?? []
            return .text(([block["text"]].compactMap { $0 } + fields).flatMap { lines($0) }, .body)
        default: return nil
        }
    }

    private static func lines(_ text: WireJSON?) -> [Line] {
        guard let text, let content = text["text"]?.string else { return [] }
        if text["type"]?.string == "plain_text" {
            return content.split(separator: "\n", omittingEmptySubsequences: false).map { [Span(text: String($0))] }
        }
        return SlackMarkup.lines(of: content)
    }
}
