import Languages
import Telemetry

/// A service fails or no longer does its part, and others fail because of it. The subject is the one that fails, not its
/// callers.
struct DependencyFailureRule: Rule {
    let cause = Cause.dependencyFailure
    let needs: Set<EvidenceSource> = [.traces]

    private static let shareWeight = 2.0
    /// Nothing of it is left in the traces, and those who need it fail.
    private static let goneWeight = 2.0

    func drafts(in scene: Scene) -> [Draft] {
        let idle = Self.idle(in: scene)
        return BlamedService.all(in: scene).filter {
            !idle.contains($0.blame.service)
        }.filter {
            $0.has(.failureOrigin) || ($0.lead.map { $0.kind != .slowness } ?? false && $0.exhausted == nil)
        }.map { draft($0, in: scene) }
    }

    /// What the alert is about is not called any more, and nobody fails without it: then it has nothing to do, and its
    /// former callers do what they are to do.
    private static func idle(in scene: Scene) -> Set<String> {
        let alerted = Set(scene.alertedServices)
        let idle = scene.silences.filter { $0.calls == .none && alerted.contains($0.service) }
        return scene.onlyDoingLess(Set(idle.flatMap { $0.callers.union([$0.service]) }))
    }

    private func draft(_ service: BlamedService, in scene: Scene) -> Draft {
        let name = service.blame.service
        var findings = service.findings(in: scene)
        var showsAt: Set<String> = []
        if let silence = scene.silences.first(where: { $0.service == name }), silence.calls == .failing {
            let call = scene.spans.span(of: silence.row)
            findings.append(
                Finding(
                    .traces, at: silence.since,
                    text:
                        "no span of `\(name)` since \(Words.clock(silence.since)), and calls to it fail (\(silence.count) made)",
                    weight: Self.goneWeight, reference: .trace(call.traceID, span: call.id)))
            showsAt = silence.callers
        }
        let origins = scene.failures.origins.filter { FailureTarget.service(of: $0.row, in: scene.spans) == name }
        let failing = Set(origins.map(\.trace)).intersection(scene.failures.traces)
        let statement: Phrase
        if let first = origins.first, !failing.isEmpty {
            let all = scene.failures.traces.count
            findings.append(
                Finding(
                    .traces, at: scene.spans.span(of: first.row).start,
                    text: "\(failing.count) of \(all) failing traces end in `\(name)`",
                    weight: Self.shareWeight * Double(failing.count) / Double(all),
                    reference: .trace(scene.spans.span(of: first.row).traceID, span: scene.spans.span(of: first.row).id)
                ))
            let reason =
                FailureMarks.reason(of: scene.spans.span(of: first.row)).map {
                    " (\(Words.short($0, characters: 60)))"
                } ?? ""
            statement =
                "`\(name)` fails in \(failing.count) of \(all) failing traces\(scene.since), at `\(scene.spans.operation(of: first.row).name)`\(reason)."
        } else {
            findings.append(
                Finding(.traces, text: "no span of `\(name)` says that it failed", weight: 0))
            let doing = service.lead.map { SignalWords.predicate($0, since: scene.since) }
            statement = "`\(name)` \(doing ?? "behaves differently\(scene.since)")."
        }
        return Draft(
            subject: .init(.service, name), statement: statement, findings: findings,
            recommendations: [
                failing.isEmpty
                    ? "Open a trace of the evidence at `\(name)`, beside one from before: it shows where it stops."
                    : "Open a failing trace at `\(name)` and the log lines with its trace id.",
                "Check what was rolled out to `\(name)` last, and roll it back if the times agree.",
                "Check what `\(name)` itself depends on that is not in the traces.",
            ],
            prior: BlamedService.prior, explains: [name], showsAt: showsAt,
            isFallback: scene.mayBeExplained(name))
    }
}
