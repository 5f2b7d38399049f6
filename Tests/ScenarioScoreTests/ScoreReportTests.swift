import Languages
import RootCause
import Scenarios
import Testing

@testable import ScenarioScore

/// What is counted, what is asked for, and what of the held-out seeds is never shown.
@Suite struct ScoreReportTests {
    private static let node = Hypothesis.Subject(.node, "node-1")

    private func answer(
        _ name: String, seed: UInt64 = 1, _ variant: LabelledScenario.Variant = .plain, says cause: Cause,
        _ confidence: Double = 0.9
    ) -> ScenarioAnswer {
        ScenarioAnswer(
            scenario: name, seed: seed, variant: variant, label: .init("node-lost", "node", "node-1"),
            said: Hypothesis(
                cause: cause, subject: cause == .unknown ? .init(.none, "") : Self.node, confidence: confidence,
                statement: "", evidence: [], recommendations: []))
    }

    private func answers(_ count: Int, seed: UInt64 = 1, says cause: Cause = .nodeLost) -> [ScenarioAnswer] {
        (0..<count).map { answer("right/\($0)", seed: seed, .evidenceMissing, says: cause) }
    }

    @Test func `to say unknown is neither right nor wrong, and misleads when it is said surely`() {
        let score = ScenarioScore(answers: [
            answer("a", says: .nodeLost), answer("b", says: .unknown, 0.98), answer("c", says: .spotEviction, 0.5),
            answer("d", .decoy, says: .spotEviction, 0.8),
        ])
        #expect(score.right == .init(good: 1, all: 4))
        #expect(score.unknown == .init(good: 1, all: 4))
        #expect(score.wrong == .init(good: 2, all: 4))
        #expect(score.confidentlyWrong == .init(good: 1, all: 4))
        #expect(score.surelyUnknown == .init(good: 1, all: 4))
        #expect(score.surelyMisleading == .init(good: 2, all: 4))
        #expect(score.right(.decoy) == .init(good: 0, all: 1))
    }

    @Test func `unknown that is said surely where a cause is labelled breaks the promise, said with doubt it does not`()
    {
        let right = answers(98)
        let doubting = ["a", "b"].map { answer($0, .evidenceMissing, says: .unknown, 0.79) }
        let sure = ["a", "b"].map { answer($0, .evidenceMissing, says: .unknown, 0.8) }
        #expect(ScenarioScore(answers: right + doubting).isAsPromised)
        #expect(!ScenarioScore(answers: right + sure).isAsPromised)
        #expect(!ScenarioScore(answers: right + [sure[0], answer("c", says: .spotEviction)]).isAsPromised)
    }

    @Test func `where nothing is to be found, to say unknown surely is right`() {
        let right = ScenarioAnswer(
            scenario: "nothing", seed: 1, variant: .plain, label: .init("unknown", "none", ""),
            said: Hypothesis(
                cause: .unknown, subject: .init(.none, ""), confidence: 0.95, statement: "", evidence: [],
                recommendations: []))
        #expect(right.isRight && !right.isSurelyUnknown)
    }

    @Test func `the promise is asked of all seeds together and of the held-out ones alone`() throws {
        let seeds = try Seeds(open: [1], heldOut: [101])
        let doubting = (0..<3).map { answer("unknown/\($0)", .evidenceMissing, says: .unknown, 0.6) }
        let bad = answers(97) + doubting
        #expect(ScenarioScore(answers: bad + answers(100, seed: 101)).isAsPromised)
        // Two sure and wrong are two per cent of their own seed, and one of both.
        let wrong = answers(98, seed: 101) + answers(2, seed: 101, says: .spotEviction)
        #expect(!ScenarioScore(answers: wrong).isAsPromised)
        let report = ScoreReport(seeds: seeds, answers: answers(100) + wrong)
        #expect(report.pooled.isAsPromised)
        #expect(report.heldOut?.isAsPromised == false)
        #expect(!report.isAsPromised)
        #expect(try ScoreReport(seeds: Seeds(open: [1], heldOut: []), answers: answers(100)).isAsPromised)
        #expect(ScoreReport(seeds: seeds, answers: answers(100) + answers(100, seed: 101)).isAsPromised)
        #expect(
            !ScoreReport(seeds: seeds, answers: answers(99) + answers(1, says: .spotEviction) + wrong).pooled
                .isAsPromised)
        #expect(!ScenarioScore(answers: []).isAsPromised)
    }

    @Test func `nothing of a held-out seed is shown but its counts`() throws {
        let seeds = try Seeds(open: [1], heldOut: [101, 102])
        let report = ScoreReport(
            seeds: seeds,
            answers: [
                answer("open/wrong", says: .spotEviction), answer("open/unknown", says: .unknown),
                answer("hidden/wrong", seed: 101, says: .spotEviction),
                answer("hidden/unknown", seed: 102, says: .unknown),
            ]
        ).text
        #expect(!report.contains("hidden"))
        #expect(
            report.contains("Wrong:\n  open/wrong 1: said spot-eviction node node-1 (90 %), is node-lost node node-1"))
        #expect(report.contains("Said unknown:\n  open/unknown 1: "))
        for row in ["  101, held out ", "  102, held out ", "  held out ", "  pooled "] {
            #expect(report.contains("\n" + row), "\(row)")
        }
    }

    @Test func `a held-out seed cannot be measured openly`() {
        #expect(throws: Seeds.Mixed.self) { try Seeds(open: [1, 101], heldOut: []) }
        #expect(throws: Seeds.Mixed.self) { try Seeds(open: [7], heldOut: [7]) }
        #expect(throws: Never.self) { try Seeds(open: Seeds.usual, heldOut: Seeds.keptApart) }
    }
}
