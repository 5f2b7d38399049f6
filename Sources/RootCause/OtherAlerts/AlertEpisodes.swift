import Telemetry

/// When an alert fired, by one series of Prometheus' `ALERTS`: it has a sample at each step at which the alert fires.
struct AlertEpisodes: Hashable, Sendable {
    struct Episode: Hashable, Sendable {
        let began: Timestamp
        let last: Timestamp
    }

    /// In the order of time.
    let all: [Episode]
    /// The distance of its samples; nil when there is only one.
    let step: Duration?

    /// Without samples for so long it was over and began anew: two evaluations of a minute may be missed.
    static let silence = Duration.seconds(150)
    /// Where samples are farther apart than a minute, as many as this may be missed.
    private static let missedSteps = 2.5

    init(_ series: MetricSeries) {
        let times = series.samples.filter { $0.value == 1 }.map(\.at).sorted()
        let step = zip(times, times.dropFirst()).map { $1 - $0 }.filter { $0 > .zero }.min()
        let limit = max(Self.silence, step.map { $0 * Self.missedSteps } ?? .zero)
        var all: [Episode] = []
        for at in times {
            if let open = all.last, at - open.last <= limit {
                all[all.count - 1] = Episode(began: open.began, last: at)
            } else {
                all.append(Episode(began: at, last: at))
            }
        }
        self.all = all
        self.step = step
    }
}
