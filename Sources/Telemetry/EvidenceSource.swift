package import Languages

/// One kind of evidence, named for what it holds and not for who delivered it.
package enum EvidenceSource: String, Hashable, Sendable, CaseIterable {
    case traces, logs, events, pods, nodes, metrics

    /// As it is told: its own name, in the reader's language.
    package var words: Phrase {
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
