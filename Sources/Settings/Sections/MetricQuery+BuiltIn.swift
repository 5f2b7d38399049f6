package import Telemetry

extension MetricQuery {
    /// What is asked for unless the configuration says otherwise: the same as in `Config/sabueso.yaml`.
    ///
    /// The names are those of cAdvisor, the kubelet, kube-state-metrics 2, Jenkins' plugins "Prometheus metrics" and
    /// "OpenTelemetry", Tempo's metrics-generator and the collector's spanmetrics connector. What a cluster does not
    /// have costs a query without series.
    package static let builtIn: [MetricQuery] = containers + cluster + jenkins + spans

    /// Containers only: cAdvisor has series for the pod and for its cgroups' parents as well.
    private static let ofContainers = #"namespace=~"$namespace", pod=~"$pod", container!="", container!="POD""#
    private static let ofPods = #"namespace=~"$namespace", pod=~"$pod""#

    private static let containers = [
        MetricQuery(
            "pod_cpu_cores",
            "sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{\(ofContainers)}[$interval]))",
            measures: .cpu),
        MetricQuery(
            "pod_cpu_throttled_share",
            "sum by (namespace, pod) (increase(container_cpu_cfs_throttled_periods_total{\(ofContainers)}[$interval])) / "
                + "(sum by (namespace, pod) (increase(container_cpu_cfs_periods_total{\(ofContainers)}[$interval])) > 0)",
            measures: .throttling),
        MetricQuery(
            "pod_memory_bytes",
            "sum by (namespace, pod) (container_memory_working_set_bytes{\(ofContainers)})", measures: .memory),
        MetricQuery(
            "volume_used_share",
            "max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{namespace=~\"$namespace\"} / "
                + "kubelet_volume_stats_capacity_bytes{namespace=~\"$namespace\"})"),
    ]

    private static let cluster = [
        MetricQuery(
            "pod_cpu_share_of_limit",
            "sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{\(ofContainers)}[$interval])) / "
                + "(sum by (namespace, pod) (kube_pod_container_resource_limits{\(ofPods), resource=\"cpu\"}) > 0)",
            measures: .cpu),
        MetricQuery(
            "container_memory_share_of_limit",
            "max by (namespace, pod, container) (container_memory_working_set_bytes{\(ofContainers)}) / "
                + "(max by (namespace, pod, container) "
                + "(kube_pod_container_resource_limits{\(ofPods), resource=\"memory\"}) > 0)",
            measures: .memory),
        MetricQuery(
            "container_restarts",
            "max by (namespace, pod, container) (kube_pod_container_status_restarts_total{\(ofPods)})",
            measures: .restarts),
        // Those that are true; the metric has a series for each reason that there could be.
        MetricQuery(
            "kube_pod_container_status_last_terminated_reason",
            "max by (namespace, pod, container, reason) "
                + "(kube_pod_container_status_last_terminated_reason{\(ofPods)} == 1)"),
        // Of containers that do not start again, as those of agents.
        MetricQuery(
            "kube_pod_container_status_terminated_reason",
            "max by (namespace, pod, container, reason) "
                + "(kube_pod_container_status_terminated_reason{\(ofPods)} == 1)"),
        // There only while the scheduler finds no node for the pod.
        MetricQuery(
            "kube_pod_status_unschedulable", "max by (namespace, pod) (kube_pod_status_unschedulable{\(ofPods)} == 1)"),
        MetricQuery("kube_pod_info", "max by (namespace, pod, node) (kube_pod_info{\(ofPods), node!=\"\"})"),
        // Where its samples end, the node is gone.
        MetricQuery("kube_node_info", "max by (node, provider_id) (kube_node_info)"),
        // Conditions as they should not be: not ready, or under pressure, or about to be taken back.
        MetricQuery(
            "kube_node_status_condition",
            #"max by (node, condition, status) (kube_node_status_condition{condition="Ready", status!="true"} == 1 "#
                + #"or kube_node_status_condition{condition!="Ready", status="true"} == 1)"#),
        MetricQuery(
            "kube_node_spec_taint", "max by (node, key, value, effect) (kube_node_spec_taint)"),
        // Spot nodes of AKS, EKS, Karpenter and GKE; labels are there when --metric-labels-allowlist has them.
        MetricQuery(
            "kube_node_labels",
            #"kube_node_labels{label_kubernetes_azure_com_scalesetpriority="spot"} "#
                + #"or kube_node_labels{label_eks_amazonaws_com_capacity_type="SPOT"} "#
                + #"or kube_node_labels{label_karpenter_sh_capacity_type="spot"} "#
                + #"or kube_node_labels{label_cloud_google_com_gke_spot="true"}"#),
    ]

    private static let jenkins = [
        MetricQuery(
            "jenkins_queue_length",
            "max by (instance) (jenkins_queue_size_value) or sum by (instance) (jenkins_queue_count)",
            measures: .queue),
        MetricQuery(
            "jenkins_builds_waiting_for_executor",
            "max by (label) (default_jenkins_executors_queue_length) or sum by (label) (jenkins_executor_queue)",
            measures: .queue),
    ]

    /// Entry spans only: a request that passes through ten inner spans is one request.
    private static let entries = #"span_kind=~"SPAN_KIND_(SERVER|CONSUMER)""#
    private static let failed = #", status_code="STATUS_CODE_ERROR""#

    private static let spans = [
        MetricQuery("service_requests_per_second", calls(""), measures: .traffic),
        MetricQuery("service_failed_requests_per_second", calls(failed), measures: .errors),
        MetricQuery(
            "service_latency_p90_seconds",
            "histogram_quantile(0.9, sum by (service, le) "
                + "(rate(traces_spanmetrics_latency_bucket{service=~\"$service\", \(entries)}[$interval]))) or "
                + "histogram_quantile(0.9, sum by (service, le) (label_replace("
                + "rate(traces_span_metrics_duration_milliseconds_bucket{service_name=~\"$service\", \(entries)}[$interval]), "
                + "\"service\", \"$1\", \"service_name\", \"(.+)\"))) / 1000",
            measures: .latency),
    ]

    /// Calls a second by service: as Tempo counts them, or else the collector.
    private static func calls(_ condition: String) -> String {
        "sum by (service) (rate(traces_spanmetrics_calls_total{service=~\"$service\", \(entries)\(condition)}[$interval])) "
            + "or sum by (service) (label_replace("
            + "rate(traces_span_metrics_calls_total{service_name=~\"$service\", \(entries)\(condition)}[$interval]), "
            + "\"service\", \"$1\", \"service_name\", \"(.+)\"))"
    }
}
