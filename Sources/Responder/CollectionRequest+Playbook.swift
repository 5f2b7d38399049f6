package import Alerts
package import Backends
package import Settings
package import Telemetry

extension CollectionRequest {
    /// What a playbook asks for, for these alerts: around the time when the first of them began.
    ///
    /// - Parameter now: the window ends here at the latest, because Tempo answers a range in the future with the last 15
    ///   minutes and says nothing. That holds for a sender whose clock is ahead as well.
    package init(alerts: [Alert], playbook: Playbook, now: Timestamp) {
        let startsAt = min(now, alerts.map(\.startsAt).min() ?? now)
        let window = TimeWindow(
            start: startsAt - playbook.windows.before, end: min(now, startsAt + playbook.windows.after))
        self.init(
            scope: playbook.scope(for: alerts.map(\.labels)), window: window,
            baseline: TimeWindow(start: window.start - playbook.windows.baseline, end: window.start),
            wanted: Set(playbook.evidence), traceFilter: playbook.filters.traceQL,
            logFilter: playbook.filters.logQL, rules: Self.rules(of: alerts), areBuilds: playbook.isJenkins, now: now)
    }

    /// One for each alert's name, with a link where one of its alerts has one.
    private static func rules(of alerts: [Alert]) -> [AlertRule] {
        var order: [String] = []
        var links: [String: String] = [:]
        for alert in alerts {
            guard let name = alert.labels["alertname"], !name.isEmpty else { continue }
            if links[name] == nil { order.append(name) }
            if links[name, default: ""].isEmpty { links[name] = alert.generatorURL }
        }
        return order.map { AlertRule(name: $0, generatorURL: links[$0] ?? "") }
    }
}
