import Languages
import Telemetry

/// A service answers more slowly than before, by its own part of the traces.
struct LatencyRegressionRule: Rule {
    let cause = Cause.latencyRegression
    let needs: Set<EvidenceSource> = [.traces]

    func drafts(in scene: Scene) -> [Draft] {
        // A controller that is slow at its web requests is overloaded; builds that are slow have a rule of their own.
        let controllers = Set(scene.controller.services)
        return BlamedService.all(in: scene).filter {
            !controllers.contains($0.blame.service) && $0.lead?.kind == .slowness && !$0.has(.failureOrigin)
                && $0.exhausted == nil
        }.map { service in
            let name = service.blame.service
            return Draft(
                subject: .init(.service, name), statement: Self.statement(service, since: scene.since),
                findings: service.findings(in: scene),
                recommendations: [
                    "Check CPU, throttling and network of the pods of `\(name)`.",
                    "Check what was rolled out to `\(name)` last, and roll it back if the times agree.",
                ],
                prior: BlamedService.prior, explains: [name], isFallback: scene.mayBeExplained(name))
        }
    }

    /// With the whole time of a call, as a trace view shows it, and of it the part that is nobody else's.
    private static func statement(_ service: BlamedService, since: Phrase) -> Phrase {
        let name = service.blame.service
        guard let lead = service.lead else { return "`\(name)` is slower\(since)." }
        let ratio = lead.before > 0 ? lead.after / lead.before : 0
        let times: Phrase =
            ratio >= noticeable && ratio < 1000
            ? "\(Words.decimal(ratio, places: ratio < 20 ? 1 : 0)) times slower" : "more slowly"
        let numbers: Phrase =
            "p90 \(Words.duration(seconds: lead.after)), before \(Words.duration(seconds: lead.before))\(SignalWords.ownPart(of: lead))"
        guard let other = lead.caller else {
            return "`\(name)` works \(times)\(since) at `\(lead.operation)` (\(numbers))."
        }
        if lead.isOutgoing {
            return "Calls of `\(name)`, to `\(other)` above all, are answered \(times)\(since) (\(numbers))."
        }
        return "`\(name)` answers `\(other)` \(times)\(since) (\(numbers))."
    }

    private static let noticeable = 1.05
}
