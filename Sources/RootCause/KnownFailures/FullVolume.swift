import Languages
import Telemetry

/// What the kubelet measures of volumes, beside a failure that says that a disk is full.
enum FullVolume {
    /// The query's name: no metric is a share by itself, so that nothing else may be taken for it.
    static let query = "volume_used_share"
    /// Below it, a volume has room for what a build or the controller usually writes.
    private static let full = 0.95
    /// As much as a further mark of the same failure: which pod has the claim mounted, the series does not say.
    private static let weight = 0.5

    /// The claim that had the least room, in the namespaces of builds where those are known; nil when none was full.
    static func finding(in scene: Scene) -> Finding? {
        let homes = scene.namespacesOfBuilds
        let fullest = scene.evidence.metrics.filter { $0.name == query }
            .compactMap { series -> (claim: String, at: Timestamp, share: Double)? in
                guard let claim = series.labels["persistentvolumeclaim"], !claim.isEmpty,
                    homes.isEmpty || homes.contains(series.labels["namespace"] ?? ""),
                    let most = series.samples.filter({ scene.evidence.window.contains($0.at) && $0.value >= full })
                        .max(by: { ($0.value, $1.at) < ($1.value, $0.at) })
                else { return nil }
                return (claim, most.at, most.value)
            }.min { ($1.share, $0.claim, $0.at) < ($0.share, $1.claim, $1.at) }
        return fullest.map {
            Finding(
                .metrics, at: $0.at, text: "the volume of claim \($0.claim) is \(Words.percent($0.share)) full",
                weight: weight)
        }
    }
}
