import Telemetry
import Testing

@testable import RootCause

/// Log entries that are no lines.
struct OddLinesTests {
    private func story(_ lines: [String]) -> Story {
        var story = Story()
        let bad = story.build("team/app", 42, on: "maven-2", at: 10, takes: 60, .failure("script returned exit code 1"))
        for (number, line) in lines.enumerated() { story.log(line, at: 40 + Double(number), span: bad) }
        return story
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `a build's log whose entries hold several lines is read line by line`(end: String) throws {
        let trace = (1...30).map { "\tat org.acme.Cart.add(Cart.java:\($0))" }
        let story = story([
            "[INFO] Compiling 12 source files",
            (["java.lang.IllegalStateException: no cart"] + trace).joined(separator: end),
            "10 %\r20 %\r30 %\r", "", end,
            "[ERROR] Failed to execute goal compile on project app: Compilation failure" + end,
        ])
        let log = try #require(Scene(story.evidence, alert: nil).stepLogs.first)
        let goal = try #require(log.lines.first { $0.text.contains("Failed to execute goal") })
        #expect(goal.entry.at == Story.at(45))
        let exception = try #require(log.lines.first { $0.text.contains("IllegalStateException") })
        #expect(exception.entry.at == Story.at(41))
        #expect(log.lines.allSatisfy { !$0.text.contains(where: \.isNewline) })
    }

    @Test(arguments: ["", " ", "\n", "\r", "\0", "\u{FEFF}", "\u{1B}[31m", "e\u{301}", "\u{202E}"])
    func `a line of nothing is survived`(line: String) {
        let diagnosis = story([line, line, "[ERROR] Failed to execute goal compile on project app", line]).diagnosis()
        #expect(diagnosis.hypotheses.first?.cause == .buildFailure)
    }

    @Test func `a long line is cut between two characters`() {
        for width in 0..<4 {
            let line = String(repeating: "a", count: width) + String(repeating: "😀", count: 20_000)
            let cut = LongLine.cut(LogEntry(at: Story.start, line: line)).line
            #expect((LongLine.mostBytes - 3...LongLine.mostBytes).contains(cut.utf8.count))
            #expect(line.hasPrefix(cut) && !cut.unicodeScalars.contains("\u{FFFD}"))
        }
        let short = LogEntry(at: Story.start, line: String(repeating: "a", count: LongLine.mostBytes))
        #expect(LongLine.cut(short) == short)
    }
}
