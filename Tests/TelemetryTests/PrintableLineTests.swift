import Telemetry
import Testing

@Suite struct PrintableLineTests {
    @Test(arguments: [
        ("", 5, ""), ("abcde", 5, "abcde"), ("abcdef", 5, "abcd…"), ("a\nb\tc", 9, "a b c"),
        ("grün 日本 🚀", 20, "grün 日本 🚀"),
        ("a\u{1B}[2Jb", 20, "a [2Jb"), ("a\u{9B}b\u{7F}", 20, "a b "), ("a\u{202E}b\u{200B}\u{FEFF}", 20, "a b  "),
        ("a\u{2028}b\u{E0041}", 20, "a b "), ("a\r\nb", 20, "a  b"),
    ])
    func `what is not printable is a space, and the end is cut off`(text: String, limit: Int, line: String) {
        #expect(text.printableLine(atMost: limit) == line)
    }

    @Test func `a letter with a thousand accents is longer than one without`() {
        let text = "e" + String(repeating: "\u{301}", count: 1000)
        #expect(text.count == 1)
        #expect(text.printableLine(atMost: 10).unicodeScalars.count == 10)
    }
}
