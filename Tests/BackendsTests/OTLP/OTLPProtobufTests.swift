import HTTPTransport
import OpenTelemetryProto
import SwiftProtobuf
import Telemetry
import TestSupport
import Testing

@testable import Backends

struct OTLPProtobufTests {
    @Test func `an unknown trace is an envelope with nothing in it`() throws {
        let body = try RecordedExchange("tempo/trace_v2_unknown_protobuf").response.body
        #expect(try OTLPProtobuf.answerByID(from: body) == OTLPAnswer())
    }

    @Test func `a trace over the size limit says so`() throws {
        let body = try RecordedExchange("tempo_small_max_bytes/trace_v2_protobuf").response.body
        let answer = try OTLPProtobuf.answerByID(from: body)
        #expect(answer.partialReason == "Trace exceeds maximum size of 2000 bytes, a partial trace is returned")
        #expect(!answer.spans.isEmpty)
    }

    @Test func `both envelopes hold the same trace`() throws {
        let v1 = try OTLPProtobuf.answer(from: RecordedExchange("tempo/trace_v1_failed_protobuf").response.body)
        let v2 = try OTLPProtobuf.answerByID(from: RecordedExchange("tempo/trace_v2_failed_protobuf").response.body)
        #expect(v1 == v2)
        #expect(
            try OTLPProtobuf.spans(from: RecordedExchange("tempo/trace_v1_failed_protobuf").response.body) == v1.spans)
    }

    @Test func `times out of range, missing ids and unset values are survived`() throws {
        let good = OTLPSpan.with {
            $0.traceID = .init(repeating: 7, count: 16)
            $0.spanID = .init(repeating: 7, count: 8)
            $0.startTimeUnixNano = .max
            $0.kind = .UNRECOGNIZED(77)
            $0.attributes = [OTLPKeyValue.with { $0.key = "empty" }]
            $0.links = [OTLPSpan.Link()]
            $0.status.code = .UNRECOGNIZED(9)
        }
        let data = OTLPTracesData.with {
            $0.resourceSpans = [
                OTLPResourceSpans.with { $0.scopeSpans = [OTLPScopeSpans.with { $0.spans = [good, OTLPSpan()] }] }
            ]
        }
        let answer = try OTLPProtobuf.answer(from: data.serializedBytes())
        #expect(answer.invalidSpans == 1)
        let span = try #require(answer.spans.first)
        #expect(span.start.nanoseconds == .max && span.end == span.start)
        #expect(span.kind == .unspecified && span.status == .unset && span.links.isEmpty)
        #expect(span.attributes["empty"] == .string(""))
    }

    @Test(arguments: [[UInt8]("job queue full".utf8), [0xFF], [0x0A, 0x7F]])
    func `what is not protobuf is refused`(_ bytes: [UInt8]) {
        #expect(throws: BackendError.self) { try OTLPProtobuf.answer(from: bytes) }
    }
}
