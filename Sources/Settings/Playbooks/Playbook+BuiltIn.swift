extension Playbook {
    /// The playbooks of a service without a configuration: the same as in `Config/playbooks.yaml`.
    package static let builtIn: [Playbook] = [.highTraceErrorRate, .jenkinsJobTraceFailure, .anything]

    /// For the rule of that name in `deploy/prometheus`: a service fails more than it should.
    private static var highTraceErrorRate: Playbook {
        var playbook = Playbook(name: "HighTraceErrorRate")
        playbook.match.alertNames = ["HighTraceErrorRate"]
        playbook.scope.services = Source(labels: ["service_name", "service"])
        playbook.scope.namespaces = Source(labels: namespaceLabels)
        playbook.scope.pods = Source(labels: podLabels)
        return playbook
    }

    /// For the rules about builds: they fail, lose their agent, or are slow. They run long, and their root span comes when
    /// they end.
    private static var jenkinsJobTraceFailure: Playbook {
        var playbook = Playbook(name: "JenkinsJobTraceFailure")
        playbook.match.alertNames = ["JenkinsJobTraceFailure", "SpotAgentLost", "JenkinsBuildsSlow"]
        playbook.scope.services = Source(labels: ["service_name", "service"])
        playbook.scope.namespaces = Source(labels: namespaceLabels)
        playbook.scope.pods = Source(labels: podLabels)
        playbook.scope.jobs = Source(labels: jobLabels)
        playbook.windows.before = .seconds(1800)
        playbook.windows.baseline = .seconds(7200)
        playbook.isJenkins = true
        return playbook
    }

    /// For every other alert: makes the most of the labels that are usual.
    package static let anything: Playbook = {
        var playbook = Playbook(name: "default")
        playbook.scope.services = Source(
            labels: ["service_name", "exported_service", "service", "app", "app_kubernetes_io_name"],
            lastResort: ["exported_job", "job"], except: exporters)
        playbook.scope.namespaces = Source(labels: namespaceLabels)
        playbook.scope.pods = Source(labels: podLabels)
        playbook.scope.jobs = Source(labels: jobLabels)
        return playbook
    }()

    /// Prometheus renames a series' own label to `exported_…` when it collides with the scraped target's.
    private static let namespaceLabels = ["exported_namespace", "k8s_namespace_name", "namespace"]
    private static let podLabels = ["exported_pod", "k8s_pod_name", "pod"]
    /// Prometheus' `job` is missing on purpose: it is the scrape job, never a job of Jenkins.
    private static let jobLabels = ["jenkins_job", "ci_pipeline_id"]
    /// Their names on a series say who measured, not who is ill.
    private static let exporters = [
        "*kube-state-metrics*", "*node-exporter*", "*cadvisor*", "*blackbox*", "*pushgateway*", "*otel-collector*",
        "*opentelemetry-collector*", "kubelet", "kubernetes-*",
    ]
}
