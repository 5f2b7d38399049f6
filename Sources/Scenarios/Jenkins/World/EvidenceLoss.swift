import Telemetry

/// What an investigation does not have, although it happened.
enum EvidenceLoss: Hashable {
    /// Not fetched: no right to read it, or no such backend.
    case events, pods, nodes, logs, traces
    /// The build logs go to disk and not to Loki; the controller's own log is there.
    case buildLogs
    /// The other way round.
    case controllerLog
    /// The root spans of the incident's builds never arrived, nor those of the agents' blocks.
    case rootSpans
    /// Of the ordinary traces only one in so many was kept; those with an error are all there.
    case sampling(oneIn: Int)

    /// No access to the cluster at all.
    static let cluster: [EvidenceLoss] = [.events, .pods, .nodes]

    /// The source that is missing as a whole.
    var source: EvidenceSource? {
        switch self {
        case .events: .events
        case .pods: .pods
        case .nodes: .nodes
        case .logs: .logs
        case .traces: .traces
        case .buildLogs, .controllerLog, .rootSpans, .sampling: nil
        }
    }
}
