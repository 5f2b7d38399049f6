import ChainCheck
import HTTPTransport
import Lab
import Telemetry

/// One thing that is wrong with the chain, and the findings that tell of it. All others stay well.
struct ChainFault: Sendable, CustomStringConvertible {
    struct Expected: Sendable {
        let verdict: Finding.Verdict
        /// A part of what is observed or advised.
        let words: String

        init(_ verdict: Finding.Verdict, _ words: String) {
            self.verdict = verdict
            self.words = words
        }
    }

    let description: String
    var evidence: @Sendable (inout ChainCase) -> Void = { _ in }
    var configuration: @Sendable (inout LabConfiguration) -> Void = { _ in }
    var lab: @Sendable (Lab) -> Void = { _ in }
    var plan: @Sendable (inout ChainPlan) -> Void = { _ in }
    var clockIsOff: Duration = .zero
    let expected: [Check: Expected]

    static let all: [ChainFault] = ofTelemetry + ofAlerts + ofServers + ofGrafana

    private static let ofTelemetry: [ChainFault] = [
        ChainFault(
            description: "Tempo is down", lab: { $0.fail(.tempoSearch, with: .reset) },
            expected: [
                .tempo: Expected(.failure, "tempo.url"), .tracesAppear: Expected(.skipped, "Tempo cannot be used"),
                .traceRoots: Expected(.skipped, "See the line on Tempo."),
            ]),
        ChainFault(
            description: "Tempo hangs", lab: { $0.fail(.tempoSearch, with: .hang) },
            plan: { plan in
                plan.tempo = plan.tempo.map {
                    ChainPlan.Server(address: $0.address, http: $0.http, timeout: .milliseconds(200))
                }
            },
            expected: [
                .tempo: Expected(.failure, "tempo.timeout"), .tracesAppear: Expected(.skipped, "Tempo cannot be used"),
                .traceRoots: Expected(.skipped, "Tempo cannot be used"),
            ]),
        ChainFault(
            description: "Tempo has tenants", lab: { $0.fail(.tempoSearch, with: .status(401, "no org id\n")) },
            expected: [
                .tempo: Expected(.failure, "tempo.tenant"), .tracesAppear: Expected(.skipped, "Tempo cannot be used"),
                .traceRoots: Expected(.skipped, "Tempo cannot be used"),
            ]),
        ChainFault(
            description: "Tempo is old", lab: { $0.fail(.tempoBuildInfo, with: .status(200, #"{"version":"1.5.0"}"#)) },
            expected: [.tempo: Expected(.failure, "TraceQL")]),
        ChainFault(
            description: "no traces arrive", evidence: { $0.spans = [] },
            expected: [
                .tracesAppear: Expected(.failure, "Runbooks/no-traces-arrive.md"),
                .traceRoots: Expected(.skipped, "old enough"),
            ]),
        ChainFault(
            description: "roots are lost", evidence: { $0.loseRoots() },
            expected: [.traceRoots: Expected(.warning, "67 % of 3 traces")]),
        ChainFault(
            description: "Loki is down",
            lab: { lab in [.lokiLabels, .lokiQueryRange].forEach { lab.fail($0, with: .reset) } },
            expected: [
                .loki: Expected(.failure, "loki.url"), .tracesWithLogs: Expected(.skipped, "Loki cannot be used"),
            ]),
        ChainFault(
            description: "Loki refuses the credentials", lab: { $0.fail(.lokiLabels, with: .status(403, "forbidden")) },
            expected: [.loki: Expected(.failure, "loki.authorization")]),
        ChainFault(
            description: "logs carry no trace ids", evidence: { $0.traceIDsInLogs = false },
            expected: [.tracesWithLogs: Expected(.failure, "Runbooks/traces-without-logs.md")]),
        ChainFault(
            description: "only others' logs arrive", evidence: { $0.logService = "shop" },
            expected: [.tracesWithLogs: Expected(.warning, "no line of jenkins-master")]),
        ChainFault(
            description: "no logs arrive", evidence: { $0.hasLogs = false },
            expected: [.tracesWithLogs: Expected(.failure, "loki.labels.service")]),
        ChainFault(
            description: "the trace id is elsewhere", plan: { $0.traceIDPlace = .metadata("tid") },
            expected: [.tracesWithLogs: Expected(.warning, "name: trace_id")]),
    ]

    private static let ofAlerts: [ChainFault] = [
        ChainFault(
            description: "Prometheus refuses the credentials",
            lab: { $0.fail(.prometheusQuery, with: .status(401, "Unauthorized")) },
            expected: [
                .prometheus: Expected(.failure, "prometheus.authorization"),
                .alertSeries: Expected(.skipped, "Prometheus cannot be used"),
                .querySeries: Expected(.skipped, "Prometheus cannot be used"),
            ]),
        ChainFault(
            description: "Prometheus is down",
            plan: { plan in
                plan.prometheus = plan.prometheus.map {
                    ChainPlan.Server(address: "http://127.0.0.1:1", http: $0.http, timeout: $0.timeout)
                }
            },
            expected: [
                .prometheus: Expected(.failure, "prometheus.url"),
                .alertSeries: Expected(.skipped, "Prometheus cannot be used"),
                .querySeries: Expected(.skipped, "Prometheus cannot be used"),
                .alertDelivery: Expected(.skipped, "Prometheus cannot be used"),
            ]),
        ChainFault(
            description: "nothing makes the series", evidence: { $0.metrics = [] },
            expected: [
                .alertSeries: Expected(
                    .failure, "neither traces_span_metrics_calls_total nor traces_spanmetrics_calls_total"),
                .querySeries: Expected(.warning, "kube-state-metrics"),
            ]),
        ChainFault(
            description: "the rules are not loaded", configuration: { $0.rules = [] },
            expected: [.alertSeries: Expected(.failure, "deploy/prometheus/rules.yaml")]),
        ChainFault(
            description: "a recording rule was taken away", evidence: { $0.record(until: .seconds(600)) },
            configuration: { $0.rules.removeAll(where: \.isRecording) },
            expected: [.alertSeries: Expected(.failure, "rate5m stopped being written at about 20")]),
        ChainFault(
            description: "a recording rule was never there",
            configuration: { $0.rules.removeAll(where: \.isRecording) },
            expected: [.alertSeries: Expected(.failure, "was none in the last 24 h")]),
        ChainFault(
            description: "nobody built anything for an hour", evidence: { $0.end("traces_spanmetrics_calls_total") },
            expected: [
                .alertSeries: Expected(.warning, "traces_spanmetrics_calls_total stopped being written at about 20")
            ]),
        ChainFault(
            description: "kube-state-metrics is gone", evidence: { $0.end("kube_pod_info") },
            expected: [.querySeries: Expected(.warning, "kube-state-metrics")]),
        ChainFault(
            description: "an alert of a playbook has no rule", plan: { $0.alerts.append("Ours") },
            expected: [.alertSeries: Expected(.failure, "there is no rule for Ours")]),
        ChainFault(
            description: "there is no cluster", evidence: { $0.metrics.removeAll { $0.name.hasPrefix("kube_") } },
            configuration: { $0.rules.append(LabRule(name: "SpotAgentLost", expression: "kube_node_info == 1")) },
            plan: { plan in
                (plan.kubernetes, plan.platforms) = (nil, [.jenkins])
                plan.alerts = ["SpotAgentLost"]
            },
            expected: [
                .kubernetes: Expected(.skipped, "kubernetes.in_cluster"),
                .alertSeries: Expected(.skipped, "kube-state-metrics, and kubernetes is not configured"),
                .querySeries: Expected(.skipped, "kubernetes is not configured"),
            ]),
        ChainFault(
            description: "Prometheus sends to nobody", configuration: { $0.alertmanagers = [] },
            expected: [.alertDelivery: Expected(.failure, "alerting.alertmanagers")]),
        ChainFault(
            description: "Alertmanager is down", lab: { $0.fail(.alertmanagerStatus, with: .reset) },
            expected: [
                .alertmanager: Expected(.failure, "alertmanager.url"),
                .alertRouting: Expected(.skipped, "Alertmanager cannot be used"),
            ]),
        ChainFault(
            description: "Alertmanager has no receiver for us",
            configuration: { $0.alertmanagerConfiguration = "route: {receiver: a}\nreceivers: [{name: a}]" },
            expected: [.alertRouting: Expected(.failure, "/webhooks/alertmanager")]),
        ChainFault(
            description: "a route before ours takes everything",
            configuration: {
                $0.alertmanagerConfiguration = $0.alertmanagerConfiguration.replacing(
                    "  routes:\n", with: "  routes:\n    - receiver: on-call\n", maxReplacements: 1)
            },
            expected: [.alertRouting: Expected(.failure, "no route leads")]),
        ChainFault(
            description: "Alertmanager sends other credentials than ours",
            plan: { $0.intake.credentials = .basic(username: "alertmanager") },
            expected: [.alertRouting: Expected(.failure, "sends a bearer token, and Sabueso answers 401")]),
        ChainFault(
            description: "Alertmanager sends no credentials",
            configuration: {
                $0.alertmanagerConfiguration = $0.alertmanagerConfiguration.replacing("authorization:", with: "other:")
            },
            expected: [.alertRouting: Expected(.failure, "sends no credentials")]),
        ChainFault(
            description: "Sabueso refuses what Alertmanager sends", evidence: { $0.count("refused") },
            expected: [.alertRouting: Expected(.failure, "refused all notifications")]),
        ChainFault(
            description: "the webhook leads to another's host",
            plan: { plan in
                plan.intake.publicURL = nil
                plan.openClient = OneAnswer { HTTPResponse(status: $0.contains("sabueso.monitoring:9096") ? 404 : 500) }
            },
            expected: [.alertRouting: Expected(.failure, "what answers there with 404 is no Sabueso")]),
        ChainFault(
            description: "whose host the webhook leads to cannot be told",
            plan: { plan in
                plan.intake.publicURL = nil
                plan.openClient = OneAnswer { _ in HTTPResponse(status: 503) }
            },
            expected: [.alertRouting: Expected(.warning, "cannot be told, it answers 503")]),
        ChainFault(
            description: "an alert of a playbook has no route",
            configuration: {
                $0.rules.append(LabRule(name: "Watchdog", expression: "up == 1"))
            },
            plan: { $0.alerts.append("Watchdog") },
            expected: [
                .alertRouting: Expected(.failure, "Watchdog never gets to receiver sabueso"),
                .alertSeries: Expected(.failure, "Watchdog cannot fire"),
            ]),
        ChainFault(
            description: "our clock is off", clockIsOff: .seconds(600),
            expected: [.clocks: Expected(.failure, "9 min behind")]),
        ChainFault(
            description: "the journal's database is down",
            plan: { $0.journal = .init(place: "journal.url") { .unreadable("PostgreSQL at db: Connection refused") } },
            expected: [.journal: Expected(.failure, "Connection refused")]),
        ChainFault(
            description: "the journal has what was given up",
            plan: {
                $0.journal = .init(place: "journal.url") { .holds(openIncidents: 0, waiting: 0, givenUp: 3) }
            },
            expected: [.journal: Expected(.warning, "3 given up")]),
        ChainFault(
            description: "the service has not run here",
            plan: { $0.journal = .init(place: "sabueso.sqlite") { .absent } },
            expected: [.journal: Expected(.skipped, "not here")]),
        ChainFault(
            description: "the chat takes nothing",
            plan: { $0.chatTests = [.init(receiver: "on-call") { "on-call did not take the message: no_service" }] },
            expected: [.chat: Expected(.failure, "no_service")]),
    ]

    private static let ofServers: [ChainFault] = [
        ChainFault(
            description: "only namespaces that are configured may be listed",
            lab: { $0.kubernetesGate.confine(to: "jenkins", "shop") }, plan: { $0.namespaces = ["jenkins", "shop"] },
            expected: [:]),
        ChainFault(
            description: "one of the namespaces may not be listed", lab: { $0.kubernetesGate.confine(to: "jenkins") },
            plan: { $0.namespaces = ["jenkins", "shop"] },
            expected: [.kubernetes: Expected(.warning, "in the namespace shop")]),
        ChainFault(
            description: "single namespaces may be listed, and none is configured",
            lab: { $0.kubernetesGate.confine(to: "jenkins") },
            expected: [.kubernetes: Expected(.warning, "scope.namespaces.otherwise")]),
        ChainFault(
            description: "nodes may not be listed", lab: { $0.kubernetesGate.forbid("nodes") },
            expected: [.kubernetes: Expected(.warning, #"resources: ["nodes"], verbs: ["list"]"#)]),
        ChainFault(
            description: "the service account's token expired", lab: { $0.kubernetesGate.requireToken("another") },
            expected: [.kubernetes: Expected(.failure, "401")]),
        ChainFault(
            description: "Kubernetes is not configured", plan: { $0.kubernetes = nil },
            expected: [.kubernetes: Expected(.skipped, "kubernetes.in_cluster")]),
    ]

    private static let ofGrafana: [ChainFault] = [
        ChainFault(
            description: "Grafana is ill",
            lab: { $0.fail(.grafanaHealth, with: .status(503, #"{"database":"failing"}"#)) },
            expected: [.grafana: Expected(.failure, "503")]),
        ChainFault(
            description: "Grafana does not know the token", configuration: { $0.grafanaToken = "another" },
            expected: [
                .grafana: Expected(.failure, "grafana.api.authorization"),
                .dataSources: Expected(.skipped, "Grafana cannot be used"),
                .dashboard: Expected(.skipped, "Grafana cannot be used"),
            ]),
        ChainFault(
            description: "Grafana reaches Tempo as little as we do",
            lab: {
                $0.fail(.tempoSearch, with: .reset)
                $0.fail(
                    .grafanaDataSourceHealth, with: .status(400, #"{"message":"dial tcp: refused","status":"ERROR"}"#))
            },
            plan: { $0.grafana?.dataSources.removeAll { $0.kind != "tempo" } },
            expected: [
                .tempo: Expected(.failure, "tempo.url"), .tracesAppear: Expected(.skipped, "Tempo cannot be used"),
                .traceRoots: Expected(.skipped, "Tempo cannot be used"),
                .dashboard: Expected(.skipped, "Tempo cannot be used"),
            ]),
        ChainFault(
            description: "there is no token for Grafana", plan: { $0.grafana?.hasCredentials = false },
            expected: [
                .dataSources: Expected(.skipped, "grafana.api.authorization"),
                .dashboard: Expected(.skipped, "grafana.api.authorization"),
            ]),
        ChainFault(
            description: "a data source's uid is wrong", plan: { $0.grafana?.dataSources[1].uid = "loki2" },
            expected: [.dataSources: Expected(.failure, "grafana.datasources.loki")]),
        ChainFault(
            description: "a data source is of another type",
            configuration: { $0.dataSources[0] = LabDataSource(uid: "tempo", type: "jaeger") },
            expected: [.dataSources: Expected(.failure, "of type jaeger, not tempo")]),
        ChainFault(
            description: "there is no dashboard", configuration: { $0.dashboards = [] },
            expected: [.dashboard: Expected(.failure, "grafana.dashboard.uid")]),
        ChainFault(
            description: "Grafana's account may not ask its data sources",
            lab: { $0.fail(.grafanaDataSourceHealth, with: .status(403, #"{"message":"Access denied"}"#)) },
            expected: [.dashboard: Expected(.skipped, "datasources:query")]),
        ChainFault(
            description: "Grafana cannot ask its data sources",
            lab: { $0.fail(.grafanaDataSourceHealth, with: .status(501, "{}")) },
            expected: [.dashboard: Expected(.skipped, "no data source tells")]),
        ChainFault(
            description: "Grafana reaches no data source",
            lab: {
                $0.fail(
                    .grafanaDataSourceHealth, with: .status(400, #"{"message":"dial tcp: refused","status":"ERROR"}"#))
            },
            expected: [.dashboard: Expected(.failure, "Runbooks/dashboard-without-data.md")]),
    ]
}

/// A client whose answers are made here: nothing leaves the machine.
struct OneAnswer: HTTPClient {
    let answer: @Sendable (String) -> HTTPResponse

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { answer(request.url) }
}
