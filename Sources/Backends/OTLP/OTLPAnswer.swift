package import Telemetry

/// The spans of one OTLP document, with what the sender said about it.
package struct OTLPAnswer: Hashable, Sendable {
    /// In the order of the document; a span that was stored twice is here twice.
    package var spans: [Span] = []
    /// Spans that could not be used: their ids are missing, zero or unreadable.
    package var invalidSpans = 0
    /// Tempo's message when it left spans out (`"status":"PARTIAL"`); nil when it did not.
    package var partialReason: String?

    package init() {}
}
