/// How clouds mark a node that they may take back at any time.
///
/// Sources: https://learn.microsoft.com/azure/aks/spot-node-pool, https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html,
/// https://karpenter.sh/docs/concepts/nodepools/ and https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms.
package enum SpotMarks {
    /// Key and value of labels and taints, as `plain` leaves them.
    private static let marks: [String: String] = [
        "kubernetesazurecomscalesetpriority": "spot", "eksamazonawscomcapacitytype": "spot",
        "karpentershcapacitytype": "spot", "cloudgooglecomgkespot": "true", "cloudgooglecomgkepreemptible": "true",
        "cloudgooglecomgkeprovisioning": "spot", "nodekubernetesiolifecycle": "spot",
    ]

    /// Whether labels of a node, or of a series about it, mark it; nil when none of them speaks of it.
    ///
    /// kube-state-metrics writes `label_` before a name and replaces what Prometheus does not allow in it.
    package static func areIn(labels: [String: String]) -> Bool? {
        var speaks = false
        for (name, value) in labels {
            let key = plain(name)
            let bare = key.hasPrefix("label") ? String(key.dropFirst("label".count)) : key
            guard let wanted = marks[bare] else { continue }
            if plain(value) == wanted { return true }
            speaks = true
        }
        return speaks ? false : nil
    }

    /// - Parameter taint: `key=value:effect`.
    package static func areIn(taint: String) -> Bool {
        let pair = taint.split(separator: ":").first.map { $0.split(separator: "=") } ?? []
        return pair.count == 2 && areIn(labels: [String(pair[0]): String(pair[1])]) == true
    }

    /// Whether a node's name says it: people name pools for what they are. Weaker than any label.
    package static func areIn(name: String) -> Bool {
        name.split(separator: "-").contains { $0.lowercased().hasPrefix("spot") }
    }

    /// The nodes of one pool share all of their name but the end: `aks-POOL-ID-vmss000003`, `gke-CLUSTER-POOL-HASH-x1y2`.
    ///
    /// - Returns: nil for names that are made of an address, which say nothing of a pool.
    package static func pool(ofNode name: String) -> Substring? {
        guard !name.contains("."), !name.hasPrefix("ip-"), let end = name.lastIndex(of: "-") else { return nil }
        return name[..<end]
    }

    /// Only letters and digits, in lower case: `ON_DEMAND`, `on-demand` and `onDemand` are one.
    private static func plain(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
    }
}
