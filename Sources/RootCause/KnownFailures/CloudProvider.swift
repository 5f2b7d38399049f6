import Signatures
import Telemetry

/// Whose managed Kubernetes it is, by what its nodes and its telemetry say.
enum CloudProvider {
    /// nil when nothing says it, and when the evidence is of clusters in more than one cloud: then it is not known of which
    /// of them a line or event is.
    static func of(_ surroundings: Surroundings) -> Signature.Provider? {
        var found = surroundings.cluster.series.clouds
        for node in surroundings.cluster.nodes.values {
            found.formUnion(of(providerID: node.providerID).map { [$0] } ?? of(labels: node.labels))
        }
        for place in surroundings.spans.places {
            if let cloud = place.cloud.flatMap(of(resource:)) { found.insert(cloud) }
        }
        return found.count == 1 ? found.first : nil
    }

    /// By the labels of a node, or of a series about it, where kube-state-metrics writes `label_` before the name and
    /// replaces what Prometheus does not allow in it.
    static func of(labels: [String: String]) -> Set<Signature.Provider> {
        Set(labels.keys.compactMap { name in labelPrefixes.first { name.hasPrefix($0.prefix) }?.provider })
    }

    /// `azure:///subscriptions/…`, `aws:///eu-west-1a/i-0f…`, `gce://project/zone/name`: the node's `spec.providerID`.
    static func of(providerID: String) -> Signature.Provider? {
        guard let end = providerID.firstRange(of: "://") else { return nil }
        return switch providerID[..<end.lowerBound] {
        case "azure": .aks
        case "aws": .eks
        case "gce": .gke
        default: nil
        }
    }

    /// By the value of `cloud.provider` or `cloud.platform`:
    /// https://opentelemetry.io/docs/specs/semconv/resource/cloud/.
    private static func of(resource value: String) -> Signature.Provider? {
        switch value {
        case "azure", "azure_aks", "azure.aks": .aks
        case "aws", "aws_eks": .eks
        case "gcp", "gcp_kubernetes_engine": .gke
        default: nil
        }
    }

    private static let labelPrefixes: [(prefix: String, provider: Signature.Provider)] = [
        ("kubernetes.azure.com/", .aks), ("label_kubernetes_azure_com_", .aks),
        ("eks.amazonaws.com/", .eks), ("label_eks_amazonaws_com_", .eks),
        ("alpha.eksctl.io/", .eks), ("label_alpha_eksctl_io_", .eks),
        ("karpenter.k8s.aws/", .eks), ("label_karpenter_k8s_aws_", .eks),
        ("cloud.google.com/gke-", .gke), ("label_cloud_google_com_gke_", .gke),
    ]
}
