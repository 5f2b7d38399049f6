import FoundationEssentials
import Telemetry

/// Writes a scenario as a case folder, in the forms that the tools of a cluster write: OTLP/JSON as the Collector's
/// file exporter, a push body of Loki, lists of kubectl.
package struct CaseWriter: Sendable {
    /// A file of the folder.
    package struct File: Hashable, Sendable {
        package let name: String
        package let text: String
    }

    private let scenario: Scenario

    package init(_ scenario: Scenario) { self.scenario = scenario }

    /// A source that was not fetched has no file.
    package var files: [File] {
        let evidence = scenario.evidence
        var files = [
            File(name: "case.yaml", text: description),
            File(name: "alert.json", text: String(decoding: scenario.webhookBody, as: UTF8.self)),
        ]
        if evidence.wasFetched(.traces) {
            let spans = OTLPForm.collector.resourceSpans(evidence.traces.flatMap(\.spans))
            // Down to the span: request, batches, batch, scopes, scope, spans.
            files.append(
                File(
                    name: "traces.json",
                    text: JSON.object([.init(name: "resourceSpans", value: spans)]).wrapped(depth: 6)))
        }
        if evidence.wasFetched(.logs) {
            files.append(File(name: "logs.json", text: Self.push(evidence.logs).wrapped(depth: 4)))
        }
        let lists: [(EvidenceSource, [JSON])] = [
            (.events, evidence.events.enumerated().map { KubernetesForm.event($1, number: $0, named: true) }),
            (.pods, evidence.pods.map { KubernetesForm.pod($0, named: true) }),
            (.nodes, evidence.nodes.map { KubernetesForm.node($0, named: true) }),
        ]
        for (source, items) in lists where evidence.wasFetched(source) {
            files.append(
                File(name: "\(source.rawValue).json", text: KubernetesForm.kubectlList(items).wrapped(depth: 2)))
        }
        if !evidence.workloads.isEmpty {
            let items = evidence.workloads.flatMap { KubernetesForm.workload($0, named: true).map(\.object) }
            files.append(File(name: "workloads.json", text: KubernetesForm.kubectlList(items).wrapped(depth: 2)))
        }
        if evidence.wasFetched(.metrics) {
            let answer = PrometheusForm.success("matrix", PrometheusForm.matrix(evidence.metrics))
            files.append(File(name: "metrics.json", text: answer.wrapped(depth: 3)))
        }
        return files.sorted { $0.name < $1.name }
    }

    /// Makes the folder where it is missing and replaces the files in it.
    package func write(to folder: String) throws { try Self.write(files, to: folder) }

    /// The same for files that are more than a case's.
    package static func write(_ files: [File], to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for file in files { try Data(file.text.utf8).write(to: URL(filePath: "\(folder)/\(file.name)")) }
    }

    // MARK: The files

    private var description: String {
        let evidence = scenario.evidence
        let scope = evidence.scope
        var lines = ["# \(scenario.title)", "alert: alert.json"]
        for (name, window) in [("window", evidence.window), ("baseline", evidence.baseline)] {
            lines.append("\(name): {start: \"\(window.start)\", end: \"\(window.end)\"}")
        }
        lines.append("scope:")
        let lists = [
            ("services", scope.services), ("namespaces", scope.namespaces), ("pods", scope.pods), ("jobs", scope.jobs),
        ]
        for (name, values) in lists where !values.isEmpty {
            lines.append("  \(name): [\(values.map { "\"\($0)\"" }.joined(separator: ", "))]")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One stream for each set of labels, in the order in which they first speak.
    private static func push(_ entries: [LogEntry]) -> JSON {
        var order: [[String: String]] = []
        var streams: [[String: String]: [JSON]] = [:]
        for entry in entries {
            if streams[entry.labels] == nil { order.append(entry.labels) }
            let value: [JSON] = [.string(String(entry.at.nanoseconds)), .string(entry.line)]
            streams[entry.labels, default: []].append(
                .array(entry.metadata.isEmpty ? value : value + [.texts(entry.metadata)]))
        }
        return [
            "streams": .array(order.map { ["stream": .texts($0), "values": .array(streams[$0] ?? [])] })
        ]
    }
}
