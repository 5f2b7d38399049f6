import Testing

@testable import Reporting

/// Messages as the platforms read them.
@Suite struct ShownMessageTests {
    private func slack(_ text: String) -> [String] {
        SlackMarkup.lines(of: text).map { line in line.map(Self.written).joined() }
    }

    private func card(_ text: String, mentions: Set<String> = []) -> String {
        CardMarkup.line(of: text, mentions: mentions).map(Self.written).joined()
    }

    /// A span as text with its dress: "{bold}" before it, "→" and its address behind it.
    private static func written(_ span: ShownMessage.Span) -> String {
        let styles = span.styles.sorted { $0.rawValue < $1.rawValue }.map { "{\($0)}" }.joined()
        return styles + span.text + (span.url.map { "→\($0)" } ?? "")
    }

    @Test(arguments: [
        ("*Do*  1. `a_b`", "{bold}Do  1. {code}a_b"), ("a*b*c 2*3*4", "a*b*c 2*3*4"),
        ("_x_ ~y~", "{italic}x {struck}y"),
        ("<https://host/a?b=1&amp;c=2|a &lt;b&gt;>", "a <b>→https://host/a?b=1&c=2"),
        (
            "<@U1> <!here> <!subteam^S1|team> <#C1|general>",
            "{mention}@U1 {mention}@here {mention}@team {mention}@general"
        ),
        ("&lt;!channel&gt; &amp;lt;", "<!channel> &lt;"), ("\u{600}<!channel>", "\u{600}{mention}@channel"),
        ("* a* *b *", "* a* *b *"), ("`open", "`open"), ("a < b", "a < b"),
    ])
    func `Slack's markup is read as Slack reads it`(_ text: String, _ shown: String) {
        #expect(slack(text) == [shown])
    }

    @Test(arguments: [
        ("**Do**  x", "{bold}Do  x"), ("*a* _b_ a_b_c", "{italic}a {italic}b a_b_c"),
        ("[a \\[b\\]](https://host/x) y", "a [b]→https://host/x y"),
        ("\\[x\\](y) \\*z\\* \\\\ a\\b", "[x](y) *z* \\ a\\b"),
        ("[\u{301}x](https://host)", "\u{301}x→https://host"), ("**a *b", "**a *b"), ("<at>a@b</at>", "<at>a@b</at>"),
    ])
    func `a card's markup is read as a card does`(_ text: String, _ shown: String) {
        #expect(card(text) == shown)
    }

    @Test func `only an entity of the card calls somebody`() {
        #expect(card("<at>a@b</at> <at>c@d</at>", mentions: ["<at>a@b</at>"]) == "{mention}@a@b <at>c@d</at>")
    }

    @Test(arguments: ["", "{", "[]", "{}", "null", #"{"type":"message"}"#])
    func `what is no message is not shown`(_ body: String) {
        for platform in ShownMessage.Platform.allCases {
            #expect(ShownMessage([UInt8](body.utf8), on: platform) == nil)
        }
    }

    @Test func `limits that are broken are told with their numbers`() {
        let blocks = Array(repeating: #"{"type":"divider"}"#, count: 51).joined(separator: ",")
        let long = String(repeating: "日", count: 3001)
        let body = #"{"text":"x","blocks":[\#(blocks),{"type":"section","text":{"type":"mrkdwn","text":"\#(long)"}}]}"#
        let broken = ChatMeasure.all(of: [UInt8](body.utf8), on: .slack).filter(\.isBroken)
        #expect(
            broken == [
                .init(name: "blocks", value: 52, limit: 50),
                .init(name: "characters in the longest section", value: 3001, limit: 3000),
            ])
        let card =
            #"{"attachments":[{"content":{"body":[],"actions":[],"x":"\#(String(repeating: "a", count: 25_000))"}}]}"#
        #expect(
            ChatMeasure.all(of: [UInt8](card.utf8), on: .teams).filter(\.isBroken).map(\.limit) == [20_480, 28_672])
    }

    @Test(arguments: ExampleSummary.allCases)
    func `indented JSON is the same JSON`(_ example: ExampleSummary) throws {
        let body = SlackRenderer().body(example.summary)
        let indented = IndentedJSON.text(body)
        #expect(try JSONDocument(indented) == JSONDocument(body))
        #expect(indented + "\n" == SlackRenderer().message(example.summary).indented)
    }

    @Test func `an unfolded part stands in the place of its button`() throws {
        let body = TeamsRenderer().body(ExampleSummary.spotEviction.summary)
        let html = ShownMessageHTML(try #require(ShownMessage(body, on: .teams))).text
        #expect(html.contains("<summary>Show evidence</summary>"))
        #expect(html.split(separator: "Show evidence").count == 2, "once")
    }
}
