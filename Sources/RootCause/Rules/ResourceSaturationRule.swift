import Languages
import Telemetry

/// A service's pods have used up what they may use: processor time, memory, or connections, threads and files.
///
/// Slow answers are then a consequence, so this stands in for the latency regression that the traces show.
struct ResourceSaturationRule: Rule {
    let cause = Cause.resourceSaturation
    let needs: Set<EvidenceSource> = [.metrics, .traces, .logs, .pods]

    /// A service that traces blame as well is the one that matters; without traces the metric stands alone.
    private static let aloneWeight = -1.0
    /// What the process itself says that it lacks, or was killed for: ten times as likely when that is the cause.
    private static let toldWeight = 2.3

    func drafts(in scene: Scene) -> [Draft] {
        BlamedService.all(in: scene).compactMap { service in
            let told = scene.exhaustions[service.blame.service]
            guard service.exhausted != nil || told != nil else { return nil }
            let name = service.blame.service
            var findings = service.findings(in: scene)
            if let told {
                findings.append(Finding(told.source, at: told.at, text: told.text, weight: Self.toldWeight))
            }
            if service.blame.signals.allSatisfy({ $0.kind == .metrics }), scene.spans.tracesBefore > 0 {
                findings.append(
                    Finding(
                        .traces, text: "no trace of `\(name)` is slower or fails more than before",
                        weight: Self.aloneWeight))
            }
            return Draft(
                subject: .init(.service, name), statement: Self.statement(service, told, in: scene), findings: findings,
                recommendations: told.map { Self.recommendations($0.resource, service: name) }
                    ?? Self.recommendations(service.exhausted?.metric?.meaning ?? .cpu, service: name),
                prior: BlamedService.prior, explains: [name])
        }
    }

    private static func statement(_ service: BlamedService, _ told: Exhaustion?, in scene: Scene) -> Phrase {
        let name = service.blame.service
        if let told { return statement(name, told, since: scene.since) }
        guard let signal = service.exhausted, let metric = signal.metric else { return .empty }
        let slow = service.blame.signals.first { $0.kind == .slowness }
        let consequence: Phrase = slow.map { "; \(SignalWords.sentence($0))" } ?? .empty
        let who: Phrase = metric.onePod.map { "Pod `\($0)` of `\(name)`" } ?? "`\(name)`"
        let values = SignalWords.values(signal)
        return switch metric.meaning {
        case .memory: "\(who) has used up its memory\(scene.since) (\(values))\(consequence)."
        case .throttling:
            "\(who) has used up its processor time and is held back\(scene.since) (\(values))\(consequence)."
        default: "\(who) has used up its processor time\(scene.since) (\(values))\(consequence)."
        }
    }

    private static func statement(_ name: String, _ told: Exhaustion, since: Phrase) -> Phrase {
        switch told.resource {
        case .memory: "`\(name)` has used up its memory\(since) (\(told.text))."
        case .connections: "`\(name)` has used up its connections\(since) (\(told.text))."
        case .served: "`\(name)` takes no more connections\(since): all are given out (\(told.text))."
        case .refused: "`\(name)` gets no more connections from what it calls\(since) (\(told.text))."
        case .threads: "`\(name)` has used up its threads\(since) (\(told.text))."
        case .files: "`\(name)` has used up its open files\(since) (\(told.text))."
        }
    }

    private static func recommendations(_ resource: Exhaustion.Resource, service: String) -> [Phrase] {
        let last: Phrase = "Check what was rolled out to `\(service)` last, and roll it back if the times agree."
        switch resource {
        case .memory: return recommendations(MetricMeaning.memory, service: service)
        case .connections:
            return [
                "See what holds the connections of `\(service)`: long transactions, or ones that are never given back.",
                "Compare the size of its pool with what the other side allows, then raise it or add a replica.", last,
            ]
        case .served:
            return [
                "See who holds the connections of `\(service)`, and since when: idle ones in transactions first.",
                "Add up the pools of all its clients: together they must stay below its limit.",
                "Restart or scale down the client that holds most, or raise the limit of `\(service)`.",
            ]
        case .refused:
            return [
                "See who holds the connections of the database or cache that `\(service)` calls, and since when.",
                "Add up the pools of all its clients: together they must stay below its limit.", last,
            ]
        case .threads:
            return [
                "Take a thread dump of `\(service)`: it shows what its threads wait for.",
                "Check the limits of its pool and of its container: `pids.max`.", last,
            ]
        case .files:
            return [
                "See what `\(service)` holds open: `ls /proc/1/fd` in its container.",
                "Raise the limit of open files of `\(service)`, if it must live until the leak is found.", last,
            ]
        }
    }

    private static func recommendations(_ meaning: MetricMeaning, service: String) -> [Phrase] {
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
