/// Metrics that well-known exporters have, each with where it comes from: those that pages name and the project's own
/// configuration does not.
enum ExporterMetrics {
    static let names: Set<String> = [
        // node_exporter, collector filesystem.
        "node_filesystem_avail_bytes", "node_filesystem_size_bytes",
        // Jenkins: the plugin "Metrics" through "Prometheus metrics"; the plugin "OpenTelemetry" (JVM instrumentation).
        "vm_memory_heap_usage", "jvm_memory_used_bytes", "jvm_memory_limit_bytes",
        // CoreDNS, plugin metrics.
        "coredns_dns_responses_total", "coredns_dns_request_duration_seconds_bucket",
        // blackbox_exporter, probes over TLS; cert-manager's controller.
        "probe_ssl_earliest_cert_expiry", "certmanager_certificate_expiration_timestamp_seconds",
        // Tempo: metrics-generator, processor service-graphs; distributor.
        "traces_service_graph_request_total", "traces_service_graph_request_failed_total",
        "tempo_distributor_spans_received_total", "tempo_discarded_spans_total",
        // Loki: validation of what is pushed.
        "loki_discarded_samples_total",
        // OpenTelemetry Collector, internal telemetry.
        "otelcol_exporter_send_failed_spans_total", "otelcol_receiver_refused_spans_total",
    ]

    /// The words of a sentence's code that mean a metric, by the way that exporters name theirs.
    static func words(in code: String) -> [String] {
        let families = [
            "kube_", "container_", "node_", "kubelet_", "default_jenkins_", "vm_", "jvm_", "coredns_", "probe_",
            "certmanager_", "tempo_", "loki_", "otelcol_", "sabueso_", "traces_span", "traces_service",
        ]
        // `node_modules` is a folder.
        return code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { String($0) }.filter { word in
            families.contains { word.hasPrefix($0) } && word != "node_modules"
        }
    }
}
