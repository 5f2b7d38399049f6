import FoundationEssentials
package import Telemetry

/// One of the two ways in which OTLP is written as JSON.
package enum OTLPForm {
    /// As Tempo answers: ids in base64, enums by name (protobuf's own JSON mapping).
    case tempo
    /// As the OpenTelemetry Collector writes: ids in hexadecimal, enums by number.
    case collector

    /// Spans grouped by resource, in the order in which the resources first appear: `ResourceSpans`, one for each.
    package func resourceSpans(_ spans: some Sequence<Span>) -> JSON {
        .array(
            SpanBatch.grouping(spans).map { batch in
                [
                    "resource": .object(leavingOut: ["attributes": attributes(batch.resource)]),
                    "scopeSpans": [["scope": [:], "spans": .array(batch.spans.map(span))]],
                ]
            })
    }

    private func span(_ span: Span) -> JSON {
        .object(leavingOut: [
            "traceId": id(span.traceID.bytes), "spanId": id(span.id.bytes),
            "parentSpanId": (span.parentID?.bytes).map(id), "name": .nonEmpty(span.name), "kind": kind(span.kind),
            "startTimeUnixNano": time(span.start), "endTimeUnixNano": time(span.end),
            "attributes": attributes(span.attributes),
            "events": .nonEmpty(
                span.events.map { event in
                    .object(leavingOut: [
                        "timeUnixNano": time(event.at), "name": .nonEmpty(event.name),
                        "attributes": attributes(event.attributes),
                    ])
                }),
            "links": .nonEmpty(span.links.map { ["traceId": id($0.traceID.bytes), "spanId": id($0.spanID.bytes)] }),
            "status": status(span.status),
        ])
    }

    private func id(_ bytes: [UInt8]) -> JSON {
        switch self {
        case .tempo: .string(Data(bytes).base64EncodedString())
        case .collector: .string(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        }
    }

    /// Left out at zero, as protobuf does.
    private func time(_ instant: Timestamp) -> JSON? {
        instant.nanoseconds == 0 ? nil : .string(String(instant.nanoseconds))
    }

    private func kind(_ kind: Span.Kind) -> JSON? {
        guard kind != .unspecified else { return nil }
        return self == .tempo ? .string("SPAN_KIND_" + kind.rawValue.uppercased()) : .integer(kind.number)
    }

    /// An unset status is an empty object.
    private func status(_ status: Span.Status) -> JSON {
        switch status {
        case .unset: [:]
        case .ok: ["code": self == .tempo ? "STATUS_CODE_OK" : .integer(status.number)]
        case .error(let message):
            .object(leavingOut: [
                "message": .nonEmpty(message), "code": self == .tempo ? "STATUS_CODE_ERROR" : .integer(status.number),
            ])
        }
    }

    private func attributes(_ attributes: Attributes) -> JSON? {
        .nonEmpty(attributes.map { ["key": .string($0.name), "value": Self.value($0.value)] })
    }

    /// An `AnyValue`.
    package static func value(_ value: AttributeValue) -> JSON {
        switch value {
        case .string(let text): ["stringValue": .string(text)]
        case .int(let number): ["intValue": .string(String(number))]
        case .double(let number): ["doubleValue": .double(number)]
        case .bool(let flag): ["boolValue": .bool(flag)]
        case .bytes(let bytes): ["bytesValue": .string(Data(bytes).base64EncodedString())]
        case .array(let values):
            ["arrayValue": .object(leavingOut: ["values": .nonEmpty(values.map(Self.value))])]
        case .map(let entries):
            [
                "kvlistValue": .object(leavingOut: [
                    "values": .nonEmpty(
                        entries.sorted { $0.key < $1.key }.map {
                            ["key": .string($0.key), "value": Self.value($0.value)]
                        })
                ])
            ]
        }
    }
}

/// The spans of one resource: what Tempo calls a batch.
package struct SpanBatch {
    package let resource: Attributes
    package let spans: [Span]

    package static func grouping(_ spans: some Sequence<Span>) -> [SpanBatch] {
        var order: [Attributes] = []
        var groups: [Attributes: [Span]] = [:]
        for span in spans {
            if groups[span.resource] == nil { order.append(span.resource) }
            groups[span.resource, default: []].append(span)
        }
        return order.map { SpanBatch(resource: $0, spans: groups[$0] ?? []) }
    }
}

extension JSON {
    fileprivate static func nonEmpty(_ text: String) -> JSON? { text.isEmpty ? nil : .string(text) }
    fileprivate static func nonEmpty(_ elements: [JSON]) -> JSON? { elements.isEmpty ? nil : .array(elements) }
}

extension Span.Kind {
    /// OTLP's number of the enum.
    package var number: UInt64 {
        switch self {
        case .unspecified: 0
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }
}

extension Span.Status {
    /// OTLP's number of the enum.
    package var number: UInt64 {
        switch self {
        case .unset: 0
        case .ok: 1
        case .error: 2
        }
    }
}

extension TraceID {
    package var bytes: [UInt8] { high.bigEndianBytes + low.bigEndianBytes }

    /// Without leading zeros, as Tempo's search writes it.
    package var stripped: String { String(description.drop { $0 == "0" }) }
}

extension SpanID {
    package var bytes: [UInt8] { value.bigEndianBytes }
}

extension UInt64 {
    fileprivate var bigEndianBytes: [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> UInt64($0)) }
    }
}
