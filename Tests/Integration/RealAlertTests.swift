import HTTPTransport
import Lab
import Scenarios
import Telemetry
import TestSupport
import Testing

/// A real Prometheus fires, a real Alertmanager posts, and people get to read.
@Suite(.serialized) struct RealAlertTests {
    private static let alertName = "JenkinsJobTraceFailure"
    private static let labels = ["service_name": "jenkins-master", "severity": "critical"]

    @Test func `an alert that Prometheus fires is explained in Slack and Teams, and its end is told`() async throws {
        // The incident of the scenario, moved to now: Prometheus gives its alerts the time of the machine.
        let scenario = try #require(Scenario.named("spot-eviction", alertedAt: .now))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            let serve = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address)
            defer { serve.terminate() }
            try await serve.isReady(stage.http)
            let alertmanager = try AlertmanagerServer(webhookPort: serve.port, bearerToken: ServeProcess.bearerToken)
            defer { alertmanager.terminate() }
            let prometheus = try PrometheusServer(
                alertmanagerPort: alertmanager.port, alertName: Self.alertName, labels: Self.labels)
            defer { prometheus.terminate() }

            let told = try await stage.messages(1...2)
            let slack = try #require(told[.slack], "\(serve.log)")
            #expect(slack.contains("was preempted"))
            #expect(slack.contains("payments/main"))
            #expect(slack.contains(Self.alertName))
            let teams = try #require(told[.teams])
            #expect(teams.contains("AdaptiveCard") && teams.contains("was preempted"))

            try await prometheus.quieten(stage.http)
            let over = try await stage.messages(3...4)
            #expect(try #require(over[.slack]).contains("Over after"))
            #expect(try #require(over[.teams]).contains("Over after"))
            #expect(try await serve.page("/metrics", stage.http).contains("sabueso_incidents_open 0"))
        }
    }

    @Test func `an alert that fired while the service was down arrives when it is back`() async throws {
        let scenario = try #require(Scenario.named("spot-eviction", alertedAt: .now))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            let port = try FreePort.pick()
            let alertmanager = try AlertmanagerServer(webhookPort: port, bearerToken: ServeProcess.bearerToken)
            defer { alertmanager.terminate() }
            let prometheus = try PrometheusServer(
                alertmanagerPort: alertmanager.port, alertName: Self.alertName, labels: Self.labels)
            defer { prometheus.terminate() }
            // A whole flush has been retried in vain: from now on only the next flush can bring it.
            _ = try await eventually("Alertmanager gives up a flush; it said:\n\(alertmanager.log)") {
                let failed = await alertmanager.metric("alertmanager_notifications_failed_total", stage.http)
                return failed.flatMap { $0 >= 1 ? true : nil }
            }
            let serve = try ServeProcess(port: port, folder: folder, lab: stage.address)
            defer { serve.terminate() }
            let told = try await stage.messages(1...2)
            #expect(try #require(told[.slack]).contains("was preempted"), "\(serve.log)")
        }
    }
}
