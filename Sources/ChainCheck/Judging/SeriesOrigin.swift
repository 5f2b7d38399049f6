/// What makes a metric, by its name: for the advice on one that is missing.
struct SeriesOrigin: Sendable {
    let prefix: String
    /// In words, for a list of what is missing.
    let exporter: String
    let advice: String
    /// What it tells of; nil of what is there wherever traces are.
    var platform: ChainPlan.Platform?
    /// Whether it is quiet when nobody builds or asks for anything: Tempo forgets a series 15 minutes after its last span
    /// (`metrics_generator_processor… stale_duration`).
    var comesWithTraffic = false

    static func of(_ name: String) -> SeriesOrigin? { all.first { name.hasPrefix($0.prefix) } }

    static func advice(for name: String) -> String {
        of(name)?.advice
            ?? (name.contains(":")
                ? "Load deploy/prometheus/rules.yaml, whose rule \(name) makes it."
                : "Is the exporter that has \(name) scraped?")
    }

    private static let jenkinsAdvice = "Install Jenkins' plugin Prometheus metrics, or send its OpenTelemetry metrics."

    private static let all: [SeriesOrigin] = [
        SeriesOrigin(
            prefix: "traces_total", exporter: "a recording rule",
            advice: "Nothing exports traces_total: load deploy/prometheus/traces_total.yaml, which records it."),
        SeriesOrigin(
            prefix: "traces_span", exporter: "Tempo's metrics-generator or the collector",
            advice:
                "Switch on Tempo's metrics-generator with span-metrics and remote write (deploy/tempo/values.yaml), or "
                + "the collector's spanmetrics connector (deploy/README.md).", comesWithTraffic: true),
        SeriesOrigin(
            prefix: "traces_service_graph", exporter: "Tempo's metrics-generator",
            advice: "Switch on Tempo's metrics-generator with service-graphs (deploy/tempo/values.yaml).",
            comesWithTraffic: true),
        SeriesOrigin(
            prefix: "kube_", exporter: "kube-state-metrics",
            advice: "Install kube-state-metrics and let Prometheus scrape it (deploy/prometheus/values.yaml).",
            platform: .kubernetes),
        SeriesOrigin(
            prefix: "container_", exporter: "cAdvisor",
            advice: "Let Prometheus scrape the kubelets' /metrics/cadvisor (deploy/prometheus/values.yaml).",
            platform: .kubernetes),
        SeriesOrigin(
            prefix: "kubelet_", exporter: "the kubelet",
            advice: "Let Prometheus scrape the kubelets (deploy/prometheus/values.yaml).", platform: .kubernetes),
        SeriesOrigin(prefix: "default_jenkins_", exporter: "Jenkins", advice: jenkinsAdvice, platform: .jenkins),
        SeriesOrigin(prefix: "jenkins_", exporter: "Jenkins", advice: jenkinsAdvice, platform: .jenkins),
        SeriesOrigin(
            prefix: "sabueso_", exporter: "Sabueso",
            advice: "Let Prometheus scrape Sabueso's /metrics: serviceMonitor.enabled in deploy/helm/sabueso."),
    ]
}

extension ChainPlan.Platform {
    /// Why nobody misses its series.
    var absence: String {
        switch self {
        case .kubernetes: "kubernetes is not configured"
        case .jenkins: "no playbook says jenkins: true"
        }
    }

    /// What to do if they are missed.
    var advice: String {
        switch self {
        case .kubernetes: "Where there is a cluster, give kubernetes.in_cluster, or a kubeconfig."
        case .jenkins: "Where there is a Jenkins, say jenkins: true in its playbook (Config/playbooks.yaml)."
        }
    }
}
