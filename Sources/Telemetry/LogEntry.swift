/// One line of a log, with where it came from.
package struct LogEntry: Hashable, Sendable {
    package let at: Timestamp
    package let line: String
    /// The stream's labels, as in Loki; shared by all lines of the stream.
    package let labels: [String: String]
    /// Structured metadata, and what the reader found in the line itself: `trace_id` and `span_id` above all, which many
    /// shippers leave in the text.
    package let metadata: [String: String]

    package init(at: Timestamp, line: String, labels: [String: String] = [:], metadata: [String: String] = [:]) {
        self.at = at
        self.line = line
        self.labels = labels
        self.metadata = metadata
    }

    /// The value of the first of these names that has one, in the metadata and then in the labels.
    package func value(of names: String...) -> String? {
        for name in names {
            if let value = metadata[name] ?? labels[name], !value.isEmpty { return value }
        }
        return nil
    }

    package var traceID: TraceID? {
        value(of: "trace_id", "traceid", "traceID", "TraceID", "traceId").flatMap { TraceID(hex: $0) }
    }

    package var spanID: SpanID? {
        value(of: "span_id", "spanid", "spanID", "SpanID", "spanId").flatMap { SpanID(hex: $0) }
    }

    package var service: String? { value(of: "service_name", "service", "app", "app_kubernetes_io_name") }

    package var pod: String? { value(of: "pod", "k8s_pod_name", "pod_name") }

    package var node: String? { value(of: "node_name", "node", "k8s_node_name") }

    package var namespace: String? { value(of: "namespace", "k8s_namespace_name") }

    /// Loki's own guess or the shipper's label, in lower case: `error`, `warn`, `info`…
    package var level: String? { value(of: "level", "severity", "detected_level", "severity_text")?.lowercased() }
}
