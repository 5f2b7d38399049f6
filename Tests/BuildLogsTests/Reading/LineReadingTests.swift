import Testing

@testable import BuildLogs

@Suite struct LineReadingTests {
    private func lines(of log: BuildLog) -> [String] {
        var line = CleanLine()
        return (0..<log.lineCount).map {
            line.read(log.bytes, log.range(ofLine: $0 + 1))
            return line.text
        }
    }

    @Test func `LF, CRLF and a lone CR each end a line`() {
        let log = BuildLog(bytes: Array("a\nb\r\nc\rd\r\n\n\re".utf8))
        #expect(lines(of: log) == ["a", "b", "c", "d", "", "", "e"])
    }

    @Test(arguments: [("", 0), ("a", 1), ("a\n", 1), ("\n", 1), ("\r\n", 1), ("\r\r", 2), ("a\n\nb", 3)])
    func `a line end at the end begins no further line`(text: String, count: Int) {
        #expect(BuildLog(bytes: Array(text.utf8)).lineCount == count)
    }

    @Test func `a line far inside a long log is found by its number`() {
        let log = BuildLog(lines: (1...1000).map { "line \($0)" })
        #expect([1, 15, 16, 17, 33, 999, 1000].map { lines(of: log)[$0 - 1] }.last == "line 1000")
        #expect(String(decoding: log.bytes[log.range(ofLine: 517)], as: UTF8.self) == "line 517")
        #expect(log.range(ofLine: 0).isEmpty && log.range(ofLine: 1001).isEmpty)
    }

    @Test(arguments: [
        ("\u{1B}[1;31mred\u{1B}[m and plain", "red and plain"),
        ("\u{1B}]0;title\u{7}after a title", "after a title"),
        ("see \u{1B}]8;;https://example.org\u{1B}\\the page\u{1B}]8;;\u{1B}\\ now", "see the page now"),
        ("\u{1B}[2K\u{1B}[1Gprogress", "progress"),
        ("cut \u{1B}[", "cut"),
        ("nul\u{0}s and\u{8} bells\u{7}", "nuls and bells"),
        ("\tkept tab", "\tkept tab"),
        ("trailing blanks  \t", "trailing blanks"),
    ])
    func `colours and control characters are not seen`(raw: String, clean: String) {
        #expect(CleanLine(raw).text == clean)
    }

    @Test func `red and green are noticed`() {
        #expect(CleanLine("\u{1B}[31mno\u{1B}[0m").isRed)
        #expect(CleanLine("\u{1B}[1;91mno").isRed)
        #expect(CleanLine("\u{1B}[0;32mok").isGreen)
        #expect(!CleanLine("\u{1B}[33mwell").isRed)
    }

    @Test(arguments: [
        ("10:12:01  + make", "+ make"),
        ("[2024-05-01T10:00:00.123Z] + make", "+ make"),
        ("00:00:01.234  + make", "+ make"),
        ("2024-05-01T10:00:00.1234567Z   at f (a.js:1)", "  at f (a.js:1)"),
        ("build\tcompile\t2024-05-01T10:00:00.1Z error: x", "error: x"),
        ("2024-05-01T10:00:00.123456Z 01O + make", "+ make"),
        ("2024-05-01 10:00:00,123 ERROR x", "ERROR x"),
        ("#12 3.456 error: x", "error: x"),
        ("\u{FEFF}first line", "first line"),
    ])
    func `the build server's time is no part of the line`(raw: String, clean: String) {
        #expect(CleanLine(raw).text == clean)
    }

    @Test(arguments: [
        "10:12 is too early", "12 tests", "[ERROR] x", "#12 is no step", "2024-05-01", "1:2:3 a", "a\tb\tc",
    ])
    func `what is no time stays`(line: String) {
        #expect(CleanLine(line).text == line)
    }

    @Test func `of a very long line the beginning is read`() {
        let line = CleanLine(String(repeating: "x", count: 1 << 20))
        #expect(line.bytes.count == CleanLine.maximumBytes)
    }

    @Test func `bytes that are no UTF-8 do no harm`() {
        var line = CleanLine()
        let bytes: [UInt8] = [0x45, 0xFF, 0xFE, 0xC3]
        line.read(bytes, 0..<bytes.count)
        #expect(line.text == "E\u{FFFD}\u{FFFD}\u{FFFD}")
    }
}
