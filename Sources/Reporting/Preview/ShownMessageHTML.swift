import HTML

/// A chat message as HTML that looks as it does in its chat, for a page that brings the style.
///
/// Classes: `chat slack` and `chat teams` around it; inside `text`, with its look, `facts`, `buttons`, `picture`.
package struct ShownMessageHTML: Sendable {
    private let message: ShownMessage

    package init(_ message: ShownMessage) {
        self.message = message
    }

    package var text: String {
        """
        <article class="chat \(message.platform.rawValue)">
        <p class="from"><span class="icon">S</span><strong>sabueso</strong> <span class="app">APP</span></p>
        <div class="message">
        \(message.blocks.map(block).joined(separator: "\n"))
        </div>
        </article>
        """
    }

    private func block(_ block: ShownMessage.Block) -> String {
        switch block {
        case .text(let lines, let look, let isClose):
            let name = Self.name(of: look) + (isClose ? " close" : "")
            return "<p class=\"text \(name)\">\(lines.map(line).joined(separator: "<br>"))</p>"
        case .facts(let facts):
            let rows = facts.map { "<dt>\(line($0.title))</dt><dd>\(line($0.value))</dd>" }
            return "<dl class=\"facts\">\n\(rows.joined(separator: "\n"))\n</dl>"
        case .buttons(let buttons):
            return "<p class=\"buttons\">\(buttons.map(button).joined(separator: "\n"))</p>"
        case .divider: return "<hr>"
        case .picture(let text): return "<p class=\"picture\">\(text.htmlEscaped)</p>"
        case .folded(let title, let blocks):
            let inside = blocks.map(self.block).joined(separator: "\n")
            return "<details>\n<summary>\(title.htmlEscaped)</summary>\n\(inside)\n</details>"
        }
    }

    private static func name(of look: ShownMessage.Look) -> String {
        switch look {
        case .body: "body"
        case .headline: "headline"
        case .quiet: "quiet"
        case .monospaced: "monospaced"
        case .warning: "warning"
        }
    }

    private func button(_ button: ShownMessage.Button) -> String {
        let title = button.title.htmlEscaped
        guard let address = button.url.flatMap({ WebAddress.checked($0) }) else { return "<span>\(title)</span>" }
        return "<a href=\"\(address.htmlEscaped)\" rel=\"noreferrer\">\(title)</a>"
    }

    private func line(_ line: ShownMessage.Line) -> String { line.map(span).joined() }

    private func span(_ span: ShownMessage.Span) -> String {
        var text = span.text.htmlEscaped
        for style in span.styles.sorted(by: { $0.rawValue > $1.rawValue }) {
            switch style {
            case .bold: text = "<strong>\(text)</strong>"
            case .italic: text = "<em>\(text)</em>"
            case .struck: text = "<s>\(text)</s>"
            case .code: text = "<code>\(text)</code>"
            case .mention: text = "<span class=\"mention\">\(text)</span>"
            }
        }
        guard let address = span.url.flatMap({ WebAddress.checked($0) }) else { return text }
        return "<a href=\"\(address.htmlEscaped)\" rel=\"noreferrer\">\(text)</a>"
    }
}
