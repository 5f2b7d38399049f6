import Languages
import Telemetry
import Testing

@testable import RootCause

/// Traces of every shape that a backend may answer with.
struct OddTracesTests {
    private static let trace = TraceID(high: 3, low: 3)

    private func span(
        _ id: UInt64, under parent: UInt64? = nil, _ name: String = "op", of service: String = "a", from start: Int64,
        to end: Int64, kind: Span.Kind = .internal, trace: TraceID = Self.trace, fails: Bool = false
    ) -> Span {
        Span(
            traceID: trace, id: SpanID(id), parentID: parent.map { SpanID($0) }, name: name, kind: kind,
            start: Story.start + .milliseconds(start), end: Story.start + .milliseconds(end),
            status: fails ? .error(message: "") : .unset, resource: ["service.name": .string(service)])
    }

    private func table(_ spans: [Span]) -> SpanTable {
        var story = Story()
        story.spans = spans
        return SpanTable(story.evidence)
    }

    /// Of these spans, with a quiet trace of the time before to compare them with.
    private func gaps(_ spans: [Span]) -> [String] {
        var story = Story()
        story.spans = spans + [span(1, from: -300_000, to: -299_000, trace: TraceID(high: 2, low: 2))]
        return story.diagnosis().gaps.map(\.reason.english)
    }

    @Test func `a ring is cut above its earliest span, and what hangs on it stays there`() {
        // 2 → 3 → 4 → 2, and 1, the earliest of all, hangs below 4.
        let spans = [
            span(1, under: 4, from: 0, to: 1), span(2, under: 4, from: 10, to: 90),
            span(3, under: 2, from: 20, to: 80), span(4, under: 3, from: 30, to: 70),
        ]
        let table = table(spans)
        #expect(table.rows.map(\.parent) == [3, -1, 1, 2])
        #expect(table.rows.map(\.depth) == [3, 0, 1, 2])
        #expect(table.leftOut.rings == 1)
        #expect(gaps(spans) == ["spans that name each other as parents were cut apart in 1 place"])
    }

    @Test func `every ring of a trace is cut once`() {
        let spans = (0..<20).flatMap { ring -> [Span] in
            let first = UInt64(ring * 3 + 1)
            return (0..<3).map { step in
                span(
                    first + UInt64(step), under: first + UInt64((step + 1) % 3), from: Int64(100 - ring * 3 - step),
                    to: 200)
            }
        }
        let table = table(spans)
        #expect(table.leftOut.rings == 20)
        #expect(table.rows.count { $0.parent < 0 } == 20)
        #expect(table.rows.allSatisfy { $0.depth <= 2 })
    }

    @Test func `a span that is its own parent is a root`() {
        let spans = [span(1, under: 1, from: 0, to: 10), span(2, under: 1, from: 1, to: 9)]
        let table = table(spans)
        #expect(table.rows.map(\.parent) == [-1, 0])
        #expect(!table.rows[0].isOrphan)
    }

    @Test func `of spans with one id the longest stays, whatever the order`() {
        let client = span(2, under: 1, "call", from: 1, to: 90, kind: .client)
        let server = span(2, under: 1, "serve", of: "b", from: 2, to: 80, kind: .server)
        let root = span(1, "root", from: 0, to: 100)
        for spans in [[root, client, server], [server, root, client, server], [client, server, client, root]] {
            let table = table(spans)
            #expect(table.rows.count == 2)
            #expect(table.span(of: 1).name == "call")
            #expect(
                gaps(spans)
                    == ["1 span left out: another one of the same trace has the same id and lasts longer"])
        }
        // Stored twice is nothing to talk about.
        #expect(gaps([root, client, client]).isEmpty)
    }

    @Test func `a span that ends before it begins takes no time, and that is said`() {
        let spans = [span(1, from: 0, to: 100), span(2, under: 1, from: 60, to: 40), span(3, under: 1, from: 5, to: 5)]
        let table = table(spans)
        #expect(table.rows.map(\.duration) == [100_000_000, 0, 0])
        #expect(table.rows.map(\.selfTime) == [100_000_000, 0, 0])
        #expect(gaps(spans) == ["1 span ends before it begins: its duration is taken for 0"])
    }

    @Test(arguments: [3600, -3600, 7200, -86_400, 120, -120])
    func `a service whose clock is wrong by hours stays within its caller`(seconds: Int64) {
        // In the baseline: with the server's clock an hour ahead, the trace would reach into the window.
        let wrong = seconds * 1000
        let spans = [
            span(1, "GET /", of: "web", from: -300_000, to: -299_000, kind: .server),
            span(2, under: 1, "GET", of: "web", from: -299_900, to: -299_100, kind: .client),
            span(3, under: 2, "GET /price", of: "price", from: -299_800 + wrong, to: -299_200 + wrong, kind: .server),
            span(4, under: 3, "SELECT", of: "price", from: -299_700 + wrong, to: -299_300 + wrong, kind: .client),
        ]
        let table = table(spans)
        guard case .baseline = table.traceRows[0].population else {
            Issue.record("the trace counts as \(table.traceRows[0].population)")
            return
        }
        let byName = Dictionary(
            uniqueKeysWithValues: table.rows.indices.map { (table.span(of: $0).name, table.rows[$0].selfTime) })
        #expect(byName == ["GET /": 200_000_000, "GET": 200_000_000, "GET /price": 200_000_000, "SELECT": 400_000_000])
        #expect(gaps(spans).isEmpty)
    }

    @Test func `a message that waited for an hour in its queue was not sent by a wrong clock`() {
        let spans = [
            span(1, "send", of: "web", from: -3_700_000, to: -3_699_000, kind: .producer),
            span(2, under: 1, "receive", of: "mail", from: -60_000, to: -59_000, kind: .consumer),
        ]
        let table = table(spans)
        #expect(table.rows[1].selfTime == 1_000_000_000)
        #expect(table.traceRows[0].population != .neither)
    }

    @Test func `spans at the ends of time are survived`() {
        for kind in [Span.Kind.internal, .client, .server] {
            var story = Story()
            for (number, ends) in [(Int64.min, Int64.max), (.max, .min), (.min, .min), (.max, .max), (0, .max)]
                .enumerated()
            {
                story.spans.append(
                    Span(
                        traceID: TraceID(high: 4, low: UInt64(number + 1)), id: SpanID(1), name: "op", kind: kind,
                        start: Timestamp(nanoseconds: ends.0), end: Timestamp(nanoseconds: ends.1),
                        status: .error(message: "")))
                story.spans.append(
                    Span(
                        traceID: TraceID(high: 4, low: UInt64(number + 1)), id: SpanID(2), parentID: SpanID(1),
                        name: "below", kind: .server, start: Timestamp(nanoseconds: .max),
                        end: Timestamp(nanoseconds: .max), resource: ["service.name": .string("b")]))
            }
            let diagnosis = story.diagnosis()
            #expect(diagnosis.hypotheses.allSatisfy { (0...1).contains($0.confidence) })
        }
    }

    @Test func `a trace outside of the window and of the time before is not compared, and that is said`() {
        let inside = span(1, from: 0, to: 10)
        let outside = span(1, from: -5_000_000, to: -4_999_000, trace: TraceID(high: 3, low: 4))
        #expect(
            gaps([inside, outside])
                == ["not compared: 1 of 3 traces, neither of the window nor of the time before"])
    }

    @Test func `parents that are not there make orphans and no gap`() {
        let spans = [span(7, under: 99, from: 0, to: 10), span(8, under: 7, from: 1, to: 5)]
        let table = table(spans)
        #expect(table.rows.map(\.isOrphan) == [true, false])
        #expect(gaps(spans).isEmpty)
    }
}
