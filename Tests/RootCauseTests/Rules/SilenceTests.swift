import Languages
import Telemetry
import Testing

@testable import RootCause

/// Services whose spans stop: because nobody sees them, nobody calls them, or they are gone.
struct SilenceTests {
    private enum Since { case unseen, uncalled, gone }

    /// A request every four seconds; from the fortieth second of the window the callee has no spans.
    private static func story(_ since: Since) -> Story {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let isOver = at >= 40
            let fails = isOver && since == .gone
            let status = fails ? Span.Status.error(message: "connection refused") : .unset
            let takes = isOver && since == .uncalled ? 0.15 : 0.2
            let root = story.span("shop", "POST /orders", kind: .server, at: at, takes: takes, status: status)
            story.call("shop", "cart", "GET /cart", under: root, at: at + 0.01, takes: 0.03)
            if isOver, since == .uncalled { continue }
            let call = story.span(
                "shop", "HTTP GET", under: root, kind: .client, at: at + 0.05, takes: 0.05, status: status,
                attributes: ["server.address": .string("rates.shop.svc")])
            if !isOver { story.span("rates", "GET /rates", under: call, kind: .server, at: at + 0.06, takes: 0.03) }
        }
        return story
    }

    @Test func `a service that is not seen while its callers are answered is a gap and no failure of the callers`() {
        let diagnosis = Self.story(.unseen).diagnosis(alert: Story.alert(service: "rates"))
        #expect(diagnosis.verdict == "telemetry-gap rates")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .dependencyFailure })
        #expect(diagnosis.hypotheses[0].statement.english.contains("calls to it are still answered"))
    }

    @Test func `a service that nobody calls any more has nothing to do`() {
        let diagnosis = Self.story(.uncalled).diagnosis(alert: Story.alert(service: "rates"))
        #expect(diagnosis.verdict == "unknown")
    }

    @Test func `a service that is gone is what fails, and not who calls it`() {
        let diagnosis = Self.story(.gone).diagnosis(alert: Story.alert(service: "shop"))
        #expect(diagnosis.verdict == "dependency-failure rates")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .telemetryGap })
    }

    @Test func `a service that is still seen is not silent`() {
        var story = Self.story(.unseen)
        let root = story.span("shop", "POST /orders", kind: .server, at: 119, takes: 0.2)
        story.call("shop", "rates", "GET /rates", under: root, at: 119.01, takes: 0.03)
        #expect(Silence.all(in: SpanTable(story.evidence)).isEmpty)
    }
}
