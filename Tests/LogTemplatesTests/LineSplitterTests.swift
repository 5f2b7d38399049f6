import LogTemplates
import Testing

struct LineSplitterTests {
    private func lines(of text: String, chunk: Int) -> [String] {
        var splitter = LineSplitter()
        var lines: [String] = []
        let bytes = Array(text.utf8)
        func take(_ line: Span<UInt8>) {
            lines.append(String(decoding: line.indices.map { line[$0] }, as: UTF8.self))
        }
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            splitter.read(bytes.span.extracting(start..<min(start + chunk, bytes.count)), take)
        }
        splitter.finish(take)
        return lines
    }

    @Test(
        arguments: [
            ("", []), ("\n", [""]), ("uno", ["uno"]), ("uno\n", ["uno"]), ("uno\n\ndos", ["uno", "", "dos"]),
            ("uno\r\ndos\r\n", ["uno", "dos"]), ("uno\r\n\r\ndos\r", ["uno", "", "dos"]), ("a\rb\n", ["b"]),
            ("5%\r\r50%\rdone\r\r\nb\rc", ["done", "c"]), ("\ra\n\r\n", ["a", ""]),
        ], [1, 2, 3, 100])
    func `lines end in LF or CR LF, and what a CR wrote over is gone, wherever the chunks end`(
        example: (text: String, lines: [String]), chunk: Int
    ) {
        #expect(lines(of: example.text, chunk: chunk) == example.lines)
    }

    @Test func `of a line that is longer than a chunk no more is kept than is looked at`() {
        let long = String(repeating: "x", count: 1_000_000)
        let found = lines(of: "\(long)\r\nshort\n", chunk: 65_536)
        #expect(found.count == 2)
        #expect(found[0].utf8.count == Template.exampleBytes)
        #expect(found[1] == "short")
    }
}
