package import Telemetry

/// Reads Loki's push bodies (`{"streams":[…]}`) and the answers of `query_range`.
///
/// One document after another is accepted, so JSON Lines as well. Structured metadata is read in both its places: the
/// third member of a pushed line, and the `structuredMetadata` and `parsed` of an answer with categorised labels.
/// https://grafana.com/docs/loki/latest/reference/loki-http-api/
package enum LokiJSON {
    private static let format = "Loki's JSON"

    /// - Parameter bytes: nothing at all is a document without lines.
    /// - Returns: the lines of all streams, oldest first.
    /// - Throws: ``BackendError/malformed(format:reason:)``.
    package static func entries(from bytes: [UInt8]) throws(BackendError) -> [LogEntry] {
        try answer(from: bytes).entries
    }

    /// The lines and what was said about them.
    package static func answer(from bytes: [UInt8]) throws(BackendError) -> LokiAnswer {
        let (answer, fault) = salvage(from: bytes)
        if let fault { throw fault }
        return answer
    }

    /// The lines up to where the document breaks off or stops making sense, and why it does.
    package static func salvage(from bytes: [UInt8]) -> (answer: LokiAnswer, fault: BackendError?) {
        var decoder = LokiJSONDecoder(bytes)
        var fault: JSONFault?
        do throws(JSONFault) {
            while decoder.json.nextDocument() { try decoder.readDocument() }
        } catch {
            fault = error
        }
        decoder.finish()
        return (decoder.answer, fault?.asBackendError(reading: format))
    }
}
