import FoundationEssentials
import Lab
import Scenarios
import Telemetry
import Testing

/// The spans that the recorded answers of Tempo hold, as the case that the lab is given.
enum RecordedTraces {
    /// Spans that no `Span` can say: pushed twice, an end before the start, counters of what was dropped.
    static let unsayable: Set<String> = ["tempo_edge/trace_v1_dup", "tempo_edge/trace_v1_odd"]

    static func all() throws -> [Trace] { try read.get() }

    /// Read once: the cases of the parameterised tests all need it.
    private static let read = Result { try readAll() }

    private static func readAll() throws -> [Trace] {
        var spans: [Span] = []
        for folder in ["tempo", "tempo_edge"] {
            for exchange in try RecordedExchange.all(in: folder)
            where exchange.name.contains("/trace_v1_") && exchange.status == 200 && !unsayable.contains(exchange.name) {
                guard let batches = JSON(parsing: exchange.body)?["batches"]?.elements else { continue }
                spans += try Self.spans(batches)
            }
        }
        return Trace.grouping(spans)
    }

    static func spans(_ batches: [JSON]) throws -> [Span] {
        try batches.flatMap { batch in
            let resource = try attributes(batch["resource"]?["attributes"])
            let spans = batch["scopeSpans"]?.elements?.flatMap { $0["spans"]?.elements ?? [] } ?? []
            return try spans.map { try span($0, resource) }
        }
    }

    private static func span(_ json: JSON, _ resource: Attributes) throws -> Span {
        let kind = json["kind"]?.text?.dropFirst("SPAN_KIND_".count).lowercased() ?? "unspecified"
        let status: Span.Status =
            switch json["status"]?["code"]?.text {
            case "STATUS_CODE_OK": .ok
            case "STATUS_CODE_ERROR": .error(message: json["status"]?["message"]?.text ?? "")
            default: .unset
            }
        return try Span(
            traceID: #require(bytes(json["traceId"]).flatMap { TraceID(bytes: $0) }),
            id: #require(bytes(json["spanId"]).flatMap { SpanID(bytes: $0) }),
            parentID: bytes(json["parentSpanId"]).flatMap { SpanID(bytes: $0) }, name: json["name"]?.text ?? "",
            kind: #require(Span.Kind(rawValue: kind)), start: time(json["startTimeUnixNano"]),
            end: time(json["endTimeUnixNano"]), status: status, attributes: attributes(json["attributes"]),
            resource: resource,
            events: (json["events"]?.elements ?? []).map {
                try Span.Event(
                    at: time($0["timeUnixNano"]), name: $0["name"]?.text ?? "", attributes: attributes($0["attributes"])
                )
            },
            links: (json["links"]?.elements ?? []).map {
                try Span.Link(
                    traceID: #require(bytes($0["traceId"]).flatMap { TraceID(bytes: $0) }),
                    spanID: #require(bytes($0["spanId"]).flatMap { SpanID(bytes: $0) }))
            })
    }

    private static func bytes(_ json: JSON?) -> [UInt8]? {
        (json?.text).flatMap { Data(base64Encoded: $0) }.map(Array.init)
    }

    private static func time(_ json: JSON?) throws -> Timestamp {
        try Timestamp(nanoseconds: #require((json?.text).flatMap { Int64($0) }))
    }

    private static func attributes(_ json: JSON?) throws -> Attributes {
        try Attributes(
            (json?.elements ?? []).map { try (#require($0["key"]?.text), value(#require($0["value"]))) })
    }

    private static func value(_ json: JSON) throws -> AttributeValue {
        guard case .object(let members) = json, let member = members.first else { return .string("") }
        switch (member.name, member.value) {
        case ("stringValue", .string(let text)): return .string(text)
        case ("intValue", .string(let digits)): return try .int(#require(Int64(digits)))
        case ("doubleValue", .number(let digits)): return try .double(#require(Double(digits)))
        case ("boolValue", .bool(let flag)): return .bool(flag)
        case ("bytesValue", let value): return .bytes(bytes(value) ?? [])
        case ("arrayValue", let value): return try .array((value["values"]?.elements ?? []).map(Self.value))
        case ("kvlistValue", let value):
            let entries = try attributes(value["values"])
            return .map(Dictionary(entries.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
        default:
            Issue.record("An attribute of an unknown kind: \(member)")
            return .string("")
        }
    }
}
