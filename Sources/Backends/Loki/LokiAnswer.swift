package import Telemetry

/// The lines of one Loki document, with what the server said about it.
package struct LokiAnswer: Hashable, Sendable {
    /// Of all streams together, oldest first; lines of the same nanosecond in the order of their stream.
    package var entries: [LogEntry] = []
    /// Lines without a readable time.
    package var invalidEntries = 0
    /// `stats.summary.totalEntriesReturned`; nil when it was not said.
    package var totalEntriesReturned: Int?

    package init() {}
}
