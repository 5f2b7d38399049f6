import Settings
import Telemetry
import TestSupport
import Testing

@Suite struct MetricQueryBuiltInTests {
    /// Prometheus' own parser over every query as it is sent.
    @Test func `every built-in query is PromQL`() async throws {
        var lines = ["groups:", "  - name: queries", "    rules:"]
        for query in MetricQuery.builtIn {
            let filled = query.parts.map { part in
                switch part {
                case .text(let text): text
                case .placeholder("interval"): "120s"
                case .placeholder: #"(?:a\\.b|c(-.*)?)"#
                }
            }.joined()
            lines += ["      - record: \(query.name)", "        expr: |", "          \(filled)"]
        }
        let folder = try TemporaryFolder()
        let path = try folder.write(lines.joined(separator: "\n") + "\n", to: "rules.yaml")
        let promtool = try ChildProcess("promtool", ["check", "rules", path])
        #expect(await promtool.exitCode() == 0, "\(promtool.text)")
        #expect(promtool.text.contains("\(MetricQuery.builtIn.count) rules found"), "\(promtool.text)")
    }

    @Test func `what is asked about pods, services or namespaces is narrowed down by them`() {
        let open = MetricQuery.builtIn.filter { $0.placeholders.subtracting([.interval]).isEmpty }.map(\.name)
        #expect(
            open == [
                "kube_node_info", "kube_node_status_condition", "kube_node_spec_taint", "kube_node_labels",
                "jenkins_queue_length", "jenkins_builds_waiting_for_executor",
            ])
        for query in MetricQuery.builtIn {
            let takesRate = ["rate(", "increase("].contains(where: query.promQL.contains)
            #expect(takesRate == query.placeholders.contains(.interval), "\(query.name)")
        }
    }
}
