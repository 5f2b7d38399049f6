/// Whose Kubernetes it is: how it names nodes, and how it says that one is a spot node.
enum Cloud: Hashable, CaseIterable {
    case aks, eks, gke

    /// The pool of spot nodes, the one that is kept, and the one for what has to stay up.
    enum Pool: String, Hashable, CaseIterable {
        case spot, build, system
    }

    /// A pool's name; in Azure twelve letters at most.
    func name(of pool: Pool) -> String {
        switch self {
        case .aks: pool.rawValue
        case .eks: "ci-\(pool.rawValue)"
        case .gke: "\(pool.rawValue)-pool"
        }
    }

    /// A node's name as the provider makes it.
    ///
    /// - Parameter set: what all nodes of the pool share, drawn once for each pool.
    func nodeName(pool: String, set: Int, index: Int, _ random: inout SplitMix) -> String {
        switch self {
        case .aks:
            let digits = String(index, radix: 36)
            return "aks-\(pool)-\(set)-vmss" + String(repeating: "0", count: 6 - digits.count) + digits
        case .eks:
            return "ip-10-\(set % 200)-\(random.number(0...127))-\(random.number(4...250)).eu-west-1.compute.internal"
        case .gke:
            return "gke-ci-\(pool)-\(String(set, radix: 16))-\(random.suffix(4))"
        }
    }

    func labels(node: String, pool: String, isSpot: Bool, zone: Int) -> [String: String] {
        var labels = ["kubernetes.io/hostname": node, "kubernetes.io/os": "linux"]
        switch self {
        case .aks:
            labels["agentpool"] = pool
            labels["kubernetes.azure.com/agentpool"] = pool
            labels["topology.kubernetes.io/zone"] = "westeurope-\(zone)"
            if isSpot { labels["kubernetes.azure.com/scalesetpriority"] = "spot" }
        case .eks:
            labels["eks.amazonaws.com/nodegroup"] = pool
            labels["eks.amazonaws.com/capacityType"] = isSpot ? "SPOT" : "ON_DEMAND"
            labels["topology.kubernetes.io/zone"] = "eu-west-1" + ["a", "b", "c"][zone % 3]
        case .gke:
            labels["cloud.google.com/gke-nodepool"] = pool
            labels["topology.kubernetes.io/zone"] = "europe-west1-" + ["b", "c", "d"][zone % 3]
            if isSpot { labels["cloud.google.com/gke-spot"] = "true" }
        }
        return labels
    }

    func taints(isSpot: Bool) -> [String] {
        guard isSpot else { return [] }
        switch self {
        case .aks: return ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]
        case .eks: return []
        case .gke: return ["cloud.google.com/gke-spot=true:NoSchedule"]
        }
    }
}
