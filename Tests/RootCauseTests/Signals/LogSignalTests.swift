import Languages
import Telemetry
import Testing

@testable import RootCause

/// Lines that name no span, compared by how many there are.
struct LogSignalTests {
    /// A line every two seconds for ten minutes, and what the window adds.
    private func story(_ window: (inout Story) -> Void) -> Story {
        var story = Story()
        for number in 0..<300 {
            story.log("INFO served request \(number)", at: Double(number) * 2 - 600, service: "db")
        }
        window(&story)
        return story
    }

    private func served(_ story: inout Story) {
        for number in 0..<60 { story.log("INFO served request \(number)", at: Double(number) * 2, service: "db") }
    }

    @Test func `an error that never came before speaks against who writes it`() {
        let story = story {
            served(&$0)
            for number in 0..<50 {
                $0.log("ERROR panic: connection \(number) lost", at: 30 + Double(number), service: "db")
            }
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "dependency-failure db")
        #expect(diagnosis.hypotheses[0].statement.english.contains("50 lines in the window, before 0"))
    }

    @Test func `a line that no longer comes is noticed although there is nothing to see`() {
        let signal = Scene(story { _ in }.evidence, alert: nil).blame.first?.signals.first
        #expect(signal.map { [$0.service, $0.operation] } == ["db", "INFO served request <*>"])
        #expect(signal?.after == 0)
    }

    @Test func `as many lines as before are no signal`() {
        #expect(story { served(&$0) }.diagnosis().verdict == "unknown")
    }

    @Test func `what runs builds is not judged by the number of its lines`() {
        var story = story { served(&$0) }
        story.build("app", 1, on: "maven-1", at: 10, takes: 60, .success)
        for number in 0..<50 { story.log("ERROR no such thing \(number)", at: 20, service: "jenkins") }
        #expect(!Scene(story.evidence, alert: nil).blame.contains { $0.service == "jenkins" })
    }
}
