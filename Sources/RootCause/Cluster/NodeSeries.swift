import Telemetry

/// What kube-state-metrics says of nodes, for when Kubernetes itself was not asked or has forgotten them.
///
/// Source: https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics/cluster.
struct NodeSeries: Sendable {
    struct Pressure: Hashable, Sendable {
        /// `DiskPressure`, `MemoryPressure`…
        let type: String
        let at: Timestamp
    }

    /// Whether it is a spot node, where a series says so or says that it is none.
    private(set) var isSpot: [String: Bool] = [:]
    private(set) var notReady: [String: Timestamp] = [:]
    private(set) var pressures: [String: Pressure] = [:]
    /// When the last sample of a node that is measured no more was taken.
    private(set) var vanished: [String: Timestamp] = [:]

    /// A series that ends this long before the others has ended: two scrapes of a minute may be missed.
    private static let silence = Duration.seconds(150)

    init(_ metrics: [MetricSeries]) {
        var lastSeen: [String: Timestamp] = [:]
        var labelled: [String: Bool?] = [:]
        for series in metrics where series.name.hasPrefix("kube_node_") {
            guard let node = series.labels["node"], !node.isEmpty else { continue }
            if let last = series.samples.map(\.at).max() {
                lastSeen[node] = max(lastSeen[node] ?? last, last)
            }
            switch series.name {
            case "kube_node_labels":
                let found = SpotMarks.areIn(labels: series.labels)
                labelled[node] = (labelled[node] ?? nil) == true ? true : found
            case "kube_node_spec_taint":
                let taint = "\(series.labels["key"] ?? "")=\(series.labels["value"] ?? ""):"
                if SpotMarks.areIn(taint: taint) { labelled[node] = true }
            case "kube_node_status_condition": addCondition(series, of: node)
            default: break
            }
        }
        // Labels are exported only where somebody allowed them: then a node without them has none.
        let areExported = labelled.values.contains { $0 != nil }
        for (node, spot) in labelled where spot != nil || areExported { isSpot[node] = spot ?? false }
        guard let newest = lastSeen.values.max() else { return }
        vanished = lastSeen.filter { newest - $0.value > Self.silence }
    }

    /// One series for each of the condition's states; the one that holds has the value 1.
    private mutating func addCondition(_ series: MetricSeries, of node: String) {
        guard let type = series.labels["condition"], let state = series.labels["status"]?.lowercased() else { return }
        let isBad = type == "Ready" ? state != "true" : state == "true"
        guard isBad, type == "Ready" || type.hasSuffix("Pressure"),
            let began = series.samples.filter({ $0.value == 1 }).map(\.at).min()
        else { return }
        if type == "Ready" {
            notReady[node] = min(notReady[node] ?? began, began)
        } else if (pressures[node].map { (began, type) < ($0.at, $0.type) }) ?? true {
            pressures[node] = Pressure(type: type, at: began)
        }
    }
}
