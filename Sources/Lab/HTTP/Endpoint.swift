/// A place of the lab that a fault can be put on.
package enum Endpoint: String, Hashable, Sendable, CaseIterable {
    case tempoSearch, tempoTrace, tempoReady, tempoBuildInfo
    case lokiQueryRange, lokiLabels, lokiReady, lokiBuildInfo
    case kubernetesEvents, kubernetesPods, kubernetesNodes, kubernetesWorkloads, kubernetesVersion
    case prometheusQuery, prometheusQueryRange, prometheusRules, prometheusReady
    case prometheusBuildInfo, prometheusNames, prometheusAlertmanagers
    case grafanaHealth, grafanaDataSource, grafanaDataSourceHealth, grafanaDashboard
    case alertmanagerStatus
    case slack, slackAPI, slackUpload, teams

    /// The endpoint that a path of the lab belongs to; nil when there is none.
    package init?(path: String) {
        let found: Endpoint? =
            switch path.split(separator: "/").map(String.init) {
            case ["tempo", "api", "search"]: .tempoSearch
            case let parts where parts.starts(with: ["tempo", "api", "traces"]): .tempoTrace
            case let parts where parts.starts(with: ["tempo", "api", "v2", "traces"]): .tempoTrace
            case ["tempo", "ready"]: .tempoReady
            case ["tempo", "api", "status", "buildinfo"]: .tempoBuildInfo
            case ["loki", "loki", "api", "v1", "query_range"]: .lokiQueryRange
            case ["loki", "loki", "api", "v1", "status", "buildinfo"]: .lokiBuildInfo
            case let parts where parts.starts(with: ["loki", "loki", "api", "v1", "label"]): .lokiLabels
            case ["loki", "loki", "api", "v1", "labels"]: .lokiLabels
            case ["loki", "ready"]: .lokiReady
            case let parts where parts.first == "kubernetes":
                switch parts.last {
                case "events": .kubernetesEvents
                case "pods": .kubernetesPods
                case "nodes": .kubernetesNodes
                case "version": .kubernetesVersion
                default: parts.dropFirst().starts(with: ["apis", "apps"]) ? .kubernetesWorkloads : nil
                }
            case ["prometheus", "api", "v1", "query"]: .prometheusQuery
            case ["prometheus", "api", "v1", "query_range"]: .prometheusQueryRange
            case ["prometheus", "api", "v1", "rules"]: .prometheusRules
            case ["prometheus", "-", "ready"]: .prometheusReady
            case ["prometheus", "api", "v1", "status", "buildinfo"]: .prometheusBuildInfo
            case ["prometheus", "api", "v1", "label", "__name__", "values"]: .prometheusNames
            case ["prometheus", "api", "v1", "alertmanagers"]: .prometheusAlertmanagers
            case ["grafana", "api", "health"]: .grafanaHealth
            case let parts where parts.starts(with: ["grafana", "api", "datasources", "uid"]):
                parts.last == "health" ? .grafanaDataSourceHealth : .grafanaDataSource
            case let parts where parts.starts(with: ["grafana", "api", "dashboards"]): .grafanaDashboard
            case ["alertmanager", "api", "v2", "status"]: .alertmanagerStatus
            case let parts where parts.starts(with: ["slack", "api"]): .slackAPI
            case let parts where parts.starts(with: ["slack", "upload"]): .slackUpload
            case let parts where parts.first == "slack": .slack
            case let parts where parts.first == "teams": .teams
            default: nil
            }
        guard let found else { return nil }
        self = found
    }
}
