import HTTPTransport
import Lab
import Scenarios
import TestSupport
import Testing

/// `sabueso check --online` with a real Prometheus and a real Alertmanager, beside the lab's Tempo and Loki.
@Suite struct OnlineCheckTests {
    private static func configuration(_ stage: Stage, prometheus: Int, more: String = "") -> String {
        """
        tempo: {url: "\(stage.address.tempo)"}
        loki: {url: "\(stage.address.loki)"}
        kubernetes: {url: "\(stage.address.kubernetes)"}
        prometheus: {url: "http://127.0.0.1:\(prometheus)", queries: [{name: up, query: up}]}
        playbooks: [playbooks.yaml]
        receivers:
          - {name: on-call, slack: {webhook_url_file: slack}}
        \(more)
        """
    }

    @Test func `a real Prometheus and a real Alertmanager are found to be well, or not, and why`() async throws {
        let scenario = try #require(Scenario.named("no-traces"))
        try await Stage.run(scenario.evidence) { stage in
            let port = try FreePort.pick()
            let alertmanager = try AlertmanagerServer(webhookPort: port, bearerToken: "token")
            let prometheus = try PrometheusServer(
                alertmanagerPort: alertmanager.port, alertName: "JenkinsJobTraceFailure",
                labels: ["severity": "critical"])
            defer {
                alertmanager.terminate()
                prometheus.terminate()
            }
            // Both run, know of each other, and have something to tell.
            let base = "http://127.0.0.1:\(prometheus.port)/api/v1"
            for (url, words) in [
                ("\(base)/alertmanagers", ":\(alertmanager.port)/api/v2/alerts"),
                ("\(base)/query?query=up", "\"value\""),
                ("\(base)/rules", "\"health\":\"ok\""), ("http://127.0.0.1:\(alertmanager.port)/-/ready", "OK"),
            ] {
                _ = try await eventually("\(url) has \(words)") { () -> Bool? in
                    let answer = try? await stage.http.send(HTTPRequest(url: url))
                    return answer?.text.contains(words) == true ? true : nil
                }
            }
            let folder = try TemporaryFolder()
            try folder.write(stage.address.slackWebhook, to: "slack")
            try folder.write(
                "playbooks: [{name: builds, match: {alertname: JenkinsJobTraceFailure}}]", to: "playbooks.yaml")
            try folder.write("token", to: "token")
            let demand = "authorization: {bearer_file: token}"
            let config = try folder.write(
                Self.configuration(
                    stage, prometheus: prometheus.port,
                    more: "server: {port: \(port), public_url: \"http://127.0.0.1:\(port)\", \(demand)}"),
                to: "sabueso.yaml")
            let check = try ChildProcess(
                BuiltProgram.path(), ["check", "--online", "--config", config, "--send-test", "on-call"])
            // The scenario has no traces of now, which is a failure.
            #expect(await check.exitCode() == 1)
            let lines = check.text.split(separator: "\n").map(String.init)
            func line(_ statement: String) -> String { lines.first { $0.contains(statement) } ?? "" }
            let where_ = "http://127.0.0.1:\(alertmanager.port)"
            #expect(line("Prometheus answers").hasPrefix("ok "), "\(check.text)")
            #expect(
                line("The series of the alerts exist").hasSuffix("JenkinsJobTraceFailure can fire"), "\(check.text)")
            #expect(line("The series of the queries exist").hasPrefix("ok "), "\(check.text)")
            #expect(line("Prometheus tells Alertmanager").hasSuffix(": \(where_)"), "\(check.text)")
            #expect(line("Alertmanager answers (\(where_))").hasPrefix("ok "), "\(check.text)")
            #expect(
                line("Alertmanager tells Sabueso").hasSuffix(
                    "receiver sabueso (127.0.0.1:\(port)) gets JenkinsJobTraceFailure"), "\(check.text)")
            #expect(line("The clocks agree").hasPrefix("ok "), "\(check.text)")
            #expect(line("The chat takes messages (on-call)").hasPrefix("ok "), "\(check.text)")
            #expect(line("No traces appear").hasPrefix("FAILED "), "\(check.text)")

            // Nobody listens at the webhook's address, and the configuration does not say whose it is.
            let another = try folder.write(
                Self.configuration(stage, prometheus: prometheus.port, more: "server: {port: \(port), \(demand)}"),
                to: "another.yaml")
            let untold = try ChildProcess(BuiltProgram.path(), ["check", "--online", "--config", another])
            _ = await untold.exitCode()
            #expect(
                untold.text.contains("warning  Does Alertmanager tell Sabueso? (\(where_)): receiver sabueso"),
                "\(untold.text)")
            // The service demands what Alertmanager does not send.
            try folder.write(
                Self.configuration(
                    stage, prometheus: prometheus.port,
                    more: "server: {authorization: {basic: {username: am, password_file: token}}}"),
                to: "another.yaml")
            let refused = try ChildProcess(BuiltProgram.path(), ["check", "--online", "--config", another])
            #expect(await refused.exitCode() == 1)
            #expect(
                refused.text.contains("(127.0.0.1:\(port)) sends a bearer token, and Sabueso answers 401"),
                "\(refused.text)")

            // An alert whose rule nobody has loaded.
            try folder.write("playbooks: [{name: ours, match: {alertname: Ours}}]", to: "playbooks.yaml")
            let other = try ChildProcess(
                BuiltProgram.path(), ["check", "--online", "--config", config, "--format", "json"])
            #expect(await other.exitCode() == 1)
            let json = try #require(JSON(parsing: other.text.utf8), "\(other.text)")
            #expect(json["schema"] == "sabueso/check/v1" && json["ok"] == false)
            let checks = try #require(json["checks"]?.elements)
            let series = try #require(checks.first { $0["check"] == "alert-series" })
            #expect(series["verdict"] == "failure" && series["statement"] == "Series of the alerts are missing")
            #expect(series["advice"]?.text?.contains("deploy/prometheus/rules.yaml") == true)
            #expect(checks.first { $0["check"] == "chat" }?["verdict"] == "skipped")
            #expect(stage.lab.requestCount(.slack) == 1)
        }
    }
}
