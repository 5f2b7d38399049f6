import ChainCheck
import Glibc
import HTTPTransport
import Lab
import Telemetry
import TestSupport

/// A chain in which all is well, at the machine's own time: the servers' clocks are real.
struct ChainCase: Sendable {
    let now: Timestamp
    var spans: [Span]
    var metrics: [MetricSeries]
    var hasLogs = true
    var logService = "jenkins-master"
    var traceIDsInLogs = true

    init() {
        var spec = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &spec)
        now = Timestamp(seconds: Int64(spec.tv_sec))
        let now = now
        spans = (1...3).flatMap { number in Self.build(number, at: now - .seconds(Int64(600 * number))) }
        metrics = ["traces_spanmetrics_calls_total", "kube_pod_info"].map {
            MetricSeries(name: $0, labels: [:], samples: [.init(at: now - .seconds(10), value: 1)])
        }
    }

    private static func build(_ number: Int, at end: Timestamp) -> [Span] {
        guard let id = TraceID(hex: String(repeating: "a\(number)", count: 16)),
            let root = SpanID(hex: String(repeating: "b\(number)", count: 8)),
            let step = SpanID(hex: String(repeating: "c\(number)", count: 8))
        else { return [] }
        let resource: Attributes = ["service.name": .string("jenkins-master")]
        return [
            Span(
                traceID: id, id: root, name: "BUILD shop", kind: .server, start: end - .seconds(60), end: end,
                resource: resource),
            Span(
                traceID: id, id: step, parentID: root, name: "sh", start: end - .seconds(50), end: end - .seconds(10),
                resource: resource),
        ]
    }

    /// What the recording rule wrote until so long ago.
    mutating func record(until age: Duration) {
        let samples = stride(from: 3600, to: age.components.seconds, by: -30).map {
            MetricSeries.Sample(at: now - .seconds(Int64($0)), value: 1)
        }
        metrics.append(MetricSeries(name: "service_name:requests_failed:rate5m", labels: [:], samples: samples))
    }

    /// What the service counted, five minutes ago.
    mutating func count(_ outcome: String) {
        let samples = (0..<20).map { MetricSeries.Sample(at: now - .seconds(1200 - 60 * $0), value: $0 < 15 ? 2 : 4) }
        metrics.append(
            MetricSeries(name: "sabueso_notifications_total", labels: ["outcome": outcome], samples: samples))
    }

    /// An hour ago.
    mutating func end(_ metric: String) {
        metrics = metrics.map { series in
            guard series.name == metric else { return series }
            return MetricSeries(
                name: metric, labels: series.labels,
                samples: series.samples.map { .init(at: $0.at - .seconds(3600), value: $0.value) })
        }
    }

    /// Of all builds but the newest.
    mutating func loseRoots() {
        let newest = spans.map(\.end).max()
        spans.removeAll { $0.parentID == nil && $0.end != newest }
    }

    var evidence: Evidence {
        let window = TimeWindow(start: now - .seconds(3600), end: now)
        let logs = (1...4).map { number in
            LogEntry(
                at: now - .seconds(Int64(100 * number)), line: "step \(number) done",
                labels: ["service_name": logService],
                metadata: traceIDsInLogs ? ["trace_id": String(repeating: "a1", count: 16)] : [:])
        }
        return Evidence(
            scope: Scope(), window: window, baseline: window, traces: Trace.grouping(spans), logs: hasLogs ? logs : [],
            events: [], pods: [], nodes: [], workloads: [], metrics: metrics, gaps: [])
    }

    func configuration() throws -> LabConfiguration {
        var configuration = LabConfiguration()
        configuration.now = now
        configuration.rules = [
            LabRule(
                name: "HighTraceErrorRate", expression: "service_name:requests_failed:rate5m > 0.1",
                labels: ["severity": "warning"]),
            LabRule(
                name: "service_name:requests_failed:rate5m",
                expression: "rate(traces_spanmetrics_calls_total[5m]) or rate(traces_span_metrics_calls_total[5m])",
                isRecording: true),
        ]
        configuration.alertmanagers = ["http://alertmanager:9093"]
        configuration.alertmanagerConfiguration = try Repository.text("deploy/alertmanager/alertmanager.yaml")
        configuration.dataSources = [
            LabDataSource(uid: "tempo", type: "tempo"), LabDataSource(uid: "loki", type: "loki"),
        ]
        configuration.dashboards = ["jenkins-tracing"]
        return configuration
    }

    func plan(_ address: LabAddress, _ loop: CurlEventLoop) -> ChainPlan {
        func client(_ authorization: HTTPAuthorization = .none) -> CurlClient {
            CurlClient(HTTPClientConfiguration(authorization: authorization, proxy: .direct), on: loop)
        }
        func server(_ url: String, _ authorization: HTTPAuthorization = .none) -> ChainPlan.Server {
            // Longer than any test on a busy machine.
            ChainPlan.Server(address: url, http: client(authorization), timeout: .seconds(60))
        }
        var plan = ChainPlan(openClient: client())
        plan.tempo = server(address.tempo)
        plan.loki = server(address.loki)
        plan.prometheus = server(address.prometheus)
        plan.kubernetes = server(address.kubernetes)
        plan.alertmanager = server(address.alertmanager)
        var grafana = ChainPlan.Grafana(server: server(address.grafana, .bearer(token: "lab")))
        grafana.hasCredentials = true
        grafana.dataSources = [("tempo", "tempo"), ("loki", "loki")]
        grafana.dashboard = "jenkins-tracing"
        plan.grafana = grafana
        plan.serviceLabels = ["service_name", "app"]
        plan.alerts = ["HighTraceErrorRate"]
        plan.queries = [MetricQuery("kube_pod_info", "kube_pod_info{pod=~\"$pod\"}")]
        (plan.intake.credentials, plan.intake.port) = (.bearer, 9096)
        plan.intake.publicURL = "http://sabueso.monitoring:9096"
        plan.journal = .init(place: "sabueso.sqlite") { .holds(openIncidents: 2, waiting: 1, givenUp: 0) }
        plan.receivers = ["on-call"]
        plan.chatTests = [.init(receiver: "on-call") { nil }]
        return plan
    }
}
