import FoundationEssentials
import HTTPTransport
import Telemetry
import TestSupport
import Testing

@testable import Backends

/// Every answer that a real Tempo gave is understood, and compared with what a plain JSON decoder reads in it.
struct RecordedTempoTests {
    static let exchanges: [RecordedExchange] = (try? RecordedExchange.all(of: "tempo")) ?? []
    private let attempt = BackendError.Attempt("Tempo", "question")

    @Test func `all recordings are there`() {
        #expect(Self.exchanges.count > 300)
    }

    @Test(arguments: exchanges) func `an answer gives the right result or the right error`(
        _ exchange: RecordedExchange
    ) throws {
        let response = exchange.response
        switch exchange.path {
        case "/api/search": try checkSearch(exchange)
        case let path where path.hasPrefix("/api/v2/traces/"): try checkTrace(exchange, isV2: true)
        case let path where path.hasPrefix("/api/traces/"): try checkTrace(exchange, isV2: false)
        default:
            // Not asked by us: whatever it is, it is no search and no trace, and nothing breaks over it.
            if response.isSuccess {
                #expect(throws: BackendError.self) { try OTLPJSON.spans(from: response.body + [UInt8(ascii: "{")]) }
            } else {
                try checkRefusal(exchange) { () throws(BackendError) in
                    _ = try TempoAnswers.search(response, attempt)
                }
            }
        }
    }

    private func checkSearch(_ exchange: RecordedExchange) throws {
        let response = exchange.response
        guard response.isSuccess else {
            return try checkRefusal(exchange) { () throws(BackendError) in
                _ = try TempoAnswers.search(response, attempt)
            }
        }
        // Asked for with a HEAD, or as protobuf: both are answers that we never ask for.
        guard exchange.method != "HEAD", response.mediaType == "application/json" else {
            #expect(throws: BackendError.self) { try TempoAnswers.search(response, attempt) }
            return
        }
        let expected = try JSONDecoder().decode(PlainSearch.self, from: Data(response.body)).traces ?? []
        let hits = try TempoAnswers.search(response, attempt)
        #expect(hits.count == expected.count)
        #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.start >= $1.start })
        for plain in expected {
            let hit = try #require(hits.first { $0.traceID == TraceID(hex: plain.traceID) })
            #expect(hit.traceID.description.hasSuffix(plain.traceID) && hit.traceID.description.count == 32)
            #expect(String(hit.start.nanoseconds) == plain.startTimeUnixNano ?? "0")
            #expect(hit.duration == .milliseconds(plain.durationMs ?? 0))
            let isMissing = plain.rootServiceName == "<root span not yet received>"
            #expect(hit.isRootMissing == isMissing)
            #expect(hit.rootService == (isMissing ? nil : plain.rootServiceName))
            #expect(hit.rootName == (isMissing ? nil : plain.rootTraceName))
        }
    }

    private func checkTrace(_ exchange: RecordedExchange, isV2: Bool) throws {
        let response = exchange.response
        if response.status == 404, response.body.isEmpty {
            #expect(try TempoAnswers.trace(response, isV2: isV2, attempt) == nil)
            return
        }
        guard response.isSuccess else {
            return try checkRefusal(exchange) { () throws(BackendError) in
                _ = try TempoAnswers.trace(response, isV2: isV2, attempt)
            }
        }
        // Tempo's form for language models, which v1 gives as JSON of the usual kind with a wrong type.
        if exchange.name.hasSuffix("v2_accept_llm") {
            #expect(throws: BackendError.self) { try TempoAnswers.trace(response, isV2: true, attempt) }
            return
        }
        let answer = try TempoAnswers.trace(response, isV2: isV2, attempt)
        if exchange.name.contains("unknown") || exchange.name.contains("zero_id") || exchange.name.contains("_org/") {
            #expect(answer == nil)
            return
        }
        let trace = try #require(answer)
        #expect(trace.invalidSpans == 0)
        #expect(Set(trace.spans.map(\.traceID)).count == 1)
        #expect((trace.partialReason != nil) == exchange.name.hasPrefix("tempo_small_max_bytes"))
        if response.mediaType == "application/protobuf" {
            // The same trace was asked for as JSON too; the two have to say the same.
            let twin = try RecordedExchange(exchange.name.replacing("protobuf", with: "json"))
            if twin.response.isSuccess { #expect(try TempoAnswers.trace(twin.response, isV2: isV2, attempt) == trace) }
        } else {
            let plain = try JSONDecoder().decode(PlainTrace.self, from: Data(response.body)).spans
            #expect(trace.spans.map(\.name) == plain.map { $0.name ?? "" })
            #expect(trace.spans.map { String($0.start.nanoseconds) } == plain.map { $0.startTimeUnixNano ?? "0" })
            #expect(trace.spans.map { Data($0.id.bytes) } == plain.map(\.spanId))
            #expect(trace.spans.map { $0.parentID.map { Data($0.bytes) } } == plain.map(\.parentSpanId))
            #expect(trace.spans.map { "SPAN_KIND_\($0.kind.rawValue.uppercased())" } == plain.map(\.kindName))
            #expect(trace.spans.map(\.isError) == plain.map { $0.status?.code == "STATUS_CODE_ERROR" })
            #expect(trace.spans.map { $0.attributes.map(\.name).count } == plain.map { $0.attributes?.count ?? 0 })
            #expect(trace.spans.map(\.events.count) == plain.map { $0.events?.count ?? 0 })
            #expect(trace.spans.map(\.links.count) == plain.map { $0.links?.count ?? 0 })
        }
    }

    private func checkRefusal(
        _ exchange: RecordedExchange, _ ask: () throws(BackendError) -> Void
    ) throws {
        let error = try #require(throws: BackendError.self) { try ask() }
        guard case .refused(_, let status, let reason, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(status == exchange.response.status)
        let body = exchange.response.text.prefix { $0 != "\n" }
        #expect(reason.hasPrefix(body.prefix(200)), "the server's own words are passed on")
        #expect(error.isTransient == [408, 429, 500, 502, 503, 504].contains(status))
        #expect(error.description.contains("Tempo answered \(status)"))
    }
}

private struct PlainSearch: Decodable {
    struct Hit: Decodable {
        let traceID: String
        let rootServiceName: String?
        let rootTraceName: String?
        let startTimeUnixNano: String?
        let durationMs: Int?
    }
    let traces: [Hit]?
}

/// Either shape of a trace, as a plain decoder sees it.
private struct PlainTrace: Decodable {
    struct Resource: Decodable { let scopeSpans: [Scope] }
    struct Scope: Decodable { let spans: [Span] }
    struct Span: Decodable {
        struct Status: Decodable { let code: String? }
        struct Anything: Decodable {}
        let spanId: Data
        let parentSpanId: Data?
        let name: String?
        let kind: String?
        let startTimeUnixNano: String?
        let status: Status?
        let attributes: [Anything]?
        let events: [Anything]?
        let links: [Anything]?
        var kindName: String { kind ?? "SPAN_KIND_UNSPECIFIED" }
    }
    struct Inner: Decodable { let resourceSpans: [Resource]? }
    let trace: Inner?
    let batches: [Resource]?
    var spans: [Span] { ((trace?.resourceSpans ?? batches) ?? []).flatMap(\.scopeSpans).flatMap(\.spans) }
}

extension SpanID {
    fileprivate var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) } }
}
