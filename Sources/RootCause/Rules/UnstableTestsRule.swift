import Languages
import Telemetry

/// A build went on to its end and is unstable, because the step that reads the results of its tests says so.
///
/// Only the traces tell it; which tests failed is in the log or in the report.
struct UnstableTestsRule: Rule {
    let cause = Cause.testFailure
    let needs: Set<EvidenceSource> = [.traces]

    private static let stepWeight = 3.8
    private static let repeatedWeight = 0.5
    private static let mostRepeated = 2
    /// Of the unstable builds, the share that was to be expected, above which they are nothing new.
    private static let usualShare = 0.3
    /// Steps of Jenkins plugins that read the results of tests and make a build unstable for them.
    private static let readers: Set<String> = [
        "junit", "xunit", "nunit", "testNG", "cucumber", "robot", "mstest", "realtimeJUnit",
    ]

    func drafts(in scene: Scene) -> [Draft] {
        let unstable = scene.failedBuilds.compactMap { build in
            build.outcome == .unstable ? Self.reader(of: build, in: scene).map { (build: build, row: $0) } : nil
        }
        return Dictionary(grouping: unstable, by: \.build.job).sorted { $0.key < $1.key }.compactMap { job, found in
            guard !Self.isUsual(job, count: found.count, in: scene) else { return nil }
            let (build, row) = found[0]
            let span = scene.spans.span(of: row)
            var findings = [
                Finding(
                    .traces, at: span.end, text: "\(build.title): step \(span.name) is UNSTABLE",
                    weight: Self.stepWeight, reference: .trace(build.traceID, span: span.id))
            ]
            if found.count > 1 {
                findings.append(
                    Finding(
                        .traces, text: "\(found.count) builds of \(job) ended so",
                        weight: Self.repeatedWeight * Double(min(found.count - 1, Self.mostRepeated))))
            }
            return Draft(
                subject: .init(.job, job),
                statement: found.count == 1
                    ? "Tests of `\(job)` failed: \(1) build is unstable\(scene.since)."
                    : "Tests of `\(job)` failed: \(found.count) builds are unstable\(scene.since).",
                findings: findings,
                recommendations: [
                    "Open the test report of \(build.url ?? build.title) and read the first failure.",
                    "Compare with the last good build of \(job): its change log names the commits.",
                    "If the same test also fails now and then on the main branch, it is flaky: quarantine it.",
                ],
                explains: Set(found.map(\.build.title)), isFallback: true, isNamedFallback: true)
        }
    }

    /// Whether the tests of a job failed as often before: they are flaky, and nothing happened.
    private static func isUsual(_ job: String, count: Int, in scene: Scene) -> Bool {
        let own = scene.builds.filter { $0.job == job && $0.outcome != .stopped && $0.outcome != .open }
        let before = own.filter { if case .baseline = $0.population { true } else { false } }
        guard !before.isEmpty else { return false }
        let share = Double(before.count { $0.outcome == .unstable }) / Double(before.count)
        return share * Double(own.count { $0.population == .window }) >= usualShare * Double(count)
    }

    /// The first step of its trace that read results of tests and found failures.
    private static func reader(of build: Build, in scene: Scene) -> Int? {
        guard let trace = build.trace else { return nil }
        return scene.spans.traceRows[trace].rows.first { row in
            let attributes = scene.spans.span(of: row).attributes
            return attributes.text("jenkins.pipeline.step.result") == "UNSTABLE"
                && attributes.text("jenkins.pipeline.step.type").map(readers.contains) ?? false
        }
    }
}
