import Telemetry
import Testing

@Suite struct QuotedTextTests {
    @Test(arguments: [
        ("checkout", #""checkout""#), (#"a"b\c`"#, #""a\"b\\c`""#), (#"\"} or {""#, #""\\\"} or {\"""#),
        ("a\nb\tc\rd", #""a\nb\tc\rd""#),
        ("\0\u{1B}\u{7F}\u{85}\u{2028}\u{FEFF}", #""\u0000\u001b\u007f\u0085\u2028\ufeff""#), ("ñ日本🦮", #""ñ日本🦮""#),
        // To Swift the quote and its accent are one character, to a parser they are two.
        ("\"\u{301}", "\"\\\"\u{301}\""),
    ])
    func `a text cannot leave its quotes`(_ text: String, _ literal: String) {
        #expect(QuotedText.doubleQuoted(text) == literal)
    }

    @Test func `more is escaped where it is asked for`() {
        #expect(QuotedText.doubleQuoted("<a>&", escaping: ["<", "&"]) == #""\u003ca>\u0026""#)
    }

    @Test func `a regular expression matches the text alone`() {
        #expect(QuotedText.regularExpression("a.b|(c)$") == #"a\.b\|\(c\)\$"#)
    }

    @Test(arguments: [
        ([], #"="""#), (["a"], #"="a""#), (["a.b"], #"="a.b""#), (["a", "b"], #"=~"a|b""#),
        (["a.b", "c|d", "(e)"], #"=~"a\\.b|c\\|d|\\(e\\)""#), ([#"q"uote"#, "x"], #"=~"q\"uote|x""#),
    ])
    func `several values become one regular expression of literals`(_ values: [String], _ matcher: String) {
        #expect(QuotedText.matcher(anyOf: values) == matcher)
    }

    @Test(arguments: [
        ("a\\b\"c\nd", #""a\\b\"c\nd""#), ("tab\tand 日本", "\"tab\tand 日本\""), ("\"\u{301}", "\"\\\"\u{301}\""),
        ("\r\n", "\"\r\\n\""),
    ])
    func `a label's value cannot leave its line of metrics`(_ value: String, _ written: String) {
        #expect(QuotedText.labelValue(value) == written)
    }
}
