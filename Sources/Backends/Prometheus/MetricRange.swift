package import Telemetry

/// At which instants a metric is asked for: from `start` to `end`, both included, `step` apart.
package struct MetricRange: Hashable, Sendable {
    package let start: Timestamp
    package let end: Timestamp
    /// In whole seconds.
    package let step: Duration
    /// Over which a rate is taken, in whole seconds.
    package let rateWindow: Duration

    /// Prometheus refuses more than 11,000 points of a series.
    ///
    /// Source: https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
    package static let maximumPoints: Int64 = 11_000
    /// Of the window: one a second of a minute's change would be as many, and a shape needs no more.
    static let samplesInWindow: Int64 = 60
    /// Prometheus scrapes every minute unless told otherwise, and a rate needs two samples.
    static let shortestRateWindow: Int64 = 120
    /// Four scrapes: one of them may fail and a rate still is one. Grafana's `$__rate_interval` has the same factor.
    static let stepsInRateWindow: Int64 = 4

    /// Baseline and window together, at instants that are multiples of the step: the caches of Mimir and Thanos answer
    /// these, and the same question twice is the same.
    ///
    /// - Parameter minimumStep: how often metrics are scraped; between two scrapes there is nothing to see.
    /// - Returns: nil when no such instant lies in the time.
    package init?(baseline: TimeWindow, window: TimeWindow, minimumStep: Duration) {
        let hasBaseline = baseline.duration > .zero
        let first = (hasBaseline ? min(baseline.start, window.start) : window.start).nanoseconds
        let last = window.end.nanoseconds
        guard first >= 0, first < last else { return nil }
        var seconds = max(
            Self.seconds(minimumStep.nanoseconds), Self.seconds(window.duration.nanoseconds / Self.samplesInWindow), 1)
        // As many intervals as points less one.
        seconds = max(seconds, Self.seconds((last - first) / (Self.maximumPoints - 1)))
        let step = seconds * Self.second
        let start = Self.dividedUp(first, by: step) * step
        // The window's end is no part of it.
        let end = (last - 1) / step * step
        guard start <= end else { return nil }
        self.start = Timestamp(nanoseconds: start)
        self.end = Timestamp(nanoseconds: end)
        self.step = .seconds(seconds)
        rateWindow = .seconds(
            max(seconds, Self.stepsInRateWindow * Self.seconds(minimumStep.nanoseconds), Self.shortestRateWindow))
    }

    private static let second: Int64 = 1_000_000_000

    private static func seconds(_ nanoseconds: Int64) -> Int64 { dividedUp(nanoseconds, by: second) }

    /// For what is not negative.
    private static func dividedUp(_ number: Int64, by divisor: Int64) -> Int64 {
        number / divisor + (number % divisor > 0 ? 1 : 0)
    }
}
