import Testing

@testable import Reporting

@Suite struct TeamsRendererTests {
    private let renderer = TeamsRenderer()

    private func check(_ summary: Summary) throws {
        let body = renderer.body(summary)
        #expect(body.count <= 20 * 1024)
        let message = try JSONDocument(body)
        #expect(message["type"] == .string("message"))
        let attachment = message["attachments"][0]
        #expect(attachment["contentType"] == .string("application/vnd.microsoft.card.adaptive"))
        #expect(attachment.keys.contains("contentUrl") && attachment["contentUrl"] == .null)
        let card = attachment["content"]
        #expect(card["type"] == .string("AdaptiveCard") && card["version"] == .string("1.4"))
        #expect(card["$schema"] == .string("http://adaptivecards.io/schemas/adaptive-card.json"))
        #expect(card["msteams"]["width"] == .string("Full"))
        #expect(card["actions"].items.count <= 6)
        let known: Set = [
            "AdaptiveCard", "TextBlock", "FactSet", "Container", "ActionSet", "Action.OpenUrl",
            "Action.ToggleVisibility",
            "mention",
        ]
        for element in card.all {
            if let type = element["type"].text { #expect(known.contains(type)) }
            switch element["type"].text {
            case "TextBlock"?:
                #expect(element["wrap"] == .bool(true))
                try expectLiteral(#require(element["text"].text))
            case "FactSet"?:
                #expect(!element["facts"].items.isEmpty)
                for fact in element["facts"].items { try expectLiteral(#require(fact["value"].text)) }
            case "Action.OpenUrl"?:
                let url = try #require(element["url"].text)
                #expect(url.hasPrefix("http") && url.utf8.count <= 3000)
                #expect(element["title"].text?.isEmpty == false)
            case "Action.ToggleVisibility"?:
                #expect(element["targetElements"][0] == .string("evidence"))
                #expect(card["body"].all.contains { $0["id"] == .string("evidence") })
            default: break
            }
        }
    }

    /// A link can only be one that we wrote: every other bracket is escaped, and so is every backtick.
    private func expectLiteral(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\": rest = rest.dropFirst()
            case "<" where rest.starts(with: "at>".unicodeScalars) || rest.starts(with: "/at>".unicodeScalars):
                rest = rest.drop { $0 != ">" }
            case "`", "_", "<", "~": Issue.record("a bare \(scalar) in \(text)")
            case "]" where rest.first == "(":
                #expect(rest.starts(with: "(http".unicodeScalars), "in \(text)")
                rest = rest.drop { $0 != ")" }
            default: break
            }
        }
    }

    @Test(arguments: 1...24)
    func `no summary makes a card that Teams would refuse`(_ seed: Int) throws {
        var hostile = HostileSummary(seed: seed)
        for _ in 0..<2 { try check(hostile.next()) }
    }

    @Test(arguments: ExampleSummary.allCases)
    func `the examples keep Teams' limits`(_ example: ExampleSummary) throws { try check(example.summary) }

    @Test func `Markdown from a log line stays literal`() throws {
        let summary = Summary(
            headline: "[x](http://evil.example.com) *bold* _it_", context: "# no heading",
            recommendations: ["1. no list `code`"],
            keyLines: [.init(text: "[y](z) **b** `c` \\ <at>all</at>", count: 1, origin: "")])
        let texts = try JSONDocument(renderer.body(summary)).all.flatMap { [$0["text"].text, $0["value"].text] }
        #expect(texts.contains("🟠 \\[x\\](http://evil.example.com) \\*bold\\* \\_it\\_"))
        #expect(texts.contains("\\# no heading"))
        #expect(texts.contains("1\\. no list code"))
        #expect(texts.contains("\\[y\\](z) \\*\\*b\\*\\* \\`c\\` \\\\ \\<at\\>all\\</at\\>"))
    }

    @Test func `what is not needed at first sight is behind a button`() throws {
        let card = try JSONDocument(renderer.body(ExampleSummary.spotEviction.summary))["attachments"][0]["content"]
        let evidence = try #require(card["body"].items.first { $0["id"] == .string("evidence") })
        #expect(evidence["isVisible"] == .bool(false))
        let hidden = evidence.all.compactMap { $0["text"].text }
        #expect(hidden.contains { $0.contains("was just deleted") }, "the second log line")
        #expect(hidden.contains { $0.hasPrefix("[Pod logs](https://grafana") }, "the links that have no button")
        #expect(
            card["actions"].items.map { $0["title"].text } == [
                "Open trace", "Logs", "Dashboard", "Runbook", "Silence…", "All evidence",
            ])
        let toggle = try #require(card["body"].items.first { $0["type"] == .string("ActionSet") })
        #expect(toggle["actions"].items.map { $0["title"].text } == ["Show evidence"], "it takes no button's place")
    }

    @Test func `people are called by their sign-in names, and the card says who they are`() throws {
        var summary = Summary(headline: "<at>all@example.com</at>", context: "")
        summary.mentions = ["on-call@example.com", "a_b@example.com", "</at>@x", "nobody", "x@y@z", "a b@c"]
        let body = renderer.body(summary)
        let card = try JSONDocument(body)["attachments"][0]["content"]
        #expect(
            card["body"].items.last?["text"].text == "<at>on-call@example.com</at> <at>a_b@example.com</at>")
        #expect(
            card["msteams"]["entities"].items.map { $0["mentioned"]["id"].text } == [
                "on-call@example.com", "a_b@example.com",
            ])
        let shown = try #require(ShownMessage(body, on: .teams))
        #expect(shown.mentions == ["@on-call@example.com", "@a_b@example.com"])
    }
}
