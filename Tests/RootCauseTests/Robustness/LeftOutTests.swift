import Languages
import LogTemplates
import Telemetry
import TestSupport
import Testing

@testable import RootCause

/// What had to be left out of lines and windows is said; in usual evidence there is nothing to say.
struct LeftOutTests {
    private func traffic() -> Story {
        var story = Story()
        for number in 0..<60 {
            let at = Double(number) * 11 - 590
            let root = story.span("web", "GET /", kind: .server, at: at, takes: 0.2)
            story.call("web", "api", "GET /price", under: root, at: at + 0.05, takes: 0.1)
            story.log("took \(number) ms", at: at + 0.1, service: "api", span: root)
        }
        return story
    }

    @Test func `usual evidence leaves nothing out`() {
        #expect(traffic().diagnosis().gaps.isEmpty)
    }

    @Test func `no evidence leaves nothing out`() {
        #expect(Story().diagnosis().gaps.isEmpty)
    }

    @Test func `of lines of a megabyte the beginning is read, and that is said`() {
        var story = traffic()
        story.log("ERROR it failed " + String(repeating: "é", count: 1 << 19), at: 30, service: "api", level: "error")
        story.log("ERROR it failed too", at: 31, service: "api", level: "error")
        let diagnosis = story.diagnosis()
        #expect(
            diagnosis.gaps.map(\.inEnglish) == [
                .saying(.logs, "of 1 log line of more than 64 KiB only the beginning was read", isTotal: false)
            ])
        #expect(diagnosis.keyLines.allSatisfy { $0.text.utf8.count <= 64 << 10 })
    }

    @Test func `a log without any pattern fills one last template, and that is said`() {
        var story = Story()
        for number in 0..<60 {
            // Letters and no digits: no word is a variable by its shape.
            let word = String(
                String.UnicodeScalarView([number / 26, number % 26].map { Unicode.Scalar(UInt8(97 + $0)) }))
            let line = (0...number % 9).map { String(repeating: word, count: $0 + 1) }.joined(separator: " ")
            story.log(line, at: Double(number), service: "api")
        }
        let spans = SpanTable(story.evidence)
        let table = LogTable(story.evidence, spans: spans, limits: .init(templates: 10))
        #expect(table.templates.count == 10)
        #expect(table.leftOut.withoutTemplate == table.templates[9].count)
        #expect(
            LeftOut.logs(table.leftOut).map(\.english) == [
                "the log has too many kinds of lines; \(table.templates[9].count) lines of the rarest were taken together"
            ])
        #expect(LogTable(story.evidence, spans: spans).leftOut.withoutTemplate == 0)
    }

    @Test(arguments: [(-600.0, 60.0), (30.0, 90.0), (60.0, 300.0), (-600.0, 300.0)])
    func `a baseline that overlaps the window is cut, and that is said`(start: Double, end: Double) {
        var evidence = traffic().evidence
        evidence.baseline = TimeWindow(start: Story.at(start), end: Story.at(end))
        let gaps = RootCauseAnalyzer().diagnose(evidence, alert: nil).gaps
        #expect(
            gaps.contains {
                $0.reason.english
                    == "the time to compare with overlaps the window: only what lies outside of it was compared"
            })
    }

    @Test func `a window and a baseline without length are survived`() {
        var evidence = traffic().evidence
        evidence.window = TimeWindow(start: Story.start, end: Story.at(-5))
        evidence.baseline = evidence.window
        let diagnosis = RootCauseAnalyzer().diagnose(evidence, alert: nil)
        #expect(diagnosis.hypotheses.first?.cause == .unknown)
        #expect(diagnosis.onset == nil)
    }

    @Test func `equal lines of one instant are put in order once, and not one by one`() {
        var story = traffic()
        for number in 0..<20_000 {
            story.log("ERROR refused", at: 20, service: "api", pod: "api-\(number % 500)", level: "error")
        }
        #expect(story.diagnosis().keyLines.contains { $0.text == "ERROR refused" && $0.count == 20_000 })
    }
}
