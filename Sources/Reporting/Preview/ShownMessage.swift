/// A chat message as a person in the channel sees it.
///
/// Read from the JSON that is posted, not from what that was made of: what is missing here is missing in the chat.
package struct ShownMessage: Hashable, Sendable {
    package enum Platform: String, Hashable, Sendable, CaseIterable { case slack, teams }

    enum Style: Int, Hashable, Sendable { case bold, italic, struck, code, mention }

    /// A piece of a line in one dress.
    struct Span: Hashable, Sendable {
        var text: String
        var styles: Set<Style> = []
        var url: String?
    }

    typealias Line = [Span]

    /// How much a text stands out.
    enum Look: Hashable, Sendable { case body, headline, quiet, monospaced, warning }

    package struct Button: Hashable, Sendable {
        package var title: String
        /// nil for one that shows or hides a part of the message.
        package var url: String?
    }

    indirect enum Block: Hashable, Sendable {
        /// - Parameter isClose: to what stands above it.
        case text([Line], Look, isClose: Bool = false)
        case facts([Fact])
        case buttons([Button])
        case divider
        case picture(String)
        /// What a button of this title unfolds.
        case folded(String, [Block])
    }

    struct Fact: Hashable, Sendable {
        var title: Line
        var value: Line
    }

    package let platform: Platform
    /// What a telephone shows on its locked screen.
    package let notification: String
    let blocks: [Block]

    /// - Parameter body: as it is posted.
    /// - Returns: nil for what is no message of that platform.
    package init?(_ body: [UInt8], on platform: Platform) {
        guard let message = WireJSON(body) else { return nil }
        switch platform {
        case .slack:
            guard message["text"] != nil || message["blocks"] != nil else { return nil }
            self.init(slack: message)
        case .teams:
            guard let card = message["attachments"]?.items.first?["content"] else { return nil }
            self.init(card: card)
        }
    }

    init(platform: Platform, notification: String, blocks: [Block]) {
        self.platform = platform
        self.notification = notification
        self.blocks = blocks
    }

    /// The buttons and the links in its texts, in the order in which they are seen.
    package var links: [Button] { Self.links(in: blocks) }

    private static func links(in blocks: [Block]) -> [Button] {
        blocks.flatMap { block -> [Button] in
            switch block {
            case .text(let lines, _, _): links(in: lines)
            case .facts(let facts): links(in: facts.flatMap { [$0.title, $0.value] })
            case .buttons(let buttons): buttons.filter { $0.url != nil }
            case .folded(_, let blocks): links(in: blocks)
            case .divider, .picture: []
            }
        }
    }

    private static func links(in lines: [Line]) -> [Button] {
        lines.flatMap { line in
            line.compactMap { span in span.url.map { Button(title: span.text, url: $0) } }
        }
    }

    /// Whoever would be called by name, as the platform reads it.
    package var mentions: [String] { Self.spans(of: blocks).filter { $0.styles.contains(.mention) }.map(\.text) }

    private static func spans(of blocks: [Block]) -> [Span] {
        blocks.flatMap { block -> [Span] in
            switch block {
            case .text(let lines, _, _): lines.flatMap { $0 }
            case .facts(let facts): facts.flatMap { $0.title + $0.value }
            case .folded(_, let blocks): spans(of: blocks)
            case .buttons, .divider, .picture: []
            }
        }
    }
}
