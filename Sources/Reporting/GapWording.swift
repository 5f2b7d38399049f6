import RootCause
import Telemetry

/// What is missing, in words, as far as it could change the conclusion.
enum GapWording {
    /// - Parameter cause: the likeliest one, which the gaps could overturn.
    static func lines(_ gaps: [Gap], under cause: Hypothesis?) -> [String] {
        var reasons: [String] = []
        var missing: [String: [EvidenceSource]] = [:]
        for gap in gaps where couldChange(cause, gap) {
            let reason = gap.reason.plainLine
            if !reasons.contains(reason) { reasons.append(reason) }
            if gap.isTotal, missing[reason]?.contains(gap.source) != true {
                missing[reason, default: []].append(gap.source)
            }
        }
        return reasons.map { reason in
            guard let sources = missing[reason] else { return reason }
            let names = sources.map(name)
            let end = Quantities.alternatives(names)
            let isSaid = names.allSatisfy { reason.lowercased().contains($0) }
            return isSaid ? reason : withoutFullStop(reason) + (reason.contains(": ") ? "; no \(end)" : ": no \(end)")
        }
    }

    /// What is missing always, because nobody set it up, is worth a word only where there is no cause yet. Of the rest, a
    /// cause that is less than very likely could yield to anything; a very likely one only to a kind of evidence that
    /// was not there at all and that bears on it.
    private static func couldChange(_ hypothesis: Hypothesis?, _ gap: Gap) -> Bool {
        guard let hypothesis, hypothesis.cause != .unknown else { return true }
        switch Certainty(confidence: hypothesis.confidence) {
        case .lead: return true
        case .possible, .likely: return !gap.isStanding || hinges(hypothesis.cause).contains(gap.source)
        case .veryLikely:
            return gap.isTotal && !gap.isStanding && !irrelevant(for: hypothesis.cause).contains(gap.source)
        }
    }

    /// What would have settled an unsure cause, set up or not.
    private static func hinges(_ cause: Cause) -> Set<EvidenceSource> {
        switch cause {
        case .agentDisconnected, .agentOOMKilled, .nodeLost, .spotEviction, .nodePressureEviction, .agentUnschedulable,
            .imagePullFailure:
            [.events, .pods, .nodes]
        case .dependencyFailure, .latencyRegression, .faultyInstance, .badDeploy, .telemetryGap, .buildFailure:
            [.traces, .logs]
        case .resourceSaturation: [.metrics, .traces]
        default: []
        }
    }

    /// What cannot overturn a very likely cause: its marks are unmistakable in the evidence that it comes from.
    private static func irrelevant(for cause: Cause) -> Set<EvidenceSource> {
        switch cause {
        case .credentialFailure, .pipelineDefinitionError, .certificateExpired, .testFailure, .scmFailure,
            .dependencyDownloadFailure:
            [.metrics, .events, .pods, .nodes]
        case .imagePullFailure, .volumeMountFailure: [.metrics, .nodes]
        case .dnsFailure: [.metrics]
        default: []
        }
    }

    private static func name(_ source: EvidenceSource) -> String {
        switch source {
        case .traces: "traces"
        case .logs: "logs"
        case .events: "cluster events"
        case .pods: "pod states"
        case .nodes: "node states"
        case .metrics: "metrics"
        }
    }

    private static func withoutFullStop(_ sentence: String) -> String {
        sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }
}
