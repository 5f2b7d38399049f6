package import Telemetry

/// How the lab's servers are set up.
package struct LabConfiguration: Hashable, Sendable {
    /// On 127.0.0.1; 0 takes a free port.
    package var port = 0
    /// What the servers think the time is; nil: one second after the newest of the evidence.
    package var now: Timestamp?
    /// Tempo's `query_end_cutoff`: the newest traces that search does not show. Shipped as 30 s; off here unless asked.
    package var searchCutoff: Duration = .zero
    /// Tempo's `max_bytes_per_trace`; nil: no limit.
    package var maximumTraceBytes: Int?
    /// Queries whose answers are among the case's series, by the query's name.
    package var metricQueries: [MetricQuery] = []
    /// The rules that Prometheus has.
    package var rules: [LabRule] = []
    /// The Alertmanagers that Prometheus sends to, by their base URLs.
    package var alertmanagers: [String] = []
    /// Alertmanager's configuration, as its status shows it.
    package var alertmanagerConfiguration = "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n"
    /// What Grafana demands of who asks for more than its health.
    package var grafanaToken = "lab"
    package var dataSources: [LabDataSource] = []
    /// Of Grafana's dashboards, by their uids.
    package var dashboards: [String] = []
    /// Objects a page of the Kubernetes API at most, whatever is asked for; nil: as many as are asked for.
    package var largestKubernetesPage: Int?
    /// Whether Tempo, Loki and Prometheus (as Mimir does) refuse requests without `X-Scope-OrgID`.
    package var requiresTenant = false
    /// The workspace that an app's token opens.
    package var slack = SlackSettings()

    package init() {}
}

/// A rule of the lab's Prometheus. An alert does not fire, and nothing is recorded.
package struct LabRule: Hashable, Sendable {
    package let name: String
    package let expression: String
    package let isRecording: Bool
    package let labels: [String: String]

    package init(name: String, expression: String, isRecording: Bool = false, labels: [String: String] = [:]) {
        self.name = name
        self.expression = expression
        self.isRecording = isRecording
        self.labels = labels
    }
}

/// A data source of the lab's Grafana.
package struct LabDataSource: Hashable, Sendable {
    package let uid: String
    /// `tempo`, `loki`, `prometheus`…
    package let type: String

    package init(uid: String, type: String) {
        self.uid = uid
        self.type = type
    }
}
