import Testing

@testable import Reporting

@Suite struct PlainLineTests {
    @Test func `of a very long text the beginning is shown, and that there is more`() {
        let text = String(repeating: "word ", count: 1 << 18)
        #expect(text.shownLine(to: 12) == "word word…")
        let hidden = "a" + String(repeating: "\u{200B}", count: 1 << 20) + "b"
        #expect(hidden.shownLine(to: 12) == "a…")
        #expect("a\u{200B}b".shownLine(to: 12) == "ab")
    }

    @Test(arguments: [
        ("plain text stays", "plain text stays"),
        ("two\nlines\r\nand\ta tab", "two lines and a tab"),
        ("  spaces   run  together  ", "spaces run together"),
        ("\u{1B}[31mred\u{1B}[0m", "red"),
        ("\u{1B}[38;5;196mred\u{1B}[K", "red"),
        ("\u{9B}31mred", "red"),
        ("\u{1B}]0;title of the window\u{07}text", "text"),
        ("\u{1B}]8;;http://evil\u{1B}\\click\u{1B}]8;;\u{1B}\\", "click"),
        ("\u{1B}(Btext", "Btext"),
        ("a lone introducer \u{1B}] hides nothing", "a lone introducer hides nothing"),
        ("an unfinished \u{1B}[", "an unfinished"),
        ("bell\u{07} and null\0", "bell\u{FFFD} and null\u{FFFD}"),
        ("user\u{202E}gpj.exe", "usergpj.exe"),
        ("\u{2066}isolated\u{2069}", "isolated"),
        ("zero\u{200B}width\u{200D}joined\u{FEFF}", "zerowidthjoined"),
        ("soft\u{AD}hyphen", "softhyphen"),
        ("tag\u{E0041}", "tag"),
        ("note\u{FFF9}x\u{FFFB}", "notex"),
        ("line\u{2028}separator", "line separator"),
        ("no\u{A0}break", "no break"),
        ("z\u{301}\u{302}\u{303}\u{304}\u{305}", "z\u{301}\u{302}\u{303}"),
        ("日本語 é Ñ 🔴", "日本語 é Ñ 🔴"),
    ])
    func `nothing is left that a screen would obey or hide`(_ text: String, _ expected: String) {
        #expect(text.plainLine == expected)
        #expect(expected.plainLine == expected, "cleaning twice changes nothing")
    }

    @Test(arguments: [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three four", 10, "one two…"),
        ("one two three four", 9, "one two…"),
        ("one, two three", 10, "one, two…"),
        ("one two, three", 11, "one two…"),
        ("averyveryverylongword", 10, "averyvery…"),
        ("a averyveryverylongword", 12, "a averyvery…"),
        ("🔴🔴🔴🔴", 5, "🔴🔴…"),
        ("anything", 0, ""),
        ("anything", 1, "…"),
    ])
    func `a cut ends after a word with an ellipsis`(_ text: String, _ limit: Int, _ expected: String) {
        #expect(text.cut(to: limit) == expected)
        #expect(text.cut(to: limit).utf16.count <= max(limit, 0))
    }

    @Test func `one letter of a thousand code points does not break a limit`() {
        let letter = String(repeating: "\u{1100}", count: 1000)
        #expect(letter.cut(to: 160).utf16.count <= 160)
    }
}

@Suite struct InlineTextTests {
    @Test(arguments: [
        ("no code", [InlineText.words("no code")]),
        ("wrap in `retry` here", [.words("wrap in "), .code("retry"), .words(" here")]),
        ("`a` and `b`", [.code("a"), .words(" and "), .code("b")]),
        ("one ` alone", [.words("one ' alone")]),
        ("``` three", [.words("''' three")]),
        ("empty `` code", [.words("empty '' code")]),
        ("a `b` c ` d", [.words("a 'b' c ' d")]),
    ])
    func `only pairs of backticks make code`(_ line: String, _ parts: [InlineText]) {
        #expect(InlineText.parts(of: line) == parts)
    }
}

@Suite struct UnbrokenPercentsTests {
    @Test(arguments: [
        ("very likely (98 %)", "very likely (98\u{A0}%)"), ("92.7 % of 41, 3 %", "92.7\u{A0}% of 41, 3\u{A0}%"),
        ("printf %s", "printf %s"), ("a % b", "a % b"), ("98%", "98%"), (" %", " %"), ("", ""),
    ])
    func `a number and its percent sign stay on one line`(_ text: String, _ unbroken: String) {
        #expect(text.withUnbrokenPercents == unbroken)
    }

    @Test(arguments: ["{}", "`{}`"])
    func `on both chats, but not in what is quoted as code`(_ frame: String) throws {
        let sentence = frame.replacing("{}", with: "98 % used")
        #expect(SlackText.sentence(sentence) == (frame == "{}" ? "98\u{A0}% used" : "`98 % used`"))
        var summary = Summary(headline: "a disk is 98 % full", context: "")
        summary.recommendations = [sentence]
        let body = String(decoding: TeamsRenderer().body(summary), as: UTF8.self)
        #expect(body.contains("98\u{A0}% full") && body.contains("98\u{A0}% used"))
        #expect(TerminalRenderer(usesColours: false).text(summary).contains("98 % full"))
    }

    @Test func `a space that does not break stays inside a number, and nowhere else`() {
        #expect("8\u{A0}310 líneas".plainLine == "8\u{A0}310 líneas")
        #expect("no\u{A0}break".plainLine == "no break")
    }
}
