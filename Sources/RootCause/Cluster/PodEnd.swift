import Telemetry

/// How a container of a pod ended, by whatever source tells it.
struct PodEnd: Hashable, Sendable {
    let pod: String
    let container: String
    /// `OOMKilled`, `Error`, `Completed`…
    let reason: String
    /// nil where only the reason is known.
    let exitCode: Int?
    let at: Timestamp?
    let source: EvidenceSource

    static let outOfMemory = "OOMKilled"
    /// 128 + SIGKILL: somebody killed it, which need not have been for its memory.
    static let killedExitCode = 137

    /// In an order that does not depend on the order in which they came.
    static func all(pods: [PodState], metrics: [MetricSeries]) -> [PodEnd] {
        var ends = pods.flatMap { pod in
            pod.terminations.map {
                PodEnd(
                    pod: pod.name, container: $0.container, reason: $0.reason, exitCode: $0.exitCode,
                    at: $0.finishedAt, source: .pods)
            }
        }
        for series in metrics where series.isCalled(.lastTerminatedReason) || series.isCalled(.terminatedReason) {
            guard let pod = series.labels["pod"], let reason = series.labels["reason"], !pod.isEmpty,
                let at = series.samples.filter({ $0.value > 0 }).map(\.at).min()
            else { continue }
            ends.append(
                PodEnd(
                    pod: pod, container: series.labels["container"] ?? "", reason: reason, exitCode: nil, at: at,
                    source: .metrics))
        }
        return ends.sorted {
            ($0.pod, $0.container, $0.at ?? .init(nanoseconds: .max), $0.source.rawValue, $0.reason)
                < ($1.pod, $1.container, $1.at ?? .init(nanoseconds: .max), $1.source.rawValue, $1.reason)
        }
    }
}
