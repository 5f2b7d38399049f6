import Testing

@testable import Reporting

@Suite struct TextRendererTests {
    private let terminal = TerminalRenderer(usesColours: false)

    @Test(arguments: 1...40)
    func `no summary breaks the terminal or its eighty columns`(_ seed: Int) {
        var hostile = HostileSummary(seed: seed)
        for line in terminal.text(hostile.next()).split(separator: "\n") where !line.hasPrefix("    http") {
            #expect(TerminalText.width(String(line)) <= 80, "\(line)")
            #expect(!line.unicodeScalars.contains { $0.value < 32 || $0.value == 127 || $0 == "\u{202E}" })
        }
    }

    @Test func `a URL is printed whole`() {
        let url = "https://host/" + String(repeating: "a", count: 500)
        let link = Summary.Link(target: .trace, title: "Trace", destination: "a trace", url: url)
        let text = terminal.text(Summary(headline: "x", context: "", links: [link]))
        #expect(text.contains("    \(url)\n"))
    }

    @Test(arguments: [("a", 1), ("日本", 4), ("🔴", 2), ("e\u{301}", 1), ("✅", 2), ("…", 1)])
    func `wide letters take two columns`(_ text: String, _ width: Int) {
        #expect(TerminalText.width(text) == width)
    }

    @Test func `a word that is wider than a line is broken, others are not`() {
        #expect(TerminalText.wrapped("aaa bbb ccc", to: 7) == ["aaa bbb", "ccc"])
        #expect(TerminalText.wrapped("aaaaaaaaaa bb", to: 4) == ["aaaa", "aaaa", "aa", "bb"])
        #expect(TerminalText.wrapped("日本日本", to: 5) == ["日本", "日本"])
        #expect(TerminalText.wrapped("", to: 5) == [])
    }

    @Test func `Markdown keeps outside text literal`() {
        let summary = Summary(
            headline: "# *x* <b> [y](z)", context: "+ a | b & c",
            timeline: [.init(time: "15:29:41", text: "`a` _b_ ~c~")],
            keyLines: [.init(text: "a `b` ``c``", count: 2, origin: "p*d")])
        let text = MarkdownRenderer().text(summary)
        #expect(text.hasPrefix("# 🟠 \\# \\*x\\* \\<b\\> \\[y\\](z)\n\n\\+ a \\| b \\& c\n\n"))
        #expect(text.contains("- 15:29:41  `a` \\_b\\_ \\~c\\~\n"))
        #expect(text.contains("- ``` a `b` ``c`` ``` ×2 (p\\*d)\n"))
    }

    @Test(arguments: [("1. a", "1\\. a"), ("1.5 s", "1.5 s"), ("12) a", "12\\) a"), ("- a", "\\- a"), ("a-b", "a-b")])
    func `the start of a line makes no list`(_ text: String, _ escaped: String) {
        #expect(MarkdownText.escaped(text) == escaped)
    }
}
