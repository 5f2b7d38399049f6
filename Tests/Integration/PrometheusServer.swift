import HTTPTransport
import TestSupport

/// A real Prometheus on loopback with one rule, which fires once Alertmanager is known to it.
///
/// An alert that fires before the discovery has run would reach Alertmanager about a minute late, so the rule looks at
/// Prometheus' own count of discovered Alertmanagers, which it scrapes from itself.
struct PrometheusServer: Sendable {
    let port: Int
    private let folder: TemporaryFolder
    private let process: ChildProcess

    init(alertmanagerPort: Int, alertName: String, labels: [String: String]) throws {
        port = try FreePort.pick()
        folder = try TemporaryFolder()
        try folder.write(
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yml]
            scrape_configs:
              - {job_name: prometheus, static_configs: [{targets: ["127.0.0.1:\(port)"]}]}
            alerting:
              alertmanagers:
                - {static_configs: [{targets: ["127.0.0.1:\(alertmanagerPort)"]}]}
            """, to: "prometheus.yml")
        rulesOfFiring = Self.rules(alertName: alertName, labels: labels, threshold: 0)
        rulesOfQuiet = Self.rules(alertName: alertName, labels: labels, threshold: 1_000)
        try folder.write(rulesOfFiring, to: "rules.yml")
        process = try ChildProcess(
            "prometheus",
            [
                "--config.file=\(folder.path("prometheus.yml"))", "--storage.tsdb.path=\(folder.path("data"))",
                "--web.listen-address=127.0.0.1:\(port)", "--web.enable-lifecycle",
                // Alertmanager would otherwise end an alert by itself; 1 s keeps the resolution within a test's patience.
                "--rules.alert.resend-delay=1s",
            ])
    }

    /// Makes the alert's condition false and has the rules read again.
    func quieten(_ http: any HTTPClient) async throws {
        try folder.write(rulesOfQuiet, to: "rules.yml")
        let answer = try await http.send(HTTPRequest(method: "POST", url: "http://127.0.0.1:\(port)/-/reload"))
        guard answer.status == 200 else { throw TestFailure("reload: \(answer.text)") }
    }

    func terminate() { process.terminate() }

    /// What it printed, for a test that fails.
    var log: String { process.text }

    private let rulesOfFiring: String
    private let rulesOfQuiet: String

    private static func rules(alertName: String, labels: [String: String], threshold: Int) -> String {
        let labels = labels.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        return """
            groups:
              - name: test
                rules:
                  - alert: \(alertName)
                    expr: prometheus_notifications_alertmanagers_discovered{job="prometheus"} > \(threshold)
                    labels: {\(labels)}
                    annotations: {summary: "more than 3 builds failed"}
            """
    }
}
