/// One Prometheus series over a range.
package struct MetricSeries: Hashable, Sendable {
    package struct Sample: Hashable, Sendable {
        package let at: Timestamp
        /// May be NaN or infinite: Prometheus stores both.
        package let value: Double

        package init(at: Timestamp, value: Double) {
            self.at = at
            self.value = value
        }
    }

    /// What Prometheus itself keeps of the alerts of its rules: a series for each, with the alert's labels, as long as it
    /// is pending or fires.
    package static let alerts = "ALERTS"

    /// The metric's name, or the name of the configured query that gave the series.
    package let name: String
    /// Without `__name__`.
    package let labels: [String: String]
    /// By time, the oldest first.
    package let samples: [Sample]

    package init(name: String, labels: [String: String], samples: [Sample]) {
        self.name = name
        self.labels = labels
        self.samples = samples
    }
}
