/// A place of the lab that a fault can be put on.
package enum Endpoint: String, Hashable, Sendable, CaseIterable {
    case tempoSearch, tempoTrace, tempoReady
    case lokiQueryRange, lokiLabels, lokiReady
    case kubernetesEvents, kubernetesPods, kubernetesNodes, kubernetesWorkloads
    case prometheusQuery, prometheusQueryRange, prometheusRules, prometheusReady
    case slack, slackAPI, slackUpload, teams

    /// The endpoint that a path of the lab belongs to; nil when there is none.
    package init?(path: String) {
        let found: Endpoint? =
            switch path.split(separator: "/").map(String.init) {
            case ["tempo", "api", "search"]: .tempoSearch
            case let parts where parts.starts(with: ["tempo", "api", "traces"]): .tempoTrace
            case let parts where parts.starts(with: ["tempo", "api", "v2", "traces"]): .tempoTrace
            case ["tempo", "ready"]: .tempoReady
            case ["loki", "loki", "api", "v1", "query_range"]: .lokiQueryRange
            case let parts where parts.starts(with: ["loki", "loki", "api", "v1", "label"]): .lokiLabels
            case ["loki", "loki", "api", "v1", "labels"]: .lokiLabels
            case ["loki", "ready"]: .lokiReady
            case let parts where parts.first == "kubernetes":
                switch parts.last {
                case "events": .kubernetesEvents
                case "pods": .kubernetesPods
                case "nodes": .kubernetesNodes
                default: parts.dropFirst().starts(with: ["apis", "apps"]) ? .kubernetesWorkloads : nil
                }
            case ["prometheus", "api", "v1", "query"]: .prometheusQuery
            case ["prometheus", "api", "v1", "query_range"]: .prometheusQueryRange
            case ["prometheus", "api", "v1", "rules"]: .prometheusRules
            case ["prometheus", "-", "ready"]: .prometheusReady
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
