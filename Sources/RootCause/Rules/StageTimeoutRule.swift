import Languages
import Telemetry

/// The `timeout` step of a pipeline ended its stage.
///
/// A build that timed out while it waited for an agent has the cause of the wait.
struct StageTimeoutRule: Rule {
    let cause = Cause.stageTimeout
    let needs: Set<EvidenceSource> = [.traces, .logs]

    private static let timeoutWeight = 3.8
    private static let repeatedWeight = 0.5
    private static let longerWeight = 0.3
    /// A stage that took this many times as long as usual hung, or had more to do.
    private static let longer = 1.5

    func drafts(in scene: Scene) -> [Draft] {
        let timedOut = scene.failedBuilds.filter { $0.outcome == .timedOut && $0.waitedFor == nil }
        return Dictionary(grouping: timedOut, by: \.job).sorted { $0.key < $1.key }.map { job, builds in
            draft(job, builds, in: scene)
        }
    }

    private func draft(_ job: String, _ builds: [Build], in scene: Scene) -> Draft {
        let build = builds.first { $0.stage != nil } ?? builds[0]
        let place: Phrase =
            build.stage.map { "stage `\($0)`" } ?? build.step.map { "step `\($0.name)`" } ?? "the pipeline"
        var findings = [
            Finding(
                build.step == nil ? .logs : .traces, at: build.failedAt,
                text: "\(build.title): the timeout of \(place) was exceeded",
                weight: Self.timeoutWeight,
                reference: .trace(build.traceID, span: build.step.map { scene.spans.span(of: $0.row).id }))
        ]
        if builds.count > 1 {
            findings.append(
                Finding(
                    build.source, text: "\(builds.count) builds of \(job) ended so", weight: Self.repeatedWeight))
        }
        let usual = scene.builds.filter { $0.job == job && $0.outcome == .success }
            .map { ($0.end - $0.start).inSeconds }.sorted().quantile(0.5)
        let took = (build.failedAt - build.start).inSeconds
        if let usual, took > usual * Self.longer {
            findings.append(
                Finding(
                    .traces,
                    text:
                        "it took \(Words.duration(seconds: took)); a good build takes \(Words.duration(seconds: usual))",
                    weight: Self.longerWeight))
        }
        let (clock, time) = (Words.clock(build.failedAt), Words.duration(seconds: took))
        return Draft(
            subject: .init(.job, job),
            statement: builds.count > 1
                ? "\(builds.count) builds of `\(job)` exceeded the timeout of \(place) at \(clock) after \(time)."
                : "`\(build.title)` exceeded the timeout of \(place) at \(clock) after \(time).",
            findings: findings,
            recommendations: [
                "Read the last lines before the timeout: \(build.url ?? build.title) shows what it waited for.",
                usual.map { "Compare with a good build, which takes \(Words.duration(seconds: $0)) in all." }
                    ?? "Compare with the last good build of \(job).",
                "Raise the limit of the `timeout` step only if the work has grown.",
            ],
            explains: Set(builds.map(\.title)), isFallback: true)
    }
}
