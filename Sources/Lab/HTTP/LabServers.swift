/// The lab's servers, side by side, each below its own path.
struct LabServers: Sendable {
    let tempo: TempoServer
    let loki: LokiServer
    let kubernetes: KubernetesServer
    let prometheus: PrometheusServer
    let grafana: GrafanaServer
    let alertmanager: AlertmanagerServer
    let chat: ChatServer

    func answer(_ request: LabRequest) async -> LabAnswer {
        if let request = request.below("/tempo") { return tempo.answer(request) }
        if let request = request.below("/loki") { return loki.answer(request) }
        if let request = request.below("/kubernetes") { return kubernetes.answer(request) }
        if let request = request.below("/prometheus") { return prometheus.answer(request) }
        if let request = request.below("/grafana") { return grafana.answer(request) }
        if let request = request.below("/alertmanager") { return alertmanager.answer(request) }
        if let request = request.below("/slack") { return await chat.answerAsSlack(request) }
        if let request = request.below("/teams") { return await chat.answerAsTeams(request) }
        return .unknownPath
    }
}
