import Telemetry

/// The alert is about a service whose traces do not arrive: what watches it is broken, or it is.
struct TelemetryGapRule: Rule {
    let cause = Cause.telemetryGap
    let needs: Set<EvidenceSource> = [.traces]

    private static let stoppedWeight = 4.0
    private static let neverWeight = 3.4
    private static let othersWeight = 0.5
    private static let aliveWeight = 0.7
    /// Traces are samples: a service with fewer than this many in the baseline may be absent by chance.
    private static let fewestBefore = 5

    func drafts(in scene: Scene) -> [Draft] {
        guard scene.evidence.wasFetched(.traces) else { return [] }
        return scene.alertedServices.compactMap { draft($0, in: scene) }
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
        let lines = zip(scene.logs.rows, scene.logs.entries).filter {
            $0.0.population == .window && $0.1.service == service
        }
        if let line = lines.first {
            findings.append(
                Finding(
                    .logs, at: line.1.at, text: "`\(service)` writes logs (\(Phrases.count(lines.count, "line")))",
                    weight: Self.aliveWeight, reference: .logsOfService(service)))
        }
        let clock = Phrases.clock(scene.evidence.window.start)
        return Draft(
            subject: .init(.service, service),
            statement: before > 0
                ? "No traces of `\(service)` arrive since \(clock); \(before) did in the time before."
                : "There are no traces of `\(service)`, neither since \(clock) nor before.",
            findings: findings,
            recommendations: [
                "Check that `\(service)` runs and that its exporter reaches the collector: its log names the endpoint.",
                before > 0
                    ? "Check the collector's queue and its refused spans."
                    : "Check that `\(service)` is the name that the service gives itself in `service.name`.",
            ],
            explains: [service])
    }
}
