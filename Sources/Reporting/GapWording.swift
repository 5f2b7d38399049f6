import Languages
import RootCause
import Telemetry

/// What is missing, in words: what could change the conclusion, and what could not.
enum GapWording {
    /// What could change the conclusion.
    ///
    /// - Parameter cause: the likeliest one, which the gaps could overturn.
    static func lines(_ gaps: [Gap], under cause: Hypothesis?, in language: Language) -> [String] {
        lines(gaps.filter { couldChange(cause, $0) }, language)
    }

    /// The rest, for those who read all: a report names every gap.
    static func harmlessLines(_ gaps: [Gap], under cause: Hypothesis?, in language: Language) -> [String] {
        let said = Set(lines(gaps, under: cause, in: language))
        return lines(gaps.filter { !couldChange(cause, $0) }, language).filter { !said.contains($0) }
    }

    /// Sources of which an answer did not come, or came in part only, where no line of the message says so: "incomplete:
    /// logs", "no answer: metrics".
    ///
    /// - Parameter cause: the likeliest one, which no gap of these could overturn.
    static func unanswered(_ gaps: [Gap], under cause: Hypothesis?) -> Phrase {
        let told = Set(gaps.filter { couldChange(cause, $0) }.map(\.source))
        let silent = gaps.filter { $0.isUnanswered && !told.contains($0.source) }
        let none = EvidenceSource.allCases.filter { source in silent.contains { $0.source == source && $0.isTotal } }
        let part = EvidenceSource.allCases.filter { source in
            silent.contains { $0.source == source } && !none.contains(source)
        }
        let parts: [Phrase?] = [
            part.isEmpty ? nil : "incomplete: \(part.map(name).joined(separator: ", "))",
            none.isEmpty ? nil : "no answer: \(none.map(name).joined(separator: ", "))",
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }

    private static func lines(_ gaps: [Gap], _ language: Language) -> [String] {
        // Compared in one language, so that all readers get the same.
        var reasons: [String: Phrase] = [:]
        var order: [String] = []
        var missing: [String: [EvidenceSource]] = [:]
        for gap in gaps {
            let reason = gap.reason
            let english = reason.english.plainLine
            if reasons.updateValue(reason, forKey: english) == nil { order.append(english) }
            if gap.isTotal, missing[english]?.contains(gap.source) != true {
                missing[english, default: []].append(gap.source)
            }
        }
        return order.compactMap { english in
            reasons[english].map { line($0, english, without: missing[english] ?? [], language) }
        }
    }

    private static func line(
        _ reason: Phrase, _ english: String, without sources: [EvidenceSource], _ language: Language
    ) -> String {
        let said = reason.said(in: language).plainLine
        let names = sources.map(name)
        guard !names.allSatisfy({ english.lowercased().contains($0.english) }) else { return said }
        let start = withoutFullStop(said)
        let end = alternatives(names)
        let line: Phrase = english.contains(": ") ? "\(start); no \(end)" : "\(start): no \(end)"
        return line.said(in: language)
    }

    /// "a", "a or b", "a, b or c"
    private static func alternatives(_ names: [Phrase]) -> Phrase {
        guard let last = names.last, names.count > 1 else { return names.first ?? .empty }
        return "\(names.dropLast().joined(separator: ", ")) or \(last)"
    }

    /// A cause that is less than very likely could yield to anything that is not there; a very likely one only to a kind of
    /// evidence that was not there at all and that bears on it. What nobody set up is not told again and again under a
    /// very likely cause, unless it is what would have decided.
    private static func couldChange(_ hypothesis: Hypothesis?, _ gap: Gap) -> Bool {
        guard let hypothesis, hypothesis.cause != .unknown else { return true }
        guard Certainty(confidence: hypothesis.confidence) == .veryLikely else { return true }
        guard gap.isTotal, !irrelevant(for: hypothesis.cause).contains(gap.source) else { return false }
        return !gap.isStanding || isDeciding(gap.source, for: hypothesis)
    }

    /// Whether this source could tell the cause from one that looks like it, and none that tells it was there.
    private static func isDeciding(_ source: EvidenceSource, for hypothesis: Hypothesis) -> Bool {
        // A node that went away looks the same in all but its events, whatever took it.
        let isNodes = [.spotEviction, .nodeLost, .nodePressureEviction].contains(hypothesis.cause)
        if isNodes { return source == .events }
        let telling = hinges(hypothesis.cause)
        return telling.contains(source)
            && !hypothesis.evidence.contains { $0.weight > 0 && telling.contains($0.source) }
    }

    /// What settles a cause, set up or not.
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

    private static func name(_ source: EvidenceSource) -> Phrase {
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
