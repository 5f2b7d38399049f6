import Telemetry

/// What became of notifications lately, as this service and Alertmanager count them, and Prometheus keeps it.
struct Deliveries: Hashable, Sendable {
    /// How often, and when last.
    struct Count: Hashable, Sendable {
        var number = 0.0
        var last: Timestamp?

        static func + (left: Count, right: Count) -> Count {
            Count(number: left.number + right.number, last: [left.last, right.last].compactMap { $0 }.max())
        }

        fileprivate mutating func add(_ rise: Double, at instant: Timestamp) {
            guard rise > 0, rise.isFinite else { return }
            number += rise
            last = max(last ?? instant, instant)
        }
    }

    /// By this service; repeats were taken as well.
    private(set) var taken = Count()
    private(set) var refused = Count()
    /// Of Alertmanager's webhooks, by the receiver's name, which only `receiver-name-in-metrics` shows, and the reason.
    private(set) var failed: [Failure: Count] = [:]
    /// All attempts of the same, failed or not, by the receiver's name.
    private(set) var attempted: [String?: Count] = [:]

    struct Failure: Hashable, Sendable {
        /// nil: of any webhook.
        let receiver: String?
        /// nil of an Alertmanager before 0.26.
        let reason: String?
    }

    /// An alert that stays is sent again after `repeat_interval`, which is 12 h in deploy/alertmanager/alertmanager.yaml.
    static let period = Duration.seconds(86_400)
    /// Between the counts that are looked at: a minute, which is how often Prometheus looks where nobody says otherwise, so
    /// that a failure and what got through after it are seldom seen as one.
    static let step = Duration.seconds(60)

    private static let ownMetric = "sabueso_notifications_total"
    private static let attemptedMetric = "alertmanager_notifications_total"
    /// With the label `reason` since 0.26: https://github.com/prometheus/alertmanager/pull/3094
    private static let failedMetric = "alertmanager_notifications_failed_total"
    /// A series of Sabueso's has no label `integration`.
    static let query =
        "{__name__=~\"\(ownMetric)|\(attemptedMetric)|\(failedMetric)\",integration=~\"webhook|\"}"

    init(_ series: [MetricSeries] = []) {
        for series in series {
            var previous: Double?
            for sample in series.samples {
                // A counter that fell began again at zero.
                let rise = previous.map { sample.value < $0 ? sample.value : sample.value - $0 } ?? 0
                previous = sample.value
                count(series, rise, at: sample.at)
            }
        }
    }

    private mutating func count(_ series: MetricSeries, _ rise: Double, at instant: Timestamp) {
        let receiver = series.labels["receiver_name"]
        switch (series.name, series.labels["outcome"]) {
        case (Self.ownMetric, "stored"), (Self.ownMetric, "repeated"): taken.add(rise, at: instant)
        case (Self.ownMetric, "refused"): refused.add(rise, at: instant)
        case (Self.attemptedMetric, _): attempted[receiver, default: Count()].add(rise, at: instant)
        case (Self.failedMetric, _):
            failed[Failure(receiver: receiver, reason: series.labels["reason"]), default: Count()].add(
                rise, at: instant)
        default: break
        }
    }

    /// Whether the newest that arrived was taken.
    var areTaken: Bool { taken.last.map { $0 >= refused.last ?? $0 } ?? false }

    /// Whether only refusals were seen since the last that was taken.
    var areRefused: Bool { refused.last != nil && !areTaken }

    /// Whether nothing got through since the last of these failures.
    private func isStill(_ failure: Failure, _ count: Count) -> Bool {
        guard let last = count.last else { return false }
        if let through = taken.last, through >= last { return false }
        // An attempt that fails is counted as both.
        return attempted[failure.receiver]?.last.map { $0 <= last } ?? true
    }

    /// Failures of these receivers' webhooks after which nothing got through, the most frequent reason first.
    ///
    /// Where Alertmanager does not name the receiver, they are theirs only if there are no other webhooks.
    func failures(of receivers: Set<String>, areAlone: Bool) -> [(reason: String?, count: Count)] {
        let theirs = failed.filter { failure, count in
            isStill(failure, count) && (failure.receiver.map(receivers.contains) ?? areAlone)
        }
        return Dictionary(grouping: theirs, by: \.key.reason)
            .map { reason, failures in (reason: reason, count: failures.map(\.value).reduce(Count(), +)) }
            .sorted { ($1.count.number, $0.reason ?? "") < ($0.count.number, $1.reason ?? "") }
    }
}
