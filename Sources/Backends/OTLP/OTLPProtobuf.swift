package import Telemetry

/// Reads OTLP's protobuf form.
package enum OTLPProtobuf {
    package static func spans(from bytes: [UInt8]) throws(BackendError) -> [Span] { [] }
}
