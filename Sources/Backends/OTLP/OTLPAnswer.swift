package import Telemetry

/// The spans of one OTLP document, with what the sender said about it.
package struct OTLPAnswer: Hashable, Sendable {
    /// In the order of the document; a span that was stored twice is here twice.
    package var spans: [Span] = []
    /// Tempo's message when it left spans out (`"status":"PARTIAL"`); nil when it did not.
    package var partialReason: String?

    package init(spans: [Span] = [], partialReason: String? = nil) {
        self.spans = spans
        self.partialReason = partialReason
    }
}
