package import Telemetry

/// Reads OTLP/JSON, and the forms of it that Tempo answers with.
///
/// Accepted, one document after another (so JSON Lines as well): `ExportTraceServiceRequest` and `TracesData`
/// (`resourceSpans`), Tempo's `/api/traces` (`batches`) and `/api/v2/traces` (`trace`). Ids may be hexadecimal, as
/// OTLP/JSON has them, or base64, as protobuf's own JSON has them; enums numbers or names; whole numbers may be strings.
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
package enum OTLPJSON {
    private static let format = "OTLP/JSON"

    /// - Parameter bytes: nothing at all is a document without spans.
    /// - Throws: ``BackendError/malformed(format:reason:)``.
    package static func spans(from bytes: [UInt8]) throws(BackendError) -> [Span] {
        try answer(from: bytes).spans
    }

    /// The spans and what was said about them.
    package static func answer(from bytes: [UInt8]) throws(BackendError) -> OTLPAnswer {
        let (answer, fault) = salvage(from: bytes)
        if let fault { throw fault }
        return answer
    }

    /// The spans up to where the document breaks off or stops making sense, and why it does.
    ///
    /// A file that an exporter is still writing ends in the middle of a line; what stands before it is good.
    package static func salvage(from bytes: [UInt8]) -> (answer: OTLPAnswer, fault: BackendError?) {
        var decoder = OTLPJSONDecoder(bytes)
        do throws(JSONFault) {
            while decoder.json.nextDocument() { try decoder.readDocument() }
            return (decoder.answer, nil)
        } catch {
            return (decoder.answer, error.asBackendError(reading: format))
        }
    }
}
