import Telemetry

/// A service's pods have used up what they may use: processor time or memory.
///
/// Slow answers are then a consequence, so this stands in for the latency regression that the traces show.
struct ResourceSaturationRule: Rule {
    let cause = Cause.resourceSaturation
    let needs: Set<EvidenceSource> = [.metrics]

    /// A service that traces blame as well is the one that matters; without traces the metric stands alone.
    private static let aloneWeight = -1.0

    func drafts(in scene: Scene) -> [Draft] {
        BlamedService.all(in: scene).compactMap { service in
            guard let signal = service.exhausted, let metric = signal.metric else { return nil }
            let name = service.blame.service
            var findings = service.findings(in: scene)
            let slow = service.blame.signals.first { $0.kind == .slowness }
            if service.blame.signals.allSatisfy({ $0.kind == .metrics }), scene.spans.tracesBefore > 0 {
                findings.append(
                    Finding(
                        .traces, text: "no trace of `\(name)` is slower or fails more than before",
                        weight: Self.aloneWeight))
            }
            let consequence = slow.map { "; \(SignalWords.sentence($0))" } ?? ""
            let who = metric.onePod.map { "Pod `\($0)` of `\(name)`" } ?? "`\(name)`"
            return Draft(
                subject: .init(.service, name),
                statement:
                    "\(who) has used up its \(Self.resource(metric.meaning))\(scene.since) (\(SignalWords.values(signal)))\(consequence).",
                findings: findings, recommendations: Self.recommendations(metric.meaning, service: name),
                prior: BlamedService.prior, explains: [name])
        }
    }

    private static func resource(_ meaning: MetricMeaning) -> String {
        switch meaning {
        case .memory: "memory"
        case .throttling: "processor time and is held back"
        default: "processor time"
        }
    }

    private static func recommendations(_ meaning: MetricMeaning, service: String) -> [String] {
        if meaning == .memory {
            return [
                "Raise the memory limit of `\(service)` or add a replica, if it must live until the leak is found.",
                "Check what grows: the heap, a cache, or the number of requests at the same time.",
                "Check what was rolled out to `\(service)` last, and roll it back if the times agree.",
            ]
        }
        return [
            "See what runs in the pods of `\(service)`: `kubectl top pod --containers`, then a profile of the busiest.",
            "Raise the CPU limit of `\(service)` or add a replica, if its traffic grew.",
            "Check what was rolled out to `\(service)` last, and roll it back if the times agree.",
        ]
    }
}

extension BlamedService {
    /// The clearest sign that something is used up; nil when nothing is. A restart is no such sign.
    var exhausted: Signal? {
        blame.signals.first {
            $0.metric?.isExhausted == true && $0.metric?.meaning != .restarts && $0.strength >= ServiceBlame.least
        }
    }
}
