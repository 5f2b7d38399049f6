package import Languages

/// The answer to what somebody asked in a chat: a few lines, the first of them the whole answer in short.
package struct ChatReply: Hashable, Sendable {
    package enum Line: Hashable, Sendable {
        /// Plain text, escaped by each renderer; what stands between two backticks is shown as code.
        case sentence(String)
        /// - Parameter url: left out when it is no address of the web.
        case link(String, url: String)
    }

    package var lines: [Line]
    /// Slack's buttons below it, with the incident that they are about.
    package var buttons: [SlackRenderer.Button] = []
    package var incident: String?
    /// Of its buttons.
    package var language = Language.english

    package init(_ lines: [Line]) {
        self.lines = lines
    }

    package init(_ sentences: String...) {
        lines = sentences.map(Line.sentence)
    }
}

extension SlackRenderer {
    package func body(_ reply: ChatReply) -> [UInt8] {
        let lines = reply.lines.compactMap { line in
            switch line {
            case .sentence(let text): SlackText.sentence(text)
            case .link(let title, let url): WebAddress.checked(url).map { SlackText.link(title, $0) }
            }
        }
        var blocks = Array(sections(lines).prefix(Limit.blocks - 1))
        if let incident = reply.incident, !reply.buttons.isEmpty {
            blocks.append(buttons(reply.buttons, on: incident, in: reply.language))
        }
        let first = if case .sentence(let text)? = reply.lines.first { text } else { "" }
        let message: JSONValue = .fields([
            "text": .string(SlackText.escaped(first)), "blocks": .array(blocks),
        ])
        return Array(message.compact.utf8)
    }
}

extension TeamsRenderer {
    /// As the answer to an outgoing webhook: text in Markdown, where a blank line ends a paragraph.
    package func body(_ reply: ChatReply) -> [UInt8] {
        let lines = reply.lines.compactMap { line in
            switch line {
            case .sentence(let text): MarkdownText.teamsSentence(text)
            case .link(let title, let url): WebAddress.checked(url).map { MarkdownText.link(title, $0) }
            }
        }
        let message: JSONValue = .fields([
            "type": .string("message"), "text": .string(lines.joined(separator: "\n\n")),
        ])
        return Array(message.compact.utf8)
    }
}
