import Languages
import Reporting
import Testing

@Suite struct ChatReplyTests {
    private static let hostile = "<!channel> [x](http://y) *b* `c"

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `an answer is harmless on each platform`() {
        var reply = ChatReply("done `i-42`", Phrase(verbatim: Self.hostile))
        reply.lines.append(.link("a | link", url: "https://example.com/#/x"))
        reply.lines.append(.link("no link", url: "javascript:alert(1)"))
        let slack = Self.text(SlackRenderer().body(reply))
        #expect(slack.contains("done `i-42`") && slack.contains("&lt;!channel&gt;") && !slack.contains("<!channel>"))
        #expect(slack.contains("<https://example.com/#/x|a | link>") && !slack.contains("javascript"))
        let teams = Self.text(TeamsRenderer().body(reply))
        #expect(teams.hasPrefix(#"{"type":"message","text":"done i-42\n\n"#) && teams.contains(#"\\[x\\]"#))
        #expect(!teams.contains("javascript"))
    }

    @Test func `a line about people is the last block, and takes the place of an earlier one`() {
        let message = SlackRenderer().body(
            Summary(headline: #"said ,{"type":"context","block_id":"people", \"#, context: "c"))
        let once = SlackRenderer().adding(ChatReply("Taken by one"), to: message)
        let twice = SlackRenderer().adding(ChatReply("Taken by \(Self.hostile)"), to: once)
        #expect(Self.text(once).hasSuffix(#""text":"Taken by one","verbatim":true}]}]}"#))
        #expect(!Self.text(twice).contains("Taken by one") && Self.text(twice).contains("Taken by &lt;!channel&gt;"))
        #expect(SlackRenderer().adding(ChatReply([]), to: twice) == message)
        #expect(SlackRenderer().adding(ChatReply("x"), to: [UInt8]("{}".utf8)) == [UInt8]("{}".utf8))
    }

    private static func summary(_ status: Summary.Status = .firing, isKnown: Bool = true) -> Summary {
        var summary = Summary(
            status: status, headline: "it fails", context: "c",
            causes: [
                Summary.Cause(
                    name: "spot eviction", certainty: .veryLikely, percent: "90 %", statement: "s",
                    runbook: "r", isKnown: isKnown)
            ],
            links: [
                Summary.Link(target: .trace, title: "Trace", destination: "t", url: "https://example.com/t"),
                Summary.Link(target: .silence, title: "Silence", destination: "s", url: "https://example.com/s"),
            ], incident: "i-42")
        summary.offers = Set(Summary.Offer.allCases)
        return summary
    }

    @Test func `buttons carry the commands that do the same`() {
        let text = Self.text(SlackRenderer().body(Self.summary()))
        for value in ["ack i-42", "silence i-42 1h", "replay i-42", "right i-42", "wrong i-42"] {
            #expect(text.contains(#""value":"\#(value)""#))
        }
        #expect(text.contains(#""type":"feedback_buttons""#) && text.contains("https://example.com/t"))
        #expect(!text.contains("https://example.com/s"), "a button that silences stands for the link that would")
    }

    @Test func `without offers buttons are plain links`() {
        var summary = Self.summary()
        summary.offers = []
        let text = Self.text(SlackRenderer().body(summary))
        #expect(text.contains("https://example.com/s") && !text.contains(#""value""#))
        summary.offers = [.acknowledge]
        summary.incident = nil
        #expect(!Self.text(SlackRenderer().body(summary)).contains(#""value""#), "nothing to acknowledge")
    }

    @Test func `what is over can only be voted on, and an unknown cause not even that`() {
        let over = Self.text(SlackRenderer().body(Self.summary(.resolved(at: Instant.at("15:29:41")))))
        #expect(!over.contains("ack i-42") && over.contains("right i-42"))
        let unknown = Self.text(SlackRenderer().body(Self.summary(isKnown: false)))
        #expect(unknown.contains("ack i-42") && !unknown.contains("right i-42"))
    }
}
