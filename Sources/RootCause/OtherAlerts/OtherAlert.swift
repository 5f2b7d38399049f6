import Alerts
import Telemetry

/// An alert that began to fire at the time of the incident, beside the one that is investigated; with all its instances.
struct OtherAlert: Hashable, Sendable {
    struct Instance: Hashable, Sendable {
        let labels: AlertLabels
        let began: Timestamp
        /// nil while it fires.
        let ended: Timestamp?
    }

    let name: String
    /// The first that began, first.
    let instances: [Instance]

    var began: Timestamp { instances[0].began }

    /// When the last of them was over; nil while one fires.
    var ended: Timestamp? {
        instances.contains { $0.ended == nil } ? nil : instances.compactMap(\.ended).max()
    }

    /// What fired long before the quiet time was over is how things are and no news. Rules wait for some minutes until
    /// they fire, so that only a little before the window counts.
    private static let lead = Duration.seconds(300)
    /// What came and went more often than this in the quiet time does so all day.
    private static let mostEpisodesBefore = 1

    /// - Parameter group: what is investigated; its own alerts are not among the others.
    /// - Returns: by time, then by name.
    static func all(in evidence: Evidence, besides group: AlertGroup?) -> [OtherAlert] {
        let known = (group?.alerts ?? []).map { alert in
            (group?.commonLabels ?? [:]).merging(alert.labels) { $1 }
        }
        // Of the alerts that the notification left out, nobody knows more than the name.
        let cutOff = group.flatMap { $0.truncatedAlerts > 0 ? $0.name : nil }
        let range = TimeWindow(
            start: min(evidence.baseline.start, evidence.window.start), end: evidence.window.end)
        var found: [String: [Instance]] = [:]
        for series in evidence.metrics where series.name == MetricSeries.alerts {
            guard series.labels["alertstate"].map({ $0 == "firing" }) ?? true else { continue }
            let labels = AlertLabels(series.labels)
            guard !labels.name.isEmpty, !labels.isOfAlertingItself, labels.name != cutOff,
                !known.contains(where: labels.isSame),
                let episode = news(AlertEpisodes(series), in: evidence, range: range)
            else { continue }
            let isOver = range.end - episode.last > AlertEpisodes.silence
            found[labels.name, default: []].append(
                Instance(labels: labels, began: episode.began, ended: isOver ? episode.last : nil))
        }
        return found.map { name, instances in
            OtherAlert(
                name: name,
                instances: instances.sorted { ($0.began, $0.key) < ($1.began, $1.key) })
        }.sorted { ($0.began, $0.name) < ($1.began, $1.name) }
    }

    /// The first time that it fired in the window or just before, if that is news.
    private static func news(
        _ episodes: AlertEpisodes, in evidence: Evidence, range: TimeWindow
    ) -> AlertEpisodes.Episode? {
        let quiet = evidence.baseline.end - lead
        let step = episodes.step ?? .zero
        let before = episodes.all.count { $0.began < quiet }
        guard before <= mostEpisodesBefore else { return nil }
        return episodes.all.first { episode in
            // What fires at the first sample has fired since nobody knows when.
            episode.began >= quiet && episode.began - range.start > step && episode.began < range.end
                && episode.last >= evidence.window.start
        }
    }
}

extension OtherAlert.Instance {
    /// Orders those that began together.
    fileprivate var key: String {
        labels.all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }
}
