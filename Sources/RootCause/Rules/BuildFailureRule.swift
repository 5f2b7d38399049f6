import Languages
import Telemetry

/// A step of the pipeline failed by itself: the code or its build is at fault, not what it runs on.
struct BuildFailureRule: Rule {
    let cause = Cause.buildFailure
    let needs: Set<EvidenceSource> = [.traces, .logs]

    private static let stepWeight = 2.6
    private static let resultWeight = 1.5
    private static let repeatedWeight = 0.6
    /// The step's log has a line that says why.
    private static let logWeight = 0.8

    func drafts(in scene: Scene) -> [Draft] {
        let failed = scene.failedBuilds.filter {
            // A build that never got its agent did not fail by itself.
            ($0.outcome == .failure || $0.outcome == .unstable) && $0.waitedFor == nil
        }
        return Dictionary(grouping: failed, by: \.job).sorted { $0.key < $1.key }.map { job, builds in
            let build = builds.first { $0.step != nil } ?? builds[0]
            var findings: [Finding] = []
            if let step = build.step {
                let reason = step.reason.map { ": \(Words.short($0))" } ?? ""
                findings.append(
                    Finding(
                        .traces, at: build.failedAt, text: "\(build.title): step \(step.name)\(reason)",
                        weight: Self.stepWeight,
                        reference: .trace(build.traceID, span: scene.spans.span(of: step.row).id)))
            }
            findings.append(
                Finding(
                    build.source, at: build.end,
                    text: build.result.map { "\(build.title) ended \($0)" } ?? "\(build.title) ended with an error",
                    weight: build.step == nil ? Self.resultWeight : 0, reference: .trace(build.traceID, span: nil)))
            let explaining = scene.stepLogs.first { $0.traceID == build.traceID }?.lines.first
            if let explaining {
                findings.append(
                    Finding(
                        .logs, at: explaining.entry.at,
                        text: "\(Phrase(template: explaining.why, [])): `\(Words.short(explaining.text))`",
                        weight: Self.logWeight, reference: .logsOfTrace(build.traceID)))
            }
            let same = builds.filter { $0.step?.name == build.step?.name && $0.step != nil }
            if same.count > 1 {
                findings.append(
                    Finding(
                        .traces, text: "\(same.count) builds of \(job) fail at the same step",
                        weight: Self.repeatedWeight))
            }
            let place: Phrase? =
                build.step.map { step in
                    step.stage.map { " in stage `\($0)`, step `\(step.name)`" } ?? " at step `\(step.name)`"
                } ?? build.stage.map { " in stage `\($0)`" }
            let said = explaining?.text ?? build.step?.reason
            let reason = said.map { " (\(Words.short($0, characters: 80)))" } ?? ""
            return Draft(
                subject: .init(.job, job),
                statement: builds.count == 1
                    ? "\(1) build of `\(job)` failed\(place ?? .empty)\(reason)."
                    : "\(builds.count) builds of `\(job)` failed\(place ?? .empty)\(reason).",
                findings: findings,
                recommendations: [
                    "Open \(build.url ?? build.title) and read the failed step's log.",
                    "Compare with the last good build of \(job): its change log names the commits.",
                ],
                prior: -2.5, explains: Set(builds.map(\.title)), isFallback: true)
        }
    }
}
