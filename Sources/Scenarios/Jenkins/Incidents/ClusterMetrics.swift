import Telemetry

extension JenkinsWorld {
    /// What kube-state-metrics would have: pods with their nodes, spot nodes, and nodes that are not ready.
    mutating func addClusterMetrics() {
        for build in builds where !build.agent.node.isEmpty && build.pod.reached == .started {
            addSamples(
                "kube_pod_info", ["namespace": namespace, "pod": build.agent.name, "node": build.agent.node],
                from: build.start + .seconds(2), to: min(build.end, window.end))
        }
        for node in nodes where node.isSpot {
            let end = node.isGone ? (node.closedFrom ?? window.end) + .seconds(60) : window.end
            var labels = ["node": node.name]
            switch cloud {
            case .aks: labels["label_kubernetes_azure_com_scalesetpriority"] = "spot"
            case .eks: labels["label_eks_amazonaws_com_capacity_type"] = "SPOT"
            case .gke: labels["label_cloud_google_com_gke_spot"] = "true"
            }
            addSamples("kube_node_labels", labels, from: node.openFrom ?? baseline.start, to: end)
        }
        for node in nodes {
            for condition in node.conditions + [node.ready] {
                let isBad = condition.type == "Ready" ? condition.status != "True" : condition.status == "True"
                guard isBad, let since = condition.since else { continue }
                addSamples(
                    "kube_node_status_condition",
                    ["node": node.name, "condition": condition.type, "status": condition.status.lowercased()],
                    from: since, to: node.isGone ? since + .seconds(90) : window.end)
            }
        }
    }

    /// The value 1 every fifteen seconds while something is there.
    private mutating func addSamples(
        _ name: String, _ labels: [String: String], from start: Timestamp, to end: Timestamp
    ) {
        let interval: Int64 = name == "kube_node_labels" ? 120 : 15
        var samples: [MetricSeries.Sample] = []
        var at = max(Timestamp(seconds: start.seconds / interval * interval + interval), baseline.start)
        while at <= end {
            samples.append(.init(at: at, value: 1))
            at = at + .seconds(interval)
        }
        if !samples.isEmpty { metrics.append(MetricSeries(name: name, labels: labels, samples: samples)) }
    }
}
