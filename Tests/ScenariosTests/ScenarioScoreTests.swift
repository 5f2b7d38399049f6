import Alerts
import Backends
import FoundationEssentials
import RootCause
import Scenarios
import Settings
import Signatures
import TestSupport
import Testing

/// The engine against incidents that were invented without looking at it.
struct ScenarioScoreTests {
    /// Other seeds give other names, numbers and times; one of them is enough to see that nothing broke. To measure with
    /// more of them: `SABUESO_SCENARIO_SEEDS=2,3,4 swift test --filter ScenarioScoreTests`.
    private static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["SABUESO_SCENARIO_SEEDS"]?.split(separator: ",").compactMap { UInt64($0) }
        ?? [1]

    @Test func `every cause of the catalogue has scenarios`() {
        #expect(Set(ScenarioFamilies.all.map { $0.cause }) == Set(Cause.allCases.map(\.rawValue)))
    }

    @Test func `the first cause is right, with evidence missing too, and hardly ever sure and wrong`() async throws {
        let analyzer = RootCauseAnalyzer(options: .init(signatures: Signature.builtIn))
        let score = ScenarioScore(
            answers: try await withThrowingTaskGroup(of: (Int, [ScenarioAnswer]).self) { group in
                for (position, family) in ScenarioFamilies.all.enumerated() {
                    group.addTask { (position, try Self.answers(family, analyzer)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
            })
        print(score.report)
        // What the project promises of its scenarios.
        #expect(score.right >= 0.97)
        #expect(score.rightWithEvidenceMissing >= 0.9)
        #expect(score.confidentlyWrong <= 0.01)
    }

    /// By way of the case folder, as a person would replay it.
    private static func answers(
        _ family: any ScenarioFamily.Type, _ analyzer: RootCauseAnalyzer
    ) throws -> [ScenarioAnswer] {
        try seeds.flatMap { family.all(seed: $0) }.map { labelled in
            let folder = try TemporaryFolder()
            try CaseWriter(labelled.scenario).write(to: folder.path)
            let read = try CaseFolder(path: folder.path).load()
            let alert = try read.alertBody.map { try AlertGroup(webhookBody: $0) }
            return try ScenarioAnswer(
                labelled, family: family.cause, diagnosis: analyzer.diagnose(read.evidence, alert: alert))
        }
    }
}
