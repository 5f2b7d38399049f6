import Telemetry

/// The series that are understood by their names; of all others only what they measure is known.
///
/// Each is the name of a query that is asked for unless the configuration says otherwise. Rules and readers take their
/// names from here and from nowhere else.
package enum SeriesName: String, CaseIterable, Sendable {
    case containerRestarts = "container_restarts"
    case lastTerminatedReason = "kube_pod_container_status_last_terminated_reason"
    /// Of containers that do not start again: agents' pods do not.
    case terminatedReason = "kube_pod_container_status_terminated_reason"
    case unschedulable = "kube_pod_status_unschedulable"
    case podInfo = "kube_pod_info"
    case nodeCondition = "kube_node_status_condition"
    case nodeTaint = "kube_node_spec_taint"
    case nodeLabels = "kube_node_labels"
    case nodeInfo = "kube_node_info"

    /// The metric's own name where the query has another: so the series is called in an answer of Prometheus that
    /// somebody saved.
    package var metric: String {
        self == .containerRestarts ? "kube_pod_container_status_restarts_total" : rawValue
    }

    /// nil for a series that nothing knows by its name.
    init?(_ series: MetricSeries) {
        let name = series.name
        guard let found = Self(rawValue: name) ?? Self.allCases.first(where: { $0.metric == name }) else { return nil }
        self = found
    }
}

extension MetricSeries {
    func isCalled(_ name: SeriesName) -> Bool { self.name == name.rawValue || self.name == name.metric }
}
