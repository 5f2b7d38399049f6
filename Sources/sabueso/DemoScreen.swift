import Lab
import Reporting

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
        frame("Slack #on-call", try lines(of: first.body))
    }

    /// The conversation in the channel: the message as it is now, and its thread.
    ///
    /// - Parameter count: how many answers in the thread were shown before.
    func show(_ conversations: [SlackMessage], answersFrom count: Int) throws {
        guard let message = conversations.first else { return }
        var lines = try self.lines(of: message.body) + [""]
        lines += message.files.map { "[picture: \($0.title), \($0.bytes.count) bytes]" }
        lines.append("Thread, \(message.replies.count) \(message.replies.count == 1 ? "answer" : "answers"):")
        for reply in message.replies.dropFirst(count) {
            let shown = try self.lines(of: reply.body, width: Self.width - 2)
            lines += shown.prefix(Self.threadLines).map { $0.isEmpty ? "" : "  \($0)" }
            if shown.count > Self.threadLines { lines.append("  … and \(shown.count - Self.threadLines) lines more") }
        }
        frame("Slack #on-call\(message.isEdited ? " (edited)" : "")", lines)
    }

    func showLinks(of conversations: [SlackMessage]) throws {
        guard let message = conversations.first else { return }
        let links = try shown(message.body).links
        guard !links.isEmpty else { return }
        say("Where its links lead:")
        for link in links { say("  [\(link.title)]  \(LinkDestination.describe(link.url ?? ""))") }
        say("")
    }

    private func shown(_ body: String) throws -> ShownMessage {
        guard let shown = ShownMessage([UInt8](body.utf8), on: .slack) else {
            throw RunFailure("a message to Slack cannot be read back: \(body.prefix(200))")
        }
        return shown
    }

    private func lines(of body: String, width: Int = width) throws -> [String] {
        TerminalPreview(columns: width, usesColours: usesColours).lines(of: try shown(body))
    }

    private func frame(_ title: String, _ lines: [String]) {
        let rule = String(repeating: "─", count: Self.width - 4)
        say("┌── \(title) \(rule.dropFirst(title.count + 2))")
        for line in lines { say(line.isEmpty ? "│" : "│ \(line)") }
        say("└──\(rule)\n")
    }
}
