import Telemetry
import Testing

@testable import RootCause

/// Spans without pods, of which only those that fail, and one operation, write a line that tells where they ran.
struct PlacesInLinesTests {
    /// - Parameter sharesWork: whether all three pods do both operations.
    private static func story(sharesWork: Bool) -> Story {
        var story = Story()
        for number in 0..<360 {
            let at = Double(number) * 2 - 600
            let isBad = number % 3 == 1
            let fails = at >= 20 && isBad
            let reserves = number % 5 == 0 && (sharesWork || !isBad)
            let status = fails ? Span.Status.error(message: "stale copy") : .unset
            let root = story.span("shop", "POST /orders", kind: .server, at: at, takes: 0.2, status: status)
            let client = story.span("shop", "POST", under: root, kind: .client, at: at, takes: 0.1, status: status)
            story.span(
                "stock", reserves ? "Reserve" : "Check", under: client, kind: .server, at: at, takes: 0.05,
                status: status, pod: fails || reserves ? "stock-\(number % 3)" : nil)
        }
        return story
    }

    @Test func `all failures are of one pod whose siblings do the same work well`() {
        #expect(Self.story(sharesWork: true).diagnosis().verdict == "faulty-instance stock-1")
    }

    @Test func `a pod that is never seen to do its work well is not compared with others`() {
        let diagnosis = Self.story(sharesWork: false).diagnosis()
        #expect(!diagnosis.hypotheses.contains { $0.cause == .faultyInstance })
    }
}
