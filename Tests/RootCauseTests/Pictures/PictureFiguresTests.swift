import RootCause
import Telemetry
import TestSupport
import Testing

/// What a diagnosis keeps for pictures.
@Suite struct PictureFiguresTests {
    /// A request every four seconds, the second half of the window's failing where asked for.
    private func requests(failing: Bool, slow: Bool = false) -> Story {
        var story = Story()
        story.services = ["shop"]
        for second in stride(from: -598.0, to: 120, by: 4) {
            let isLate = second > 60
            let takes = slow && isLate ? 3.0 : 0.08
            let root = story.span(
                "shop", "POST /pay", kind: .server, at: second, takes: takes,
                status: failing && isLate ? .error(message: "") : .unset)
            story.call(
                "shop", "payments", "POST /charge", under: root, at: second + 0.01, takes: takes - 0.03,
                status: failing && isLate ? .error(message: "refused") : .unset)
        }
        return story
    }

    @Test func `failures are counted over the window and as long before it`() throws {
        let course = try #require(requests(failing: true).diagnosis().course)
        #expect(course.kind == .traces && course.measure == .failures)
        #expect(course.window.start <= Story.at(-110) && course.window.end >= Story.at(120))
        #expect(course.parts.count <= Course.mostParts)
        #expect(course.parts.reduce(0) { $0 + $1.failed } == 15)
        #expect(course.parts.reduce(0) { $0 + $1.total } >= 55)
        // Parts that end before it began have no failure.
        let place = Int((Story.at(60) - course.start).inSeconds / course.step.inSeconds)
        #expect(course.parts[..<place].allSatisfy { $0.failed == 0 })
        #expect(course.usual?.failedShare == 0)
        #expect(!course.isSample)
    }

    @Test func `where only times changed, times are kept`() throws {
        let course = try #require(requests(failing: false, slow: true).diagnosis().course)
        #expect(course.measure == .duration)
        let slowest = try #require(course.parts.compactMap { $0.slow }.max())
        #expect(slowest >= .seconds(2))
        let usual = try #require(course.usual?.slow)
        #expect(usual < .milliseconds(200))
    }

    @Test func `where nothing changed there is nothing to draw`() {
        let diagnosis = requests(failing: false).diagnosis()
        #expect(diagnosis.course == nil)
    }

    @Test func `a sparsely fetched quiet time is told by its figures and not drawn`() throws {
        var story = requests(failing: true)
        story.spans.removeAll { $0.start < Story.start && $0.traceID.low % 13 != 1 }
        let course = try #require(story.diagnosis().course)
        #expect(course.window.start >= Story.at(-60))
        #expect(course.usual != nil)
    }

    @Test func `the failing trace is kept from its root to the span where the failure is`() throws {
        let outline = try #require(requests(failing: true).diagnosis().outline)
        #expect(outline.rows.first?.name == "POST /pay")
        #expect(outline.rows.map(\.level) == [0, 1, 2])
        let focus = try #require(outline.rows.first { $0.isFocus })
        #expect(focus.service == "payments" && focus.isFailed && focus.reason == "refused")
    }

    @Test func `of a deep and wide trace the way to the failure stays, and no more than can be shown`() throws {
        var story = requests(failing: false)
        var handle = story.span("shop", "GET /deep", kind: .server, at: 70, takes: 20, status: .error(message: ""))
        for level in 1...40 {
            for sibling in 1...5 { story.span("shop", "side \(level).\(sibling)", under: handle, at: 71, takes: 5) }
            handle = story.span(
                "shop", "level \(level) \(String(repeating: "x", count: 5000))\u{202E}", under: handle, at: 71,
                takes: 10, status: .error(message: level == 40 ? "the end" : ""))
        }
        let outline = try #require(story.diagnosis().outline)
        #expect(outline.rows.count == TraceOutline.mostRows)
        #expect(outline.rows.first?.name == "GET /deep")
        #expect(outline.rows.last { $0.isFocus }?.reason == "the end")
        #expect(outline.spans == 241)
        #expect(outline.rows.allSatisfy { $0.name.unicodeScalars.count <= 120 && !$0.name.contains("\u{202E}") })
    }

    @Test func `the order of the evidence changes nothing`() {
        let story = requests(failing: true)
        var shuffled = story
        var random = SeededRandom(seed: 3)
        shuffled.spans.shuffle(using: &random)
        #expect(shuffled.diagnosis().course == story.diagnosis().course)
        #expect(shuffled.diagnosis().outline == story.diagnosis().outline)
    }
}
