/// A stretch of time: `start` inclusive, `end` exclusive, as Loki counts it.
package struct TimeWindow: Hashable, Sendable {
    package let start: Timestamp
    package let end: Timestamp

    /// - Parameter end: moved to `start` when it lies before it, so that a window is never negative.
    package init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = max(start, end)
    }

    package var duration: Duration { end - start }

    package func contains(_ instant: Timestamp) -> Bool { start <= instant && instant < end }

    /// Whether any instant is in both.
    package func overlaps(_ other: TimeWindow) -> Bool { start < other.end && other.start < end }
}
