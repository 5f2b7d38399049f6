package import Telemetry

/// A trace in a few rows: the way from its root to the span where the failure is, and what stands beside that way.
package struct TraceOutline: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package let name: String
        package let service: String
        /// How deep it stands among the rows that are shown: 0 for the root.
        package let level: Int
        /// Since the trace's start.
        package let start: Duration
        package let duration: Duration
        package let isFailed: Bool
        /// Whether it is the span where the failure is.
        package let isFocus: Bool
        /// What it says of its failure: `502`; nil when it says nothing.
        package let reason: String?

        package init(
            name: String, service: String, level: Int, start: Duration, duration: Duration, isFailed: Bool = false,
            isFocus: Bool = false, reason: String? = nil
        ) {
            self.name = name
            self.service = service
            self.level = level
            self.start = start
            self.duration = duration
            self.isFailed = isFailed
            self.isFocus = isFocus
            self.reason = reason
        }
    }

    package let traceID: TraceID
    package let start: Timestamp
    package let duration: Duration
    /// Of the whole trace.
    package let spans: Int
    /// A parent comes before its children, children in the order of their start; `mostRows` at most.
    package let rows: [Row]

    package init(traceID: TraceID, start: Timestamp, duration: Duration, spans: Int, rows: [Row]) {
        self.traceID = traceID
        self.start = start
        self.duration = duration
        self.spans = spans
        self.rows = rows
    }

    /// As many as are read at a glance.
    package static let mostRows = 12
}
