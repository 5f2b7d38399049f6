import HTTPTransport
import Lab
import Scenarios
import Telemetry
import TestSupport
import Testing

/// Metrics on their way from the configuration to the backend.
@Suite struct MetricsTests {
    @Test func `the configured queries are asked of the configured Prometheus, as its tenant`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        var evidence = scenario.evidence
        evidence.gaps = evidence.gaps.filter { $0.source != .metrics }
        var configuration = LabConfiguration()
        configuration.requiresTenant = true
        try await Stage.run(evidence, configuration: configuration) { stage in
            let folder = try TemporaryFolder()
            let payload = try folder.write(String(decoding: scenario.webhookBody, as: UTF8.self), to: "alert.json")
            let config = try folder.write(
                """
                prometheus:
                  url: \(stage.address.prometheus)
                  tenant: shop
                  queries:
                    - {name: up, query: up, measures: success}
                    - {name: pods, query: 'kube_pod_info{pod=~"$pod"}'}
                """, to: "sabueso.yaml")
            let replay = try ChildProcess(BuiltProgram.path(), ["replay", "--payload", payload, "--config", config])
            #expect(await replay.exitCode() == 0, "\(replay.text)")
            // The two, what else fired, and the rule's own expression.
            #expect(stage.lab.requestCount(.prometheusQueryRange) == 4, "\(replay.text)")
            #expect(!replay.text.contains("no org id"), "\(replay.text)")
        }
    }
}
