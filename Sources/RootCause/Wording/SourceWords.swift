import Languages
import Telemetry

extension EvidenceSource {
    /// The kind of evidence as it is told: its own name, in the reader's language.
    var words: Phrase {
        switch self {
        case .traces: "traces"
        case .logs: "logs"
        case .events: "events"
        case .pods: "pods"
        case .nodes: "nodes"
        case .metrics: "metrics"
        }
    }
}
