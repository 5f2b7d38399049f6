/// The links of the chain that are looked at, in the order in which they are told.
///
/// The raw values are in the JSON: they are never renamed.
package enum Check: String, Hashable, Sendable, CaseIterable {
    case tempo, loki, prometheus, kubernetes, grafana, alertmanager
    case tracesAppear = "traces-appear"
    case traceRoots = "trace-roots"
    case tracesWithLogs = "traces-correlate-with-logs"
    case dashboard = "dashboard-shows-data"
    case dataSources = "data-sources"
    case alertSeries = "alert-series"
    case querySeries = "query-series"
    case alertDelivery = "alert-delivery"
    case alertRouting = "alert-routing"
    case journal
    case clocks
    case chat

    /// What is so when all is well.
    package var claim: String {
        switch self {
        case .tempo: "Tempo answers"
        case .loki: "Loki answers"
        case .prometheus: "Prometheus answers"
        case .kubernetes: "Kubernetes answers"
        case .grafana: "Grafana answers"
        case .alertmanager: "Alertmanager answers"
        case .tracesAppear: "Traces appear"
        case .traceRoots: "Traces have their roots"
        case .tracesWithLogs: "Traces correlate with logs"
        case .dashboard: "The dashboard shows data"
        case .dataSources: "Grafana has the data sources"
        case .alertSeries: "The series of the alerts exist"
        case .querySeries: "The series of the queries exist"
        case .alertDelivery: "Prometheus tells Alertmanager"
        case .alertRouting: "Alertmanager tells Sabueso"
        case .journal: "The journal can be read"
        case .clocks: "The clocks agree"
        case .chat: "The chat takes messages"
        }
    }

    /// What is so with a warning: of servers, that they answer all the same.
    package var reservation: String {
        switch self {
        case .tempo, .loki, .prometheus, .kubernetes, .grafana, .alertmanager: claim
        case .tracesAppear: "No new traces appear"
        case .traceRoots, .querySeries, .clocks: complaint
        case .tracesWithLogs: "Some traces have no correlation with logs"
        case .dashboard: "The dashboard may lack data"
        case .dataSources: "Grafana may lack data sources"
        case .alertSeries: "Some alerts may never come"
        case .alertDelivery: "Prometheus may tell no Alertmanager"
        case .alertRouting: "Alertmanager does not tell Sabueso all"
        case .journal: "The journal has what was given up"
        case .chat: "The chat may take no messages"
        }
    }

    /// What is so when it failed.
    package var complaint: String {
        switch self {
        case .tempo: "Tempo cannot be used"
        case .loki: "Loki cannot be used"
        case .prometheus: "Prometheus cannot be used"
        case .kubernetes: "Kubernetes cannot be used"
        case .grafana: "Grafana cannot be used"
        case .alertmanager: "Alertmanager cannot be used"
        case .tracesAppear: "No traces appear"
        case .traceRoots: "Traces lack their roots"
        case .tracesWithLogs: "Traces without correlation with logs"
        case .dashboard: "The dashboard shows no data"
        case .dataSources: "Grafana lacks data sources"
        case .alertSeries: "Series of the alerts are missing"
        case .querySeries: "Series of the queries are missing"
        case .alertDelivery: "Prometheus tells no Alertmanager"
        case .alertRouting: "Alertmanager does not tell Sabueso"
        case .journal: "The journal cannot be read"
        case .clocks: "The clocks disagree"
        case .chat: "The chat takes no messages"
        }
    }

    /// The server that is looked at; nil of a check that is about what several do together.
    var server: String? {
        switch self {
        case .tempo: "Tempo"
        case .loki: "Loki"
        case .prometheus: "Prometheus"
        case .kubernetes: "Kubernetes"
        case .grafana: "Grafana"
        case .alertmanager: "Alertmanager"
        case .tracesAppear, .traceRoots, .tracesWithLogs, .dashboard, .dataSources, .alertSeries, .querySeries,
            .alertDelivery, .alertRouting, .journal, .clocks, .chat:
            nil
        }
    }

    /// What is asked.
    package var question: String {
        switch self {
        case .tempo: "Does Tempo answer?"
        case .loki: "Does Loki answer?"
        case .prometheus: "Does Prometheus answer?"
        case .kubernetes: "Does Kubernetes answer?"
        case .grafana: "Does Grafana answer?"
        case .alertmanager: "Does Alertmanager answer?"
        case .tracesAppear: "Do traces appear?"
        case .traceRoots: "Do traces have their roots?"
        case .tracesWithLogs: "Do traces correlate with logs?"
        case .dashboard: "Does the dashboard show data?"
        case .dataSources: "Does Grafana have the data sources?"
        case .alertSeries: "Do the series of the alerts exist?"
        case .querySeries: "Do the series of the queries exist?"
        case .alertDelivery: "Does Prometheus tell Alertmanager?"
        case .alertRouting: "Does Alertmanager tell Sabueso?"
        case .journal: "Can the journal be read?"
        case .clocks: "Do the clocks agree?"
        case .chat: "Does the chat take messages?"
        }
    }
}
