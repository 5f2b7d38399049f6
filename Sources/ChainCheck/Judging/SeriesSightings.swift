import Telemetry

/// Which metrics have series now, and when those that have none had their last.
struct SeriesSightings: Sendable {
    /// As Prometheus itself means it: a series ends when its target or rule is gone, or five minutes after its last sample.
    let present: Set<String>
    /// Of those that are not present.
    let lastSeen: [String: Timestamp]

    init(present: Set<String>, lastSeen: [String: Timestamp] = [:]) {
        self.present = present
        self.lastSeen = lastSeen
    }

    /// How far back it was looked: a day has its builds.
    static let period = Duration.seconds(86_400)
    /// Between the instants that were looked at, and so how exact the last one is. Less than the five minutes by which a
    /// series outlives its last sample, so that none is missed between two.
    ///
    /// Source: https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness
    static let step = Duration.seconds(60)

    /// `a stopped being written at about 2026-11-23T05:20Z`, or `a had no sample in the last 24 h`.
    func absence(of name: String) -> String {
        guard let last = lastSeen[name] else { return "\(name) had no sample in the last \(Wording.age(Self.period))" }
        return "\(name) stopped being written at about \(Wording.minute(last))"
    }
}
