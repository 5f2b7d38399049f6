import HTML
import Testing

@Suite struct EscapedTextTests {
    @Test(arguments: [
        ("<a href=\"x\" id='y'> & </a>", "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt; &amp; &lt;/a&gt;"),
        ("&lt;", "&amp;lt;"), ("two\nlines\tand 日本語 🦮", "two\nlines\tand 日本語 🦮"), ("", ""),
        // To Swift the sign and its accent are one character, to a browser they are two.
        ("<\u{301}script>", "&lt;\u{301}script&gt;"),
    ])
    func `the signs of HTML become text`(_ text: String, _ escaped: String) {
        #expect(text.htmlEscaped == escaped)
    }

    @Test(arguments: [
        "\u{0}", "\u{7}", "\r", "\u{1B}", "\u{85}", "\u{200B}", "\u{202E}", "\u{2028}", "\u{FEFF}", "\u{FFFF}",
    ])
    func `what hides or turns the writing is a space`(_ hidden: String) {
        #expect("a\(hidden)b".htmlEscaped == "a b")
    }

    @Test func `a part of a text is escaped as a whole one is`() {
        #expect("a <b> c".dropFirst(2).prefix(3).htmlEscaped == "&lt;b&gt;")
    }
}
