import Languages
import Telemetry

/// The alert is about a service whose traces do not arrive: what watches it is broken, or it is.
struct TelemetryGapRule: Rule {
    let cause = Cause.telemetryGap
    let needs: Set<EvidenceSource> = [.traces]

    private static let stoppedWeight = 4.0
    private static let neverWeight = 3.4
    private static let othersWeight = 0.5
    private static let aliveWeight = 0.7
    /// Those who call it are answered as before.
    private static let answeredWeight = 2.0
    /// Traces are samples: a service with fewer than this many in the baseline may be absent by chance.
    private static let fewestBefore = 5

    func drafts(in scene: Scene) -> [Draft] {
        guard scene.evidence.wasFetched(.traces) else { return [] }
        let silences = Dictionary(uniqueKeysWithValues: scene.silences.map { ($0.service, $0) })
        let working = scene.silences.filter { $0.calls == .goingWell }
        // What was not answered in full may have been the question that would have found its traces.
        let isWhole = !scene.evidence.gaps.contains { $0.source == .traces && !$0.isStanding }
        let others = isWhole ? scene.alertedServices.filter { silences[$0] == nil } : []
        return working.map { draft($0, in: scene) } + others.compactMap { draft($0, in: scene) }
    }

    /// Its callers are answered, and no span of it arrives.
    private func draft(_ silence: Silence, in scene: Scene) -> Draft {
        let service = silence.service
        let clock = Words.clock(silence.since)
        let call = scene.spans.span(of: silence.row)
        let callers = Words.list(silence.callers.sorted().map { "`\($0)`" })
        var findings = [
            Finding(
                .traces, at: silence.since,
                text: "\(silence.tracesBefore) traces of `\(service)` before, none since \(clock)",
                weight: Self.stoppedWeight),
            Finding(
                .traces, at: call.start,
                text:
                    "\(Words.count(silence.count, "call")) of \(callers) to `\(service)` since then without a span of it",
                weight: Self.answeredWeight, reference: .trace(call.traceID, span: call.id)),
        ]
        findings += alive(service, since: silence.since, in: scene)
        return Draft(
            subject: .init(.service, service),
            statement: "No traces of `\(service)` arrive since \(clock); calls to it are still answered.",
            findings: findings, recommendations: Self.recommendations(service, wasSeen: true), explains: [service],
            showsAt: scene.onlyDoingLess(silence.callers.union([service])))
    }

    private func alive(_ service: String, since: Timestamp, in scene: Scene) -> [Finding] {
        let lines = scene.logs.entries.filter {
            $0.at > since && $0.at < scene.evidence.window.end && $0.service == service
        }
        guard let line = lines.first else { return [] }
        return [
            Finding(
                .logs, at: line.at, text: "`\(service)` writes logs (\(Words.count(lines.count, "line")))",
                weight: Self.aliveWeight, reference: .logsOfService(service))
        ]
    }

    private static func recommendations(_ service: String, wasSeen: Bool) -> [Phrase] {
        [
            "Check that `\(service)` runs and that its exporter reaches the collector: its log names the endpoint.",
            wasSeen
                ? "Check the collector's queue and its refused spans."
                : "Check that `\(service)` is the name that the service gives itself in `service.name`.",
        ]
    }

    private func draft(_ service: String, in scene: Scene) -> Draft? {
        var before = 0
        var others = false
        let number = scene.spans.serviceNumber(service)
        for trace in scene.spans.traceRows {
            let has = number.map { number in trace.rows.contains { scene.spans.service(of: $0) == number } } ?? false
            switch trace.population {
            case .window:
                if has { return nil }
                others = true
            case .baseline: before += has ? 1 : 0
            case .neither: break
            }
        }
        guard before == 0 || before >= Self.fewestBefore else { return nil }
        var findings = [
            before > 0
                ? Finding(
                    .traces, text: "\(before) traces of `\(service)` before, none in the window",
                    weight: Self.stoppedWeight)
                : Finding(
                    .traces, text: "no trace of `\(service)` in the window nor before it", weight: Self.neverWeight)
        ]
        if others {
            findings.append(Finding(.traces, text: "traces of other services arrive", weight: Self.othersWeight))
        }
        findings += alive(service, since: scene.evidence.window.start, in: scene)
        let clock = Words.clock(scene.evidence.window.start)
        return Draft(
            subject: .init(.service, service),
            statement: before > 0
                ? "No traces of `\(service)` arrive since \(clock); \(before) did in the time before."
                : "There are no traces of `\(service)`, neither since \(clock) nor before.",
            findings: findings,
            recommendations: Self.recommendations(service, wasSeen: before > 0),
            explains: [service])
    }
}
