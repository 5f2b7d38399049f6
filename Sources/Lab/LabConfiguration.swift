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
    /// The alerting rules that Prometheus has.
    package var rules: [LabRule] = []
    /// Objects a page of the Kubernetes API at most, whatever is asked for; nil: as many as are asked for.
    package var largestKubernetesPage: Int?
    /// Whether Tempo, Loki and Prometheus (as Mimir does) refuse requests without `X-Scope-OrgID`.
    package var requiresTenant = false
    /// The workspace that an app's token opens.
    package var slack = SlackSettings()

    package init() {}
}

/// An alerting rule of the lab's Prometheus. It does not fire.
package struct LabRule: Hashable, Sendable {
    package let name: String
    package let expression: String

    package init(name: String, expression: String) {
        self.name = name
        self.expression = expression
    }
}
