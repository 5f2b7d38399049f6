package import Alerts
import Telemetry

/// What a notification means for the incident of its group: the one place where that is decided.
package enum IncidentStory {
    package enum NextStep: Hashable, Sendable {
        /// Nothing is open: a new incident, to be investigated.
        case open
        /// Alerts joined the open incident: investigate again.
        case investigateAgain
        /// Only some of the incident's alerts ended: remember it, say nothing.
        case remember
        /// The last of its alerts ended.
        case resolve
        /// What was open ended without a word (`send_resolved: false`), and this is another incident of the same group.
        case replace
        /// An end without a beginning: it fired before this service knew the group.
        case ignore
    }

    /// - Parameter previous: the newest notification of the group's open incident; nil when none is open.
    package static func next(for group: AlertGroup, previous: AlertGroup?) -> NextStep {
        guard let previous else { return group.firing.isEmpty ? .ignore : .open }
        guard !group.firing.isEmpty else { return .resolve }
        let known = Set(previous.firing.map(Episode.init))
        // Alertmanager repeats each alert of a group until it told of its end, so an episode that is in neither list of
        // the new notification has ended unseen.
        let stillTold = known.intersection(group.alerts.map(Episode.init))
        if !known.isEmpty, stillTold.isEmpty, group.truncatedAlerts == 0, previous.truncatedAlerts == 0 {
            return .replace
        }
        return group.firing.allSatisfy { known.contains(Episode($0)) } ? .remember : .investigateAgain
    }

    /// The firing alerts that the group's earlier notification did not have.
    package static func newcomers(in group: AlertGroup, previous: AlertGroup?) -> [Alert] {
        let known = Set((previous?.firing ?? []).map(Episode.init))
        return group.firing.filter { !known.contains(Episode($0)) }
    }

    /// One firing of one alert, from its start to its end.
    private struct Episode: Hashable {
        let fingerprint: String
        let labels: [String: String]
        let start: Int64

        init(_ alert: Alert) {
            fingerprint = alert.fingerprint
            labels = alert.fingerprint.isEmpty ? alert.labels : [:]
            start = alert.startsAt.nanoseconds
        }
    }
}
