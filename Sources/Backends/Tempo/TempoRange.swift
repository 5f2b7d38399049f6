import Telemetry

/// A range of time as Tempo takes it: whole seconds, both ends, never empty, never all in the future.
struct TempoRange: Hashable {
    let startSeconds: Int64
    let endSeconds: Int64

    /// Tempo's `max_duration` of a search, unless it is configured otherwise.
    static let longestSeconds: Int64 = 168 * 3600
    /// A longer window is refused rather than asked about in ever more pieces: four weeks are more than any incident.
    static let mostParts: Int64 = 4

    private init(startSeconds: Int64, endSeconds: Int64) {
        self.startSeconds = startSeconds
        self.endSeconds = endSeconds
    }

    /// Rounded outwards to whole seconds.
    init(covering window: TimeWindow) {
        startSeconds = max(0, window.start.seconds)
        endSeconds = max(
            startSeconds + 1, window.end.seconds + (window.end == Timestamp(seconds: window.end.seconds) ? 0 : 1))
    }

    /// The window with so much more on either side; nil when all of it is in the future, where nothing can be found.
    init?(around window: TimeWindow, margin: Duration, now: Timestamp) {
        guard window.start - margin < now else { return nil }
        self.init(covering: TimeWindow(start: window.start - margin, end: window.end + margin))
    }

    /// The window up to now, in pieces that Tempo accepts, newest first.
    ///
    /// Tempo answers a range in the future, or an empty one, for the last 15 minutes instead and does not say so.
    static func parts(
        of window: TimeWindow, now: Timestamp, _ attempt: BackendError.Attempt
    ) throws(BackendError) -> [TempoRange] {
        guard window.start < window.end else {
            throw .invalidQuestion(attempt, reason: "the window is empty, at \(window.start)")
        }
        guard window.start < now else {
            throw .invalidQuestion(attempt, reason: "the window begins at \(window.start), and it is only \(now)")
        }
        let whole = TempoRange(covering: TimeWindow(start: window.start, end: min(window.end, now)))
        guard whole.endSeconds - whole.startSeconds <= mostParts * longestSeconds else {
            let limit = mostParts * longestSeconds / 86_400
            throw .invalidQuestion(
                attempt, reason: "the window from \(window.start) to \(window.end) is longer than \(limit) days")
        }
        var parts: [TempoRange] = []
        var end = whole.endSeconds
        while end > whole.startSeconds {
            let start = max(whole.startSeconds, end - longestSeconds)
            parts.append(TempoRange(startSeconds: start, endSeconds: end))
            end = start
        }
        return parts
    }

    var parameters: [(name: String, value: String)] {
        [("start", String(startSeconds)), ("end", String(endSeconds))]
    }
}
