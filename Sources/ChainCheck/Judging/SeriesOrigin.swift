/// What makes a metric, by its name: for the advice on one that is missing.
enum SeriesOrigin {
    static func advice(for name: String) -> String {
        origins.first { name.hasPrefix($0.prefix) }?.advice
            ?? (name.contains(":")
                ? "Load deploy/prometheus/rules.yaml, whose rule \(name) makes it."
                : "Is the exporter that has \(name) scraped?")
    }

    /// In words, for a list of what is missing.
    static func exporter(of name: String) -> String? { origins.first { name.hasPrefix($0.prefix) }?.exporter }

    private static let origins: [(prefix: String, exporter: String, advice: String)] = [
        (
            "traces_total", "a recording rule",
            "Nothing exports traces_total: load deploy/prometheus/traces_total.yaml, which records it."
        ),
        (
            "traces_span", "Tempo's metrics-generator or the collector",
            "Switch on Tempo's metrics-generator with span-metrics and remote write (deploy/tempo/values.yaml), or the "
                + "collector's spanmetrics connector (deploy/README.md)."
        ),
        (
            "traces_service_graph", "Tempo's metrics-generator",
            "Switch on Tempo's metrics-generator with service-graphs (deploy/tempo/values.yaml)."
        ),
        (
            "kube_", "kube-state-metrics",
            "Install kube-state-metrics and let Prometheus scrape it (deploy/prometheus/values.yaml)."
        ),
        (
            "container_", "cAdvisor",
            "Let Prometheus scrape the kubelets' /metrics/cadvisor (deploy/prometheus/values.yaml)."
        ),
        ("kubelet_", "the kubelet", "Let Prometheus scrape the kubelets (deploy/prometheus/values.yaml)."),
        (
            "default_jenkins_", "Jenkins",
            "Install Jenkins' plugin Prometheus metrics, or send its OpenTelemetry metrics."
        ),
        ("jenkins_", "Jenkins", "Install Jenkins' plugin Prometheus metrics, or send its OpenTelemetry metrics."),
        (
            "sabueso_", "Sabueso",
            "Let Prometheus scrape Sabueso's /metrics: serviceMonitor.enabled in deploy/helm/sabueso."
        ),
    ]
}
