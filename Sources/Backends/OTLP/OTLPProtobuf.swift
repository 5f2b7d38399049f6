import OpenTelemetryProto
import SwiftProtobuf
package import Telemetry

/// Reads OTLP's protobuf form, and the envelopes that Tempo puts around it.
package enum OTLPProtobuf {
    private static let format = "OTLP/protobuf"

    /// - Parameter bytes: an `ExportTraceServiceRequest` or `TracesData`, or Tempo's answer on `/api/traces/{id}`.
    /// - Throws: ``BackendError/malformed(format:reason:)``.
    package static func spans(from bytes: [UInt8]) throws(BackendError) -> [Span] {
        try answer(from: bytes).spans
    }

    /// The spans and how many could not be used.
    package static func answer(from bytes: [UInt8]) throws(BackendError) -> OTLPAnswer {
        let message: OTLPTracesData = try decoded(bytes)
        return OTLPAnswer(message)
    }

    /// - Parameter bytes: Tempo's answer on `/api/v2/traces/{id}`.
    package static func answerByID(from bytes: [UInt8]) throws(BackendError) -> OTLPAnswer {
        let message: OTLPTraceByIDResponse = try decoded(bytes)
        var answer = OTLPAnswer(message.trace)
        if message.status == .partial { answer.partialReason = message.message }
        return answer
    }

    private static func decoded<Content: Message>(_ bytes: [UInt8]) throws(BackendError) -> Content {
        do {
            return try Content(serializedBytes: bytes)
        } catch {
            throw .malformed(format: format, reason: "\(error), in \(bytes.count) bytes")
        }
    }
}

extension OTLPAnswer {
    init(_ message: OTLPTracesData) {
        self.init()
        // The same process, library and attribute names come with every span; sharing them halves the memory.
        var texts: Set<String> = []
        for resourceSpans in message.resourceSpans {
            let resource = Attributes(resourceSpans.resource.attributes, sharing: &texts)
            for span in resourceSpans.scopeSpans.lazy.flatMap(\.spans) {
                if let span = Span(span, resource: resource, sharing: &texts) {
                    spans.append(span)
                } else {
                    invalidSpans += 1
                }
            }
        }
    }
}

extension Span {
    /// nil when its ids are missing, zero or of a wrong length.
    fileprivate init?(_ span: OTLPSpan, resource: Attributes, sharing texts: inout Set<String>) {
        guard let traceID = TraceID(bytes: span.traceID), let id = SpanID(bytes: span.spanID) else { return nil }
        self.init(
            traceID: traceID, id: id, parentID: SpanID(bytes: span.parentSpanID), name: texts.shared(span.name),
            kind: Kind(span.kind), start: Timestamp(unsigned: span.startTimeUnixNano),
            end: Timestamp(unsigned: span.endTimeUnixNano), status: Status(span.status),
            attributes: Attributes(span.attributes, sharing: &texts), resource: resource,
            events: span.events.map { event in
                Event(
                    at: Timestamp(unsigned: event.timeUnixNano), name: texts.shared(event.name),
                    attributes: Attributes(event.attributes, sharing: &texts))
            },
            links: span.links.compactMap { link in
                guard let traceID = TraceID(bytes: link.traceID), let spanID = SpanID(bytes: link.spanID)
                else { return nil }
                return Link(traceID: traceID, spanID: spanID)
            })
    }
}

extension Span.Kind {
    fileprivate init(_ kind: OTLPSpan.Kind) {
        switch kind {
        case .spanKindInternal: self = .internal
        case .spanKindServer: self = .server
        case .spanKindClient: self = .client
        case .spanKindProducer: self = .producer
        case .spanKindConsumer: self = .consumer
        case .spanKindUnspecified, .UNRECOGNIZED: self = .unspecified
        }
    }
}

extension Span.Status {
    fileprivate init(_ status: OTLPStatus) {
        switch status.code {
        case .statusCodeOk: self = .ok
        case .statusCodeError: self = .error(message: status.message)
        case .statusCodeUnset, .UNRECOGNIZED: self = .unset
        }
    }
}

extension Attributes {
    fileprivate init(_ pairs: [OTLPKeyValue], sharing texts: inout Set<String>) {
        self.init(pairs.map { (texts.shared($0.key), AttributeValue($0.value, sharing: &texts)) })
    }
}

extension AttributeValue {
    fileprivate init(_ value: OTLPAnyValue, sharing texts: inout Set<String>) {
        switch value.value {
        case .stringValue(let text): self = .string(texts.shared(text))
        case .boolValue(let flag): self = .bool(flag)
        case .intValue(let number): self = .int(number)
        case .doubleValue(let number): self = .double(number)
        case .arrayValue(let array): self = .array(array.values.map { AttributeValue($0, sharing: &texts) })
        case .kvlistValue(let list):
            let pairs = list.values.map { ($0.key, AttributeValue($0.value, sharing: &texts)) }
            self = .map(Dictionary(pairs) { _, last in last })
        case .bytesValue(let bytes): self = .bytes([UInt8](bytes))
        case nil: self = .string("")
        }
    }
}

extension Timestamp {
    /// OTLP counts in unsigned nanoseconds; what is beyond our range is its end.
    fileprivate init(unsigned nanoseconds: UInt64) {
        self.init(nanoseconds: Int64(clamping: nanoseconds))
    }
}

extension Set<String> {
    /// The first text that was equal to this one, so that equal texts share their memory. Long ones are left alone.
    fileprivate mutating func shared(_ text: String) -> String {
        let longest = 96
        return text.utf8.count <= longest ? insert(text).memberAfterInsert : text
    }
}
