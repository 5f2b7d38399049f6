import HTTPTransport
import Telemetry
import TestSupport
import Testing

@testable import Backends

/// The client against the Prometheus that is installed, which scrapes itself.
@Suite struct RealPrometheusTests {
    private struct Server {
        let baseURL: String
        let process: ChildProcess
        private let folder: TemporaryFolder

        init() throws {
            let port = try FreePort.pick()
            folder = try TemporaryFolder()
            try folder.write(
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs:
                  - {job_name: self, static_configs: [{targets: ["127.0.0.1:\(port)"]}]}
                  - {job_name: nobody, static_configs: [{targets: ["127.0.0.1:\(port)"]}], metrics_path: /nowhere}
                """, to: "prometheus.yml")
            try folder.write(
                """
                groups:
                  - name: test
                    rules:
                      - {alert: TargetDown, expr: up == 0, labels: {severity: critical}}
                """, to: "rules.yml")
            baseURL = "http://127.0.0.1:\(port)"
            process = try ChildProcess(
                "prometheus",
                [
                    "--config.file=\(folder.path("prometheus.yml"))", "--storage.tsdb.path=\(folder.path("data"))",
                    "--web.listen-address=127.0.0.1:\(port)",
                ])
        }
    }

    /// The last minutes, until now.
    private func recent() throws -> MetricRange {
        let window = TimeWindow(start: .now - .seconds(300), end: .now + .seconds(1))
        return try #require(MetricRange(baseline: window, window: window, minimumStep: .seconds(1)))
    }

    @Test func `ranges, rules, alerts and refusals are read as a real Prometheus writes them`() async throws {
        let server = try Server()
        defer { server.process.terminate() }
        let http = CurlClient(HTTPClientConfiguration(proxy: .direct))
        let client = PrometheusClient(http: http, baseURL: server.baseURL, deadline: .seconds(10))

        // Both targets have been scraped, and the rule has seen the one that is down.
        let (up, alerts) = try await eventually("an alert fires; Prometheus said:\n\(server.process.text)") {
            let range = try recent()
            guard let up = try? await client.series("up", named: nil, over: range, limit: 10), up.series.count == 2,
                let alerts = try? await client.series(
                    #"ALERTS{alertstate="firing"}"#, named: "ALERTS", over: range, limit: 10), !alerts.series.isEmpty
            else { return nil as (MetricAnswer, MetricAnswer)? }
            return (up, alerts)
        }
        let range = try recent()
        #expect(alerts.series.map { $0.labels["alertname"] } == ["TargetDown"])
        #expect(up.series.map(\.name) == ["up", "up"])
        #expect(up.series.map { $0.labels["job"] } == ["nobody", "self"])
        #expect(up.series[0].samples.last?.value == 0)
        #expect(up.series[1].samples.last?.value == 1)
        let step = range.step.components.seconds
        #expect(up.series[1].samples.allSatisfy { $0.at == Timestamp(seconds: $0.at.seconds / step * step) })
        let odd = try await client.series("vector(0) / 0", named: "odd", over: range, limit: 10)
        #expect(odd.series.map(\.name) == ["odd"])
        #expect(odd.series[0].samples.count >= 50 && odd.series[0].samples.allSatisfy(\.value.isNaN))

        #expect(try await client.expression(ofAlert: "TargetDown") == "up == 0")
        #expect(try await client.expression(ofAlert: "Nothing") == nil)

        for (promQL, status, words) in [
            ("up{", 400, "parse error"), ("up * on() group_left() up", 422, "many-to-many"),
        ] {
            let error = await #expect(throws: BackendError.self) {
                try await client.series(promQL, named: nil, over: range, limit: 10)
            }
            guard case .refused(_, status, let reason, _) = error else {
                Issue.record("\(promQL): \(String(describing: error))")
                continue
            }
            #expect(reason.contains(words))
        }
        try await expectNoNameToChangeAQuery(client, range)
        await http.shutdown()
        await server.process.stop()
    }

    /// A long query in a body, with every kind of name that could leave its literal.
    private func expectNoNameToChangeAQuery(_ client: PrometheusClient, _ range: MetricRange) async throws {
        let hostile = [
            "a\"} or up{job=\"self", "a\\", "a\\\"", "(", "[", "a|.*", ".*", "a\nb\r\t\u{0}\u{7F}\u{2028}", "$pod", "`",
            "'", "#", "\u{FEFF}", "ünï 🐕", String(repeating: "(", count: 3000),
        ]
        let query = MetricQuery("q", #"up{job=~"$service", instance!~"x"}"#)
        for names in hostile.map({ [$0] }) + [hostile] {
            let promQL = try #require(query.filled(with: MetricNames(services: names), rateWindow: .seconds(60)))
            #expect(try await client.series(promQL, named: nil, over: range, limit: 10).series == [], "\(names)")
        }
        let plain = try #require(
            query.filled(with: MetricNames(services: hostile + ["self"]), rateWindow: .seconds(60)))
        #expect(try await client.series(plain, named: nil, over: range, limit: 10).series.count == 1)
    }
}
