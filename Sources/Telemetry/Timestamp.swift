/// An instant: whole nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// OTLP, Tempo and Loki all count in these units; a `Double` of seconds would lose the last three digits.
/// The range is 1677-09-21 to 2262-04-11; arithmetic saturates at its ends instead of trapping, because the
/// numbers come from outside.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package init(seconds: Int64, nanoseconds: Int64 = 0) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: Self.nanosecondsPerSecond)
        self.nanoseconds = (overflow ? (seconds < 0 ? .min : .max) : product).addingSaturating(nanoseconds)
    }

    package init(milliseconds: Int64) {
        self.init(
            seconds: milliseconds.dividedDown(by: 1000).quotient,
            nanoseconds: milliseconds.dividedDown(by: 1000).remainder * 1_000_000)
    }

    /// Whole seconds since the epoch, rounded down.
    package var seconds: Int64 { nanoseconds.dividedDown(by: Self.nanosecondsPerSecond).quotient }

    /// Whole milliseconds since the epoch, rounded down.
    package var milliseconds: Int64 { nanoseconds.dividedDown(by: 1_000_000).quotient }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    package static func + (instant: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(nanoseconds: instant.nanoseconds.addingSaturating(duration.nanoseconds))
    }

    package static func - (instant: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(nanoseconds: instant.nanoseconds.addingSaturating(-max(duration.nanoseconds, -Int64.max)))
    }

    /// The time from `start` to `end`; negative when `end` is the earlier one.
    package static func - (end: Timestamp, start: Timestamp) -> Duration {
        .nanoseconds(end.nanoseconds) - .nanoseconds(start.nanoseconds)
    }

    static let nanosecondsPerSecond: Int64 = 1_000_000_000
}

extension Duration {
    /// The whole duration in nanoseconds, saturating at the ends of `Int64` (292 years).
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: Timestamp.nanosecondsPerSecond)
        let nanoseconds = attoseconds / Timestamp.nanosecondsPerSecond
        return overflow ? (seconds < 0 ? .min : .max) : product.addingSaturating(nanoseconds)
    }

    /// The duration as a number of seconds, for statistics and display; never for an instant.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}

extension Int64 {
    func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// Division that rounds towards minus infinity, so that instants before 1970 fall on the right day.
    package func dividedDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
