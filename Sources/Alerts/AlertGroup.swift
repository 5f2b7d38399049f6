package import Telemetry

/// One notification of a group of alerts, as Alertmanager's webhook (version "4") tells it.
///
/// Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config and recorded bodies.
package struct AlertGroup: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable { case firing, resolved }

    /// `firing` as long as one alert of the group is; the alerts of one group may have both.
    package let status: Status
    /// The receiver of Alertmanager's configuration that led here.
    package let receiver: String
    /// Identifies the group at its Alertmanager: `{}/{case="x"}:{alertname="X"}`.
    package let groupKey: String
    package let groupLabels: [String: String]
    package let commonLabels: [String: String]
    package let commonAnnotations: [String: String]
    /// Where people reach Alertmanager; differs between the peers of a cluster.
    package let externalURL: String
    /// How many alerts Alertmanager's `max_alerts` cut off, within ``truncatedAlertsRange``.
    package let truncatedAlerts: Int
    package let alerts: [Alert]

    package init(
        status: Status, receiver: String, groupKey: String, groupLabels: [String: String] = [:],
        commonLabels: [String: String] = [:], commonAnnotations: [String: String] = [:], externalURL: String = "",
        truncatedAlerts: Int = 0, alerts: [Alert]
    ) {
        self.status = status
        self.receiver = receiver
        self.groupKey = groupKey
        self.groupLabels = groupLabels
        self.commonLabels = commonLabels
        self.commonAnnotations = commonAnnotations
        self.externalURL = externalURL
        self.truncatedAlerts = min(
            max(truncatedAlerts, Self.truncatedAlertsRange.lowerBound), Self.truncatedAlertsRange.upperBound)
        self.alerts = alerts
    }

    /// What is believed of the sender's number: a hundred times the most alerts that are accepted of one group. It is
    /// added to others, and a number near the end of `Int` would trap there.
    package static let truncatedAlertsRange = 0...1_000_000

    /// How many alerts it tells of, those that were cut off included.
    package var alertCount: Int { alerts.count + truncatedAlerts }

    /// The alert's name: of the group, else of its first alert, else "alert".
    package var name: String {
        commonLabels["alertname"] ?? groupLabels["alertname"] ?? alerts.first?.labels["alertname"] ?? "alert"
    }

    /// The worst of its severities.
    package var severity: String? { Severity.worst(of: severities) }

    /// The different severities of the alerts that fire, or of all when none does; nil for an alert without one.
    package var severities: [String?] {
        let telling = firing.isEmpty ? alerts : firing
        var seen: Set<String?> = []
        return telling.map { $0.labels["severity"] ?? commonLabels["severity"] }.filter { seen.insert($0).inserted }
    }

    package var firing: [Alert] { alerts.filter { $0.status == .firing } }

    package var resolved: [Alert] { alerts.filter { $0.status == .resolved } }

    /// When the first of its alerts began; nil for a group without alerts.
    package var startsAt: Timestamp? { alerts.map(\.startsAt).min() }

    /// When the last of its alerts ended; nil while one is firing.
    package var endsAt: Timestamp? { firing.isEmpty ? alerts.compactMap(\.endsAt).max() : nil }

    /// The values that this label has in the group's alerts, each once, in the order of the alerts.
    package func values(of label: String) -> [String] {
        var seen: Set<String> = []
        return alerts.compactMap { $0.labels[label] }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

/// One alert of a group.
package struct Alert: Hashable, Sendable {
    package let status: AlertGroup.Status
    package let labels: [String: String]
    package let annotations: [String: String]
    package let startsAt: Timestamp
    /// nil while it fires (Alertmanager writes the year 1).
    package let endsAt: Timestamp?
    /// The expression in Prometheus that fired.
    package let generatorURL: String
    /// Alertmanager's hash of the labels.
    package let fingerprint: String

    package init(
        status: AlertGroup.Status, labels: [String: String], annotations: [String: String] = [:], startsAt: Timestamp,
        endsAt: Timestamp? = nil, generatorURL: String = "", fingerprint: String
    ) {
        self.status = status
        self.labels = labels
        self.annotations = annotations
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.generatorURL = generatorURL
        self.fingerprint = fingerprint
    }
}
