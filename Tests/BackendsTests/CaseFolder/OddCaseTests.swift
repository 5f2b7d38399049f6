import Backends
import FoundationEssentials
import Languages
import Telemetry
import TestSupport
import Testing

/// Case folders whose files are well-formed and hold what nobody would write.
struct OddCaseTests {
    private static let yaml = "window:\n  start: 1970-01-01T00:16:40Z\n  end: 1970-01-01T00:33:20Z\n"

    private func evidence(_ files: [String: String]) throws -> Evidence {
        let folder = try TemporaryFolder()
        try folder.write(Self.yaml, to: "case.yaml")
        for (name, text) in files.sorted(by: { $0.key < $1.key }) { try folder.write(text, to: name) }
        return try CaseFolder(path: folder.path).load().evidence
    }

    private func gaps(_ evidence: Evidence) -> [Gap] { evidence.gaps.filter { !$0.isStanding } }

    private func traces(_ spans: [String]) -> String {
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(spans.joined(separator: ","))]}]}]}"#
    }

    private func span(_ id: Int, parent: Int? = nil, from start: String, to end: String) -> String {
        let digits = String(id, radix: 16)
        let own = String(repeating: "0", count: 16 - digits.count) + digits
        let above = parent.map { #","parentSpanId":"\#(String($0, radix: 16))""# } ?? ""
        return
            #"{"traceId":"1","spanId":"\#(own)"\#(above),"name":"s","startTimeUnixNano":"\#(start)","endTimeUnixNano":"\#(end)"}"#
    }

    @Test func `spans without ids are left out, and that is said`() throws {
        let good = span(1, from: "1500000000000", to: "1501000000000")
        let evidence = try evidence(["traces.json": traces([good, "{}", #"{"traceId":"1","name":"no id"}"#])])
        #expect(evidence.traces.map(\.spans.count) == [1])
        #expect(
            gaps(evidence).map(\.inEnglish) == [
                Gap.saying(.traces, "2 of 3 spans left out: their ids cannot be read", isTotal: false)
            ])
        let nothing = try self.evidence(["traces.json": traces(["{}"])])
        #expect(
            gaps(nothing).map(\.inEnglish) == [
                Gap.saying(.traces, "1 of 1 spans left out: their ids cannot be read", isTotal: true)
            ])
        #expect(!nothing.wasFetched(.traces))
    }

    @Test func `log lines without a time are left out, and that is said`() throws {
        let logs = #"{"streams":[{"stream":{"app":"a"},"values":[["soon","x"],["1500000000000","y"],[]]}]}"#
        let evidence = try evidence(["logs.json": logs])
        #expect(evidence.logs.map(\.line) == ["y"])
        #expect(
            gaps(evidence).map(\.inEnglish) == [
                Gap.saying(.logs, "2 of 3 log lines left out: their times cannot be read", isTotal: false)
            ])
    }

    @Test(arguments: [
        ("1500000000000", "1499000000000", true), ("1500000000000", "1500000000000", false),
        ("1500000000000", "0", true), ("9223372036854775807", "9223372036854775807", false),
        ("18446744073709551615", "1500000000000", true),
    ])
    func `a span never ends before it begins, and knows if it was told so`(
        start: String, end: String, isBackwards: Bool
    ) throws {
        let evidence = try evidence(["traces.json": traces([span(1, from: start, to: end)])])
        let span = try #require(evidence.traces.first?.spans.first)
        #expect(span.duration == .zero)
        #expect(span.endedBeforeStart == isBackwards)
    }

    @Test func `a trace of a hundred thousand spans, each the child of the one before, is read`() throws {
        let spans = (1...100_000).map {
            span($0, parent: $0 > 1 ? $0 - 1 : nil, from: "15\($0 + 10_000_000)00", to: "1600000000000")
        }
        let evidence = try evidence(["traces.json": traces(spans)])
        #expect(evidence.traces.map(\.spans.count) == [100_000])
        #expect(gaps(evidence).isEmpty)
    }

    @Test func `a line of a megabyte is read whole, with bytes that are no text repaired`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.yaml, to: "case.yaml")
        let head = #"{"streams":[{"stream":{"app":"a"},"values":[["1500000000000","trace_id=5 "#
        var bytes = [UInt8](head.utf8)
        bytes += [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF0, 0x9F]
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        bytes += [UInt8](#""]]}]}"#.utf8)
        try Data(bytes).write(to: URL(filePath: folder.path("logs.json")))
        let evidence = try CaseFolder(path: folder.path).load().evidence
        let entry = try #require(evidence.logs.first)
        #expect(entry.line.utf8.count > 1 << 20)
        #expect(entry.line.contains("\u{FFFD}"))
        #expect(gaps(evidence).isEmpty)
    }

    @Test func `copies of a span that differ are settled alike in any order`() throws {
        let short = span(1, from: "1500000000000", to: "1500000000001")
        let long = span(1, from: "1500000000000", to: "1502000000000")
        let child = span(2, parent: 1, from: "1500000000000", to: "1501000000000")
        for order in [[short, long, child], [child, long, short], [long, child, short, long]] {
            let trace = try #require(try evidence(["traces.json": traces(order)]).traces.first)
            #expect(trace.spans.map(\.duration) == [.seconds(2), .seconds(1)])
            #expect(trace.rivals == 1)
        }
    }
}
