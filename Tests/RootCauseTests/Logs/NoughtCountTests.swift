import Telemetry
import Testing

@testable import RootCause

struct NoughtCountTests {
    @Test(arguments: [
        ("[INFO] Tests run: 31, Failures: 0, Errors: 0, Skipped: 2", true), ("5 passed, 0 failed", true),
        ("found 0 errors", true), ("failures=0 errors=0", true), ("Tests run: 31, Failures: 2, Errors: 0", false),
        ("10 failed", false), ("Failures: 0, but the build failed", false), ("error: 0x80070005", false),
        ("connection refused", false),
    ])
    func `a count of no failures is not like an error`(_ line: String, _ isNone: Bool) {
        #expect(NoughtCount.isAll(of: LogEntry(at: Story.start, line: line, labels: [:], metadata: [:])) == isNone)
    }

    @Test func `lines of tests that went well are not shown, and those that did not are`() {
        var story = Story()
        for number in 0..<6 {
            story.log("[INFO] Tests run: 31, Failures: 0, Errors: 0 in Suite\(number)", at: Double(10 + number))
        }
        #expect(story.diagnosis().keyLines.isEmpty)
        story.log("[INFO] Tests run: 31, Failures: 2, Errors: 0 in Suite7", at: 20)
        #expect(story.diagnosis().keyLines.map(\.text) == ["[INFO] Tests run: 31, Failures: 2, Errors: 0 in Suite7"])
    }
}
