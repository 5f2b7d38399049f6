/// Under which names this Loki keeps what a scope asks for. Of several candidates all are asked.
package struct LogFieldMapping: Hashable, Sendable {
    /// How a line carries the id of its trace.
    package enum TraceIDPlace: Hashable, Sendable {
        /// In structured metadata of this name; the line's text is searched as well, because few deployments have it
        /// everywhere.
        case metadata(name: String)
        /// Anywhere in the line, which includes the fields of lines that are JSON.
        case text
    }

    package var service: [String]
    package var namespace: [String]
    package var pod: [String]
    package var traceID: TraceIDPlace

    /// - Parameter service: `service_name` is Loki 3's own, `app` and `job` are Promtail's.
    package init(
        service: [String] = ["service_name", "app", "job"], namespace: [String] = ["namespace", "k8s_namespace_name"],
        pod: [String] = ["pod", "k8s_pod_name"], traceID: TraceIDPlace = .metadata(name: "trace_id")
    ) {
        self.service = service
        self.namespace = namespace
        self.pod = pod
        self.traceID = traceID
    }
}
