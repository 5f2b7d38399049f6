import Signatures
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
    /// Each time that it stopped being ready, in the order of time.
    private(set) var notReady: [String: [Timestamp]] = [:]
    private(set) var pressures: [String: Pressure] = [:]
    /// When the last sample of a node that is measured no more was taken.
    private(set) var vanished: [String: Timestamp] = [:]
    /// The clouds that their labels and identities name.
    private(set) var clouds: Set<Signature.Provider> = []

    /// A series that ends this long before the others has ended: two scrapes of a minute may be missed.
    private static let silence = Duration.seconds(150)

    init(_ metrics: [MetricSeries]) {
        var lastSeen: [String: Timestamp] = [:]
        var labelled: [String: Bool?] = [:]
        for series in metrics {
            guard let name = SeriesName(series), let node = series.labels["node"], !node.isEmpty else { continue }
            // Only what is always measured can end: a condition or a taint may only be over.
            if name == .nodeLabels || name == .nodeInfo, let last = series.samples.map(\.at).max() {
                lastSeen[node] = max(lastSeen[node] ?? last, last)
            }
            switch name {
            case .nodeInfo:
                if let cloud = CloudProvider.of(providerID: series.labels["provider_id"] ?? "") { clouds.insert(cloud) }
            case .nodeLabels:
                clouds.formUnion(CloudProvider.of(labels: series.labels))
                labelled[node] = Self.either(labelled[node] ?? nil, SpotMarks.areIn(labels: series.labels))
            case .nodeTaint:
                let taint = "\(series.labels["key"] ?? "")=\(series.labels["value"] ?? ""):"
                if SpotMarks.areIn(taint: taint) { labelled[node] = true }
            case .nodeCondition: addCondition(series, of: node)
            default: break
            }
        }
        // Labels are exported only where somebody allowed them: then a node without them has none.
        let areExported = labelled.values.contains { $0 != nil }
        for (node, spot) in labelled where spot != nil || areExported { isSpot[node] = spot ?? false }
        guard let newest = lastSeen.values.max() else { return }
        vanished = lastSeen.filter { newest - $0.value > Self.silence }
    }

    /// What one of them says, yes before no.
    private static func either(_ one: Bool?, _ other: Bool?) -> Bool? {
        guard let one, let other else { return one ?? other }
        return one || other
    }

    /// One series for each of the condition's states; the one that holds has the value 1.
    private mutating func addCondition(_ series: MetricSeries, of node: String) {
        guard let type = series.labels["condition"], let state = series.labels["status"]?.lowercased() else { return }
        let isBad = type == "Ready" ? state != "true" : state == "true"
        guard isBad, type == "Ready" || type.hasSuffix("Pressure") else { return }
        let began = Self.beginnings(of: series)
        guard let first = began.first else { return }
        if type == "Ready" {
            notReady[node] = ((notReady[node] ?? []) + began).sorted()
        } else if (pressures[node].map { (first, type) < ($0.at, $0.type) }) ?? true {
            pressures[node] = Pressure(type: type, at: first)
        }
    }

    /// When its value became 1: queries that ask only for what holds leave gaps in between.
    private static func beginnings(of series: MetricSeries) -> [Timestamp] {
        let samples = series.samples.sorted { ($0.at, $0.value) < ($1.at, $1.value) }
        var found: [Timestamp] = []
        for (place, sample) in samples.enumerated() where sample.value == 1 {
            let before = place > 0 ? samples[place - 1] : nil
            if let before, before.value == 1, sample.at - before.at <= silence { continue }
            found.append(sample.at)
        }
        return found
    }
}
