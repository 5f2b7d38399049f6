import Telemetry
import Testing

@testable import RootCause

struct SpanTableTests {
    @Test func `the self-times of a trace add up to its duration`() {
        var story = Story()
        let root = story.span("shop", "GET /", kind: .server, at: 1, takes: 1)
        let cart = story.call("shop", "cart", "GET /cart", under: root, at: 1.1, takes: 0.3)
        story.span("cart", "SELECT", under: cart, kind: .client, at: 1.15, takes: 0.1)
        story.call("shop", "stock", "GET /stock", under: root, at: 1.5, takes: 0.4, gap: 0.1)
        let table = SpanTable(story.evidence)
        let sum = table.rows.reduce(0) { $0 + $1.selfTime }
        #expect(sum == 1_000_000_000)
        let gap = table.rows.indices.filter { table.rows[$0].kind == .client && table.operation(of: $0).callee != nil }
        #expect(gap.map { table.rows[$0].selfTime } == [2_000_000, 100_000_000])
    }

    @Test func `a span that waits for an asynchronous sibling is not blamed for the wait`() {
        var story = Story()
        let root = story.span("gateway", "/*", kind: .server, at: 1, takes: 1)
        story.span("gateway", "handle", under: root, at: 1.01, takes: 0.98)
        story.call("gateway", "shop", "GET /", under: root, at: 1.02, takes: 0.9)
        let table = SpanTable(story.evidence)
        let handle = table.rows.indices.first { table.operation(of: $0).name == "handle" }
        #expect(handle.map { table.rows[$0].selfTime < 100_000_000 } == true)
    }

    @Test func `a server whose clock is ahead is moved into the call that it served`() {
        var story = Story()
        let root = story.span("shop", "GET /", kind: .server, at: 1, takes: 1)
        let client = story.span("shop", "HTTP GET", under: root, kind: .client, at: 1.1, takes: 0.5)
        let server = story.span("cart", "GET /cart", under: client, kind: .server, at: 41.2, takes: 0.4)
        story.span("cart", "SELECT", under: server, at: 41.3, takes: 0.1)
        let table = SpanTable(story.evidence)
        let byName = Dictionary(
            uniqueKeysWithValues: table.rows.indices.map { (table.operation(of: $0).name, table.rows[$0].selfTime) })
        #expect(byName["HTTP GET"] == 100_000_000)
        #expect(byName["GET /cart"] == 300_000_000)
        #expect(byName["SELECT"] == 100_000_000)
        #expect(byName["GET /"] == 500_000_000)
    }

    @Test func `orphans are roots that are known as orphans, and rings are cut`() {
        let trace = TraceID(high: 0, low: 9)
        func span(_ id: UInt64, _ parent: UInt64?) -> Span {
            Span(
                traceID: trace, id: SpanID(id), parentID: parent.map { SpanID($0) }, name: "s\(id)",
                start: Story.at(Double(id)), end: Story.at(Double(id) + 1))
        }
        let spans = [span(1, nil), span(2, 99), span(3, 5), span(4, 3), span(5, 4), span(6, 6)]
        let evidence = Evidence(
            scope: Scope(), window: Story().evidence.window, baseline: Story().evidence.baseline,
            traces: [Trace(id: trace, spans: spans)])
        let table = SpanTable(evidence)
        #expect(table.rows.map(\.parent) == [-1, -1, -1, 2, 3, -1])
        #expect(table.rows.map(\.isOrphan) == [false, true, false, false, false, false])
        #expect(table.rows.map(\.depth) == [0, 0, 0, 1, 2, 0])
    }

    @Test func `two parts of one trace become one trace`() {
        var story = Story()
        let root = story.span("shop", "GET /", kind: .server, at: 1, takes: 1)
        story.call("shop", "cart", "GET /cart", under: root, at: 1.1, takes: 0.3)
        let whole = story.evidence
        var halves = whole
        halves.traces = [
            Trace(id: root.trace, spans: story.spans.prefix(2)), Trace(id: root.trace, spans: story.spans.suffix(2)),
        ]
        #expect(SpanTable(halves).rows.map(\.parent) == SpanTable(whole).rows.map(\.parent))
        #expect(SpanTable(halves).traces.count == 1)
    }

    @Test func `instants at the ends of time do not overflow`() {
        let trace = TraceID(high: 0, low: 9)
        let spans = [
            Span(
                traceID: trace, id: SpanID(1), name: "all of time", start: Timestamp(nanoseconds: .min),
                end: Timestamp(nanoseconds: .max)),
            Span(
                traceID: trace, id: SpanID(2), parentID: SpanID(1), name: "none", kind: .server,
                start: Timestamp(nanoseconds: .max), end: Timestamp(nanoseconds: .min)),
        ]
        let evidence = Evidence(
            scope: Scope(),
            window: TimeWindow(start: Timestamp(nanoseconds: .min), end: Timestamp(nanoseconds: .max)),
            baseline: TimeWindow(start: Timestamp(nanoseconds: .max), end: Timestamp(nanoseconds: .min)),
            traces: [Trace(id: trace, spans: spans)])
        _ = RootCauseAnalyzer().diagnose(evidence, alert: nil)
    }

    @Test func `clocks that are wrong by turns do not add up to an overflow`() {
        let trace = TraceID(high: 0, low: 9)
        let depth: UInt64 = 40
        let spans = (1...depth).map { number in
            // The calls are at the end of time, what answers them at its beginning.
            let instant = Timestamp(nanoseconds: number % 2 == 0 ? .min : .max)
            return Span(
                traceID: trace, id: SpanID(number), parentID: number == 1 ? nil : SpanID(number - 1), name: "s",
                kind: number % 2 == 0 ? .server : .client, start: instant, end: instant)
        }
        let evidence = Evidence(
            scope: Scope(), window: Story().evidence.window, baseline: Story().evidence.baseline,
            traces: [Trace(id: trace, spans: spans)])
        #expect(SpanTable(evidence).rows.count == Int(depth))
    }

    @Test func `evidence of numbers at the ends of their range is diagnosed like any other`() {
        var evidence = Story().evidence
        let instants = [Int64.min, -1, 0, 1, .max].map { Timestamp(nanoseconds: $0) }
        evidence.logs = instants.map { LogEntry(at: $0, line: "error 18446744073709551616 at -9223372036854775808") }
        evidence.events = instants.map {
            ClusterEvent(
                at: $0, lastSeen: $0, reason: "OOMKilling", message: "killed", type: "Warning",
                object: .init(kind: "Pod", namespace: "ci", name: "agent"), count: .max)
        }
        evidence.pods = [
            PodState(
                name: "agent", namespace: "ci", restarts: .max,
                terminations: instants.map {
                    PodState.Termination(container: "c", reason: "OOMKilled", exitCode: .min, finishedAt: $0)
                })
        ]
        evidence.metrics = [
            MetricSeries(
                name: "kube_pod_info", labels: ["pod": "agent", "node": "n"],
                samples: [Double.nan, .infinity, -.greatestFiniteMagnitude].map { .init(at: instants[4], value: $0) })
        ]
        evidence.samplings = [Sampling(.traces, taken: .max, total: .max)]
        evidence.traceSample = TraceSample(
            strata: [.init(counted: .max, fetched: [TraceID(high: 0, low: 1)])], isComplete: true)
        let diagnosis = RootCauseAnalyzer().diagnose(evidence, alert: nil)
        #expect(diagnosis.impact.basis == .estimated(of: .max))
        #expect(!diagnosis.hypotheses.isEmpty)
    }
}
