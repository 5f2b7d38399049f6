import Languages
import Telemetry
import Testing

@testable import Reporting

@Suite struct SlackRendererTests {
    private let renderer = SlackRenderer()

    /// Everything that Slack's limits and parser ask of a message.
    private func check(_ summary: Summary) throws {
        let body = renderer.body(summary)
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.utf16.count <= 12_000)
        let message = try JSONDocument(body)
        #expect(message.keys == ["text", "blocks"])
        let notification = try #require(message["text"].text)
        #expect(!notification.isEmpty)
        expectOnlyOwnMarkup(notification)
        let blocks = message["blocks"].items
        #expect((1...50).contains(blocks.count))
        for block in blocks {
            switch block["type"].text {
            case "section"?:
                let text = try #require(block["text"]["text"].text)
                #expect((1...3000).contains(text.utf16.count))
            case "context"?: #expect((1...10).contains(block["elements"].items.count))
            case "actions"?: try checkButtons(block["elements"].items)
            default: Issue.record("a block of an unexpected type: \(block)")
            }
        }
        for element in message.all where element["type"] == .string("mrkdwn") {
            #expect(element["verbatim"] == .bool(true))
            expectOnlyOwnMarkup(try #require(element["text"].text))
        }
    }

    private func checkButtons(_ buttons: [JSONDocument]) throws {
        #expect((1...25).contains(buttons.count))
        #expect(Set(buttons.compactMap { $0["action_id"].text }).count == buttons.count, "Slack wants them unique")
        for button in buttons {
            let title = try #require(button["text"]["text"].text)
            let url = try #require(button["url"].text)
            #expect((1...75).contains(title.utf16.count))
            #expect(url.utf8.count <= 3000 && url.hasPrefix("http"))
        }
    }

    /// No mention, and no link but to a web address of ours; nothing invisible; every code span closed.
    private func expectOnlyOwnMarkup(_ text: String) {
        let own = ["https://host/", "https://ci.example.com/", "https://sabueso.example.com/"]
        let mentions = ["!here>", "@U024BE7LH>", "!subteam^S0614TZR7>"]
        for scalars in text.unicodeScalars.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            let part = String(scalars)
            if mentions.contains(where: { part.hasPrefix($0) }) { continue }
            #expect(own.contains { part.hasPrefix($0) }, "in \(text)")
            #expect(part.contains("|") && part.contains(">"))
        }
        for line in text.split(separator: "\n") {
            #expect(line.unicodeScalars.count { $0 == "`" } % 2 == 0, "an open code span in \(line)")
            let isHidden = { (scalar: Unicode.Scalar) in
                scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .control
            }
            #expect(!line.unicodeScalars.contains(where: isHidden), "something invisible in \(line)")
        }
    }

    @Test(arguments: 1...24)
    func `no summary makes a message that Slack would refuse`(_ seed: Int) throws {
        var hostile = HostileSummary(seed: seed)
        for _ in 0..<2 { try check(hostile.next()) }
    }

    @Test(arguments: ExampleSummary.allCases)
    func `the examples keep Slack's limits`(_ example: ExampleSummary) throws { try check(example.summary) }

    @Test func `the worst texts still fit`() throws {
        for character in ["&", "<", "\"", "\\", "`", "日", "🔥", "\u{1}", " a"] {
            let text = String(repeating: character, count: 5000)
            let summary = Summary(
                headline: text, context: text,
                causes: (0..<5).map { _ in
                    .init(
                        name: text, certainty: .possible, percent: text, statement: text,
                        evidence: [.init(text: text)], runbook: text, isKnown: true)
                }, timeline: (0..<100).map { .init(time: text, text: "\($0)" + text) }, affected: text,
                affectedNames: (0..<100).map { .init(name: "\($0)" + text, outcome: text) },
                recommendations: [text, text, text, text], keyLines: [.init(text: text, count: 9, origin: text)],
                missing: [text, text], lookedAt: text, incident: text, playbook: text)
            try check(summary)
        }
    }

    @Test func `outside text neither pings nor forges a link`() throws {
        let summary = Summary(
            headline: "<!channel> & *bold*", context: "<http://evil.example.com|Runbook>",
            recommendations: ["see <@U1> & `<!here>`"],
            keyLines: [.init(text: "a `b` <!channel> & https://evil.example.com", count: 2, origin: "")])
        let message = try JSONDocument(renderer.body(summary))
        let texts = message.all.compactMap { $0["text"].text }
        #expect(texts.contains("🟠 *&lt;!channel&gt; &amp; ∗bold∗*\n&lt;http://evil.example.com|Runbook&gt;"))
        #expect(texts.contains("*Do*  1. see &lt;@U1&gt; &amp; `&lt;!here&gt;`"))
        #expect(texts.contains("*Log*  `a 'b' &lt;!channel&gt; &amp; https://evil.example.com`  ×2"))
    }

    @Test func `what is left out is said, and where to find it`() throws {
        var summary = ExampleSummary.spotEviction.summary
        summary.timeline += (0..<14).map { .init(time: "15:31:00", text: "step \($0)") }
        let few = String(decoding: renderer.body(summary), as: UTF8.self)
        #expect(few.contains("…shortened: 12 timeline steps left out; all evidence is in incident 42"))

        summary.links = Summary.Link.Target.allCases.map {
            .init(target: $0, title: "x", destination: "", url: "https://host/" + String(repeating: "a", count: 2400))
        }
        summary.keyLines += (0..<4).map {
            .init(text: String(repeating: "word\($0) ", count: 60), count: 1, origin: "")
        }
        let body = String(decoding: renderer.body(summary), as: UTF8.self)
        #expect(body.utf16.count <= 12_000)
        #expect(body.utf16.count > 6000, "no more is left out than necessary")
        #expect(body.contains(" timeline steps") && body.contains(" links left out; all evidence is in incident 42"))
        #expect(body.contains("PreemptScheduled"), "the beginning of the chain stays")
        #expect(body.contains("Re-run the 3 builds."), "what to do stays")
    }

    @Test func `a message that fits says nothing of shortening`() {
        let body = String(decoding: renderer.body(ExampleSummary.spotEviction.summary), as: UTF8.self)
        #expect(!body.contains("shortened"))
    }

    @Test(
        arguments: [
            ("critical", "🔴"), ("Critical", "🔴"), ("page", "🔴"), ("warning", "🟠"), ("info", "🔵"), ("none", "🔵"),
            ("anything", "🟠"), (nil, "🟠"),
        ] as [(String?, String)])
    func `the one emoji tells the severity`(_ severity: String?, _ emoji: String) {
        let body = String(
            decoding: renderer.body(Summary(severity: severity, headline: "x happened", context: "")), as: UTF8.self)
        #expect(body.contains("\"text\":\"\(emoji) x happened"))
    }

    @Test(arguments: [(Summary.Mark.replay, "REPLAY"), (.test, "TEST"), (.demo, "DEMO")])
    func `a message that is no live alert says so first`(_ mark: Summary.Mark, _ word: String) {
        var summary = ExampleSummary.spotEviction.summary
        summary.mark = mark
        for text in [
            String(decoding: renderer.body(summary), as: UTF8.self),
            String(decoding: TeamsRenderer().body(summary), as: UTF8.self), MarkdownRenderer().text(summary),
            TerminalRenderer(usesColours: false).text(summary),
        ] {
            #expect(text.contains("🔴 \(word): Spot node") || text.contains("🔴 *\(word): Spot node"))
            #expect(text.contains(mark.explanation.english))
        }
    }
}
