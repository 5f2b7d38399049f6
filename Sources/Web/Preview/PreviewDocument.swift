import HTML
import Languages
import Reporting

/// The page that shows how messages look: Slack's beside Teams', one below the other on a telephone.
struct PreviewDocument {
    let examples: [PreviewExamples.Incident]
    let shown: PreviewExamples.Incident
    let language: Language
    let messages: [PreviewExamples.Message]

    var html: String {
        PageShell(title: "Messages of sabueso", styles: [PageShell.style, Self.style], isWide: true).html(
            """
            <h1>Messages</h1>
            <p>How a channel sees an incident, from its beginning to its end. The incidents are invented; the messages are
            made as real ones are, and shown from what would be posted.</p>
            <nav>\(examples.map(link).joined(separator: "\n"))</nav>
            <nav>\(Language.allCases.map(link).joined(separator: "\n"))</nav>
            \(messages.map(section).joined(separator: "\n"))
            """)
    }

    private func link(_ example: PreviewExamples.Incident) -> String {
        let current = example == shown ? " aria-current=\"page\"" : ""
        return "<a href=\"\(address(of: example, in: language))\"\(current)>\(example.title)</a>"
    }

    private func link(_ language: Language) -> String {
        let current = language == self.language ? " aria-current=\"page\"" : ""
        let name = language == .spanish ? "Español" : "English"
        return "<a href=\"\(address(of: shown, in: language))\" lang=\"\(language.code)\"\(current)>\(name)</a>"
    }

    private func address(of example: PreviewExamples.Incident, in language: Language) -> String {
        "preview?case=\(example.name)" + (language == .english ? "" : "&amp;language=\(language.code)")
    }

    private func section(_ message: PreviewExamples.Message) -> String {
        """
        <section>
        <h2 id="\(message.kind.rawValue)">\(Self.title(of: message.kind))</h2>
        <div class="chats" lang="\(language.code)">
        \(chat(message.slack, .slack, message.kind))
        \(chat(message.teams, .teams, message.kind))
        </div>
        </section>
        """
    }

    private func chat(_ body: [UInt8]?, _ platform: ShownMessage.Platform, _ kind: MessageKind) -> String {
        let name = platform == .slack ? "Slack" : "Teams"
        guard let body, let shown = ShownMessage(body, on: platform) else {
            return "<div class=\"side\"><h3>\(name)</h3><p class=\"none\">\(Self.absence(of: kind))</p></div>"
        }
        let measures = ChatMeasure.all(of: body, on: platform).map { measure in
            "<li\(measure.isBroken ? " class=\"open\"" : "")>\(measure.name): \(measure.value) of \(measure.limit)</li>"
        }
        return """
            <div class="side">
            <h3>\(name)</h3>
            \(ShownMessageHTML(shown).text)
            <details class="sizes"><summary>Size and limits</summary><ul>\(measures.joined())</ul></details>
            </div>
            """
    }

    private static func title(of kind: MessageKind) -> String {
        switch kind {
        case .begun: "At once"
        case .diagnosis: "The diagnosis"
        case .details: "The details"
        case .joined: "More alerts"
        case .reminder: "A reminder"
        case .resolved: "The end"
        case .digest: "A storm of alerts"
        case .quietDigest: "After a quiet time"
        case .test: "A test"
        }
    }

    private static func absence(of kind: MessageKind) -> String {
        switch kind {
        case .details: "Behind the button of the diagnosis."
        default: "Not sent: a workflow can neither edit a message nor answer in a thread."
        }
    }
}
