import Telemetry

/// Whether the servers' clocks agree with this machine's, by the `Date` of their answers.
enum Clocks {
    /// When an answer was made by the server's clock, and between which instants of ours.
    struct Sample: Hashable, Sendable {
        let server: String
        let date: Timestamp
        let sent: Timestamp
        let received: Timestamp

        /// How far the server is ahead at least; zero when both may agree. A `Date` has whole seconds, rounded down.
        var lead: Duration {
            if date > received { return date - received }
            let latest = date + .seconds(1)
            return latest < sent ? latest - sent : .zero
        }
    }

    /// More is no question of a slow network: clocks that are kept differ by milliseconds.
    static let tolerance = Duration.seconds(5)
    /// More puts evidence into the wrong minutes of an incident.
    static let limit = Duration.seconds(60)

    static func finding(_ samples: [Sample]) -> Finding {
        guard !samples.isEmpty else {
            return Finding(
                .clocks, .skipped, on: "", "no server told its time", advice: "Look again when a server answers.")
        }
        // Of several answers of one server the one that says least: the others were slow, or from a cache.
        let nearest = Dictionary(grouping: samples, by: \.server).compactMap { server, samples in
            samples.map(\.lead).min { abs($0) < abs($1) }.map { (server: server, lead: $0) }
        }.sorted { ($0.server) < ($1.server) }
        let off = nearest.filter { abs($0.lead) > tolerance }
        guard let worst = off.max(by: { abs($0.lead) < abs($1.lead) }) else {
            return Finding(
                .clocks, .ok, on: "",
                "within \(Wording.age(tolerance)), of \(Wording.list(nearest.map(\.server), atMost: 6))")
        }
        let words = off.map { "\($0.server) is \(Wording.age(abs($0.lead))) \($0.lead > .zero ? "ahead" : "behind")" }
        return Finding(
            .clocks, abs(worst.lead) > limit ? .failure : .warning, on: "", words.joined(separator: ", "),
            advice: "Set the clocks by NTP: on this machine when all are off alike, else on theirs.")
    }

    private static func abs(_ duration: Duration) -> Duration { duration < .zero ? .zero - duration : duration }
}
