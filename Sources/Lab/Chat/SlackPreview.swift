import FoundationEssentials
import Scenarios

/// A Block Kit message as the person in the channel sees it, in a terminal.
///
/// Made from the JSON that was delivered, not from what it was rendered from: what is missing here is missing in Slack.
package struct SlackPreview: Sendable {
    /// A button or a link in the text, and where it leads.
    package struct Link: Hashable, Sendable {
        package let title: String
        package let url: String
    }

    /// What Slack shows in a notification.
    package let notification: String
    /// One entry a line; empty ones are gaps between blocks.
    package let lines: [String]
    package let links: [Link]

    /// - Parameters:
    ///   - body: as it was posted to the webhook.
    ///   - width: of the terminal in columns; longer lines are wrapped between words.
    ///   - isBold: whether bold and code are shown with terminal colours.
    package init(body: [UInt8], width: Int = 80, usesColours: Bool = false) throws {
        let message = try JSONDecoder().decode(WireMessage.self, from: Data(body))
        let text = SlackMarkup(usesColours: usesColours)
        var lines: [String] = []
        var links: [Link] = []
        for block in message.blocks ?? [] {
            switch block.type {
            case "header": lines += text.wrapped(text.bold(block.text?.text ?? ""), width: width)
            case "divider": lines.append(String(repeating: "─", count: width))
            case "actions":
                let buttons = block.elements ?? []
                links += buttons.compactMap { button in
                    button.url.map { Link(title: button.text?.text ?? "", url: $0) }
                }
                let row = buttons.map { "[\($0.text?.text ?? "")]" }.joined(separator: " ")
                lines += text.wrapped(row, width: width)
            default:
                let pieces =
                    [block.text].compactMap { $0?.text } + (block.fields ?? []).map(\.text)
                    + (block.elements ?? []).compactMap { $0.text?.text }
                for piece in pieces {
                    links += text.links(in: piece)
                    for line in piece.split(separator: "\n", omittingEmptySubsequences: false) {
                        lines += text.wrapped(text.shown(String(line)), width: width)
                    }
                }
            }
            lines.append("")
        }
        while lines.last == "" { lines.removeLast() }
        notification = text.shown(message.text ?? "")
        self.lines = lines
        self.links = links
    }
}

private struct WireMessage: Decodable {
    struct Text: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            // A context element carries its text as a string, a button as an object.
            if let plain = try? decoder.singleValueContainer().decode(String.self) {
                text = plain
            } else {
                text = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .text)
            }
        }

        enum Key: CodingKey { case text }
    }

    struct Element: Decodable {
        let text: Text?
        let url: String?
    }

    struct Block: Decodable {
        let type: String
        let text: Text?
        let fields: [Text]?
        let elements: [Element]?
    }

    let text: String?
    let blocks: [Block]?
}
