import Telemetry
import Testing

@testable import Backends

struct LokiJSONTests {
    private static let trace = "75d85a88ba82669f0c64157d4d6899e6"
    private static let span = "1cbda78363fe1194"

    private func entries(_ text: String) throws -> [LogEntry] { try LokiJSON.entries(from: [UInt8](text.utf8)) }

    @Test func `streams are merged by time, and keep their order within an instant`() throws {
        let entries = try entries(
            #"""
            {"streams":[{"stream":{"app":"a"},"values":[["1","a1"],["3","a3"],["3","a3 again"]]},
            {"stream":{"app":"b"},"values":[["2","b2"],["3","b3"]]}]}
            {"streams":[{"values":[["0","c0"]],"stream":{"app":"c"}}]}
            """#)
        #expect(entries.map(\.line) == ["c0", "a1", "b2", "a3", "a3 again", "b3"])
        #expect(entries.map(\.service) == ["c", "a", "b", "a", "a", "b"])
    }

    @Test func `a stream that is newest first is turned round`() throws {
        let entries = try entries(#"{"streams":[{"stream":{},"values":[["3","d"],["2","c"],["2","b"],["1","a"]]}]}"#)
        #expect(entries.map(\.line) == ["a", "b", "c", "d"])
    }

    @Test func `metadata is read in both its forms`() throws {
        let entries = try entries(
            #"""
            {"streams":[{"stream":{"app":"a"},"values":[["1","x",{"k8s_pod_name":"p-1","n":7}],
            ["2","x",{"structuredMetadata":{"pod":"p-2"},"parsed":{"pod":"no","level":"WARN"}}],["3","x",null],["4","x",{}]]}]}
            """#)
        #expect(entries.map(\.pod) == ["p-1", "p-2", nil, nil])
        #expect(entries.map(\.level) == [nil, "warn", nil, nil])
        #expect(entries.first?.metadata["n"] == "7")
    }

    @Test func `lines without a time or a text are counted and left out`() throws {
        let text =
            #"{"streams":[{"stream":{"a":1,"b":null},"values":[["x","l"],["1"],[],["1",null],[{},"l"],7,[2,"good"],["3.5e0","good"]]},null,7]}"#
        let answer = try LokiJSON.answer(from: [UInt8](text.utf8))
        #expect(answer.entries.map(\.line) == ["good", "good"])
        #expect(answer.entries.map(\.at.nanoseconds) == [2, 3])
        #expect(answer.entries.first?.labels == ["a": "1"])
        #expect(answer.invalidEntries == 5)
    }

    @Test(arguments: [
        "", "\n", "{}", "[]", #"{"streams":[]}"#, #"{"streams":null}"#,
        #"{"data":{"resultType":"streams","result":null}}"#,
    ])
    func `a document without lines is none to complain about`(_ text: String) throws {
        #expect(try entries(text).isEmpty)
    }

    @Test(arguments: [
        "x", "7", "{", #"{"resourceSpans":[]}"#, #"{"streams":{}}"#, #"{"streams":["#, #"{"status":"success"}"#,
        #"{"data":{"resultType":"matrix","result":[]}}"#, #"{"data":{}}"#, #"{"data":[]}"#,
        #"{"status":"error","error":"no"}"#,
    ]) func `what is no document of logs is refused with its place`(_ text: String) throws {
        let error = try #require(throws: BackendError.self) { try entries(text) }
        #expect(error.description.hasPrefix("This is not Loki's JSON: at byte "))
    }

    @Test func `what stands before a broken end is kept`() {
        let text = #"{"streams":[{"stream":{"app":"a"},"values":[["1","a"],["2","b"],["3","#
        let (answer, fault) = LokiJSON.salvage(from: [UInt8](text.utf8))
        #expect(answer.entries.map(\.line) == ["a", "b"])
        #expect(fault != nil)
    }

    @Test(arguments: [
        ("17:12 INFO TraceID: \(trace) SpanID: \(span) [create]", trace, span),
        ("trace_id=\(trace) span_id=\(span)", trace, span), ("traceID=\(trace)", trace, nil),
        (#"{\"traceId\":\"\#(trace)\",\"spanId\":\"\#(span)\"}"#, trace, span),
        (#"{\"trace.id\" : \"\#(trace.uppercased())\"}"#, trace, nil), ("[trace=\(trace),span=\(span)]", trace, span),
        ("otelTraceID=\(trace) otelSpanID=\(span)", trace, span), ("trace-id: '\(trace)'", trace, nil),
        ("traceparent: 00-\(trace)-\(span)-01", trace, span),
        (#"\"traceparent\":\"00-\#(trace)-\#(span)-00\""#, trace, span),
        ("span_id=\(span) trace_id=\(trace)", trace, span),
        ("parentSpanId=ffffffffffffffff trace_id=\(trace)", trace, nil),
        ("parent_span_id=ffffffffffffffff spanId=\(span) trace_id=\(trace)", trace, span),
        ("trace failed, trace_id=\(trace)", trace, nil), ("trace_id= trace_id=\(trace)", trace, nil),
        (#"end\ttrace_id=\#(trace)\n"#, trace, nil),
        ("trace_id=\(trace)0", nil, nil), ("trace_id=\(trace.dropLast())", nil, nil), ("trace\(trace)", nil, nil),
        ("trace_id=\(String(repeating: "0", count: 32))", nil, nil), ("id=\(trace)", nil, nil),
        ("span_id=\(span)", nil, nil),
        ("stack trace follows", nil, nil), ("trace_id=\(trace.dropLast())g", nil, nil), ("backtrace", nil, nil),
        ("traceparent: 00", nil, nil),
        ("", nil, nil), ("t", nil, nil), ("trace", nil, nil), ("trace_id", nil, nil), ("trace_id=", nil, nil),
    ]) func `the ids that a line mentions become metadata`(_ line: String, _ trace: String?, _ span: String?) throws {
        let entries = try entries(#"{"streams":[{"stream":{"app":"a"},"values":[["1","\#(line)"]]}]}"#)
        #expect(entries.first?.traceID?.description == trace)
        #expect(entries.first?.spanID?.description == span)
        #expect(entries.first?.metadata.isEmpty == (trace == nil))
    }

    @Test func `ids that labels or metadata name are not overruled by the line`() throws {
        let other = String(repeating: "a", count: 32)
        let entries = try entries(
            #"""
            {"streams":[{"stream":{"traceID":"\#(other)"},"values":[["1","trace_id=\#(Self.trace)"]]},
            {"stream":{},"values":[["2","trace_id=\#(Self.trace)",{"trace_id":"\#(other)"}],
            ["3","trace_id=\#(Self.trace)",{"trace_id":"","level":"info"}],["4","trace_id=\#(Self.trace)",{"level":"info"}],
            ["5","nothing"]]}]}
            """#)
        #expect(entries.map(\.traceID?.description) == [other, other, Self.trace, Self.trace, nil])
        #expect(entries.map(\.level) == [nil, nil, "info", "info", nil])
    }
}
