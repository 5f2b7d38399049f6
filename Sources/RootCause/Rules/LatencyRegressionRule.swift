import Telemetry

/// A service answers more slowly than before, by its own part of the traces.
struct LatencyRegressionRule: Rule {
    let cause = Cause.latencyRegression
    let needs: Set<EvidenceSource> = [.traces]

    func drafts(in scene: Scene) -> [Draft] {
        BlamedService.all(in: scene).filter {
            $0.top.kind == .slowness && !$0.has(.failureOrigin) && $0.exhausted == nil
        }.map { service in
            let name = service.blame.service
            let top = service.top
            let ratio = top.before > 0 ? top.after / top.before : 0
            let times =
                ratio > 1 && ratio < 1000
                ? "\(Phrases.decimal(ratio, places: ratio < 20 ? 1 : 0)) times slower" : "more slowly"
            let place = top.caller.map { "on calls between it and `\($0)`" } ?? "at `\(top.operation)`"
            return Draft(
                subject: .init(.service, name),
                statement:
                    "`\(name)` answers \(times)\(scene.since) \(place) (p90 \(Phrases.duration(seconds: top.after)), before \(Phrases.duration(seconds: top.before))).",
                findings: service.findings(in: scene),
                recommendations: [
                    "Check CPU, throttling and network of the pods of `\(name)`.",
                    "Check what was rolled out to `\(name)` last, and roll it back if the times agree.",
                ],
                prior: BlamedService.prior, explains: [name])
        }
    }
}
