import Languages
import RootCause
import Telemetry

/// How much was looked at: "412 of 9,300 traces, 8,310 log lines, 96 events".
enum SamplingWording {
    static func text(_ diagnosis: Diagnosis) -> Phrase {
        EvidenceSource.allCases.compactMap { source -> Phrase? in
            let samplings = diagnosis.samplings.filter { $0.source == source }
            guard !samplings.isEmpty else {
                let isTold = source == .traces && diagnosis.impact.traces > 0
                return isTold ? Quantities.count(diagnosis.impact.traces, noun(source)) : nil
            }
            let taken = samplings.reduce(0) { $0 + $1.taken }
            let totals = samplings.compactMap(\.total)
            let total = totals.count == samplings.count ? totals.reduce(0, +) : nil
            guard let total, total > taken else {
                return taken == 0 ? nothing(source) : Quantities.count(taken, noun(source))
            }
            return "\(Quantities.count(taken)) of \(Quantities.count(total, noun(source)))"
        }.joined(separator: ", ")
    }

    private static func noun(_ source: EvidenceSource) -> Noun {
        switch source {
        case .traces: .trace
        case .logs: .logLine
        case .events: .event
        case .pods: .pod
        case .nodes: .node
        case .metrics: .metricSeries
        }
    }

    private static func nothing(_ source: EvidenceSource) -> Phrase {
        switch source {
        case .traces: "no traces"
        case .logs: "no log lines"
        case .events: "no events"
        case .pods: "no pods"
        case .nodes: "no nodes"
        case .metrics: "no metric series"
        }
    }
}
