import Lab

/// What the demo shows in the terminal.
struct DemoScreen: Sendable {
    let usesColours: Bool

    private static let width = 80
    /// Slack folds a long message as well.
    private static let threadLines = 12

    func say(_ line: String) { StandardOutput.write(line + "\n") }

    /// The first message of Slack's among these.
    func show(_ messages: [ChatMessage]) throws {
        guard let first = messages.first(where: { $0.platform == .slack }) else { return }
        frame("Slack #on-call", try preview(first.body).lines)
    }

    /// The conversation in the channel: the message as it is now, and its thread.
    ///
    /// - Parameter count: how many answers in the thread were shown before.
    func show(_ conversations: [SlackMessage], answersFrom count: Int) throws {
        guard let message = conversations.first else { return }
        var lines = try preview(message.body).lines + [""]
        lines += message.files.map { "[picture: \($0.title), \($0.bytes.count) bytes]" }
        lines.append("Thread, \(message.replies.count) \(message.replies.count == 1 ? "answer" : "answers"):")
        for reply in message.replies.dropFirst(count) {
            let shown = try preview(reply.body, width: Self.width - 2).lines
            lines += shown.prefix(Self.threadLines).map { $0.isEmpty ? "" : "  \($0)" }
            if shown.count > Self.threadLines { lines.append("  … and \(shown.count - Self.threadLines) lines more") }
        }
        frame("Slack #on-call\(message.isEdited ? " (edited)" : "")", lines)
    }

    func showLinks(of conversations: [SlackMessage]) throws {
        guard let message = conversations.first else { return }
        let links = try preview(message.body).links
        guard !links.isEmpty else { return }
        say("Where its links lead:")
        for link in links { say("  [\(link.title)]  \(LinkDestination.describe(link.url))") }
        say("")
    }

    private func preview(_ body: String, width: Int = width) throws -> SlackPreview {
        try SlackPreview(body: [UInt8](body.utf8), width: width, usesColours: usesColours)
    }

    private func frame(_ title: String, _ lines: [String]) {
        let rule = String(repeating: "─", count: Self.width - 4)
        say("┌── \(title) \(rule.dropFirst(title.count + 2))")
        for line in lines { say(line.isEmpty ? "│" : "│ \(line)") }
        say("└──\(rule)\n")
    }
}
