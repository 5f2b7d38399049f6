package import Alerts
package import Backends
package import Settings
package import Telemetry

extension CollectionRequest {
    /// What a playbook asks for, for this group of alerts.
    ///
    /// - Parameter now: the window ends here at the latest, because Tempo answers a range in the future with the last 15
    ///   minutes and says nothing.
    package init(group: AlertGroup, playbook: Playbook, now: Timestamp) {
        let alerts = group.firing.isEmpty ? group.alerts : group.firing
        let startsAt = group.startsAt ?? now
        let end = max(startsAt, min(now, startsAt + playbook.windows.after))
        let window = TimeWindow(start: startsAt - playbook.windows.before, end: end)
        self.init(
            scope: playbook.scope(for: alerts.map(\.labels)), window: window,
            baseline: TimeWindow(start: window.start - playbook.windows.baseline, end: window.start),
            wanted: Set(playbook.evidence), traceFilter: playbook.filters.traceQL,
            logFilter: playbook.filters.logQL, areBuilds: playbook.isJenkins, now: now)
    }
}
