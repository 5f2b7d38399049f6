package import Telemetry

/// OTLP in protobuf, as Tempo answers to `Accept: application/protobuf`. The numbers are the fields' numbers in
/// opentelemetry/proto/trace/v1/trace.proto and common/v1/common.proto.
package enum OTLPProtobuf {
    /// Appends `repeated ResourceSpans = 1`, which Tempo's `Trace` and OTLP's `TracesData` have in common.
    package static func write(_ spans: some Sequence<Span>, to trace: inout ProtobufWriter) {
        for batch in SpanBatch.grouping(spans) {
            trace.message(1) { resourceSpans in
                resourceSpans.message(1) { write(batch.resource, field: 1, to: &$0) }
                resourceSpans.message(2) { scopeSpans in
                    scopeSpans.message(1) { _ in }
                    for span in batch.spans { scopeSpans.message(2) { write(span, to: &$0) } }
                }
            }
        }
    }

    private static func write(_ span: Span, to writer: inout ProtobufWriter) {
        writer.bytes(1, span.traceID.bytes)
        writer.bytes(2, span.id.bytes)
        writer.bytes(4, span.parentID?.bytes ?? [])
        writer.text(5, span.name)
        writer.varint(6, span.kind.number)
        writer.fixed64(7, UInt64(bitPattern: span.start.nanoseconds))
        writer.fixed64(8, UInt64(bitPattern: span.end.nanoseconds))
        write(span.attributes, field: 9, to: &writer)
        for event in span.events {
            writer.message(11) {
                $0.fixed64(1, UInt64(bitPattern: event.at.nanoseconds))
                $0.text(2, event.name)
                write(event.attributes, field: 3, to: &$0)
            }
        }
        for link in span.links {
            writer.message(13) {
                $0.bytes(1, link.traceID.bytes)
                $0.bytes(2, link.spanID.bytes)
            }
        }
        writer.message(15) {
            if case .error(let message) = span.status { $0.text(2, message) }
            $0.varint(3, span.status.number)
        }
    }

    private static func write(_ attributes: Attributes, field: UInt64, to writer: inout ProtobufWriter) {
        for attribute in attributes { write(attribute.name, attribute.value, field: field, to: &writer) }
    }

    private static func write(
        _ key: String, _ value: AttributeValue, field: UInt64, to writer: inout ProtobufWriter
    ) {
        writer.message(field) {
            $0.text(1, key)
            $0.message(2) { write(value, to: &$0) }
        }
    }

    /// The members of a `oneof` are written even when they are zero or empty.
    private static func write(_ value: AttributeValue, to writer: inout ProtobufWriter) {
        switch value {
        case .string(let text): writer.text(1, text, always: true)
        case .bool(let flag): writer.varint(2, flag ? 1 : 0, always: true)
        case .int(let number): writer.varint(3, UInt64(bitPattern: number), always: true)
        case .double(let number): writer.fixed64(4, number.bitPattern, always: true)
        case .array(let values):
            writer.message(5) { array in
                for value in values { array.message(1) { write(value, to: &$0) } }
            }
        case .map(let entries):
            writer.message(6) { list in
                for (key, value) in entries.sorted(by: { $0.key < $1.key }) { write(key, value, field: 1, to: &list) }
            }
        case .bytes(let bytes): writer.bytes(7, bytes, always: true)
        }
    }
}
