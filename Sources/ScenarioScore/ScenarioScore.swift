import RootCause
import Scenarios

/// How many scenarios were told right, in the figures that the project promises.
struct ScenarioScore: Sendable {
    let answers: [ScenarioAnswer]

    /// A share of the answers, as it is printed and asked for.
    struct Count: Hashable, Sendable {
        let good: Int
        let all: Int

        /// None of none is nothing to be content with.
        var share: Double { all == 0 ? 0 : Double(good) / Double(all) }
    }

    /// Cause and subject.
    var right: Count { count(\.isRight) }
    var rightCause: Count { count(\.hasRightCause) }
    var unknown: Count { count(\.isUnknown) }
    var wrong: Count { count(\.isWrong) }
    /// Of all scenarios, not only of those that were answered so surely.
    var confidentlyWrong: Count { count(\.isConfidentlyWrong) }

    /// That nothing can be found, said surely, where something was to be found.
    var surelyUnknown: Count { count(\.isSurelyUnknown) }
    /// Whatever a person would believe and is not so.
    var surelyMisleading: Count { count { $0.isConfidentlyWrong || $0.isSurelyUnknown } }

    func right(_ variant: LabelledScenario.Variant) -> Count {
        ScenarioScore(answers: answers.filter { $0.variant == variant }).right
    }

    /// Of what is named with a confidence from here up to the next tenth.
    func right(ofConfidence lower: Double) -> Count {
        ScenarioScore(
            answers: answers.filter {
                $0.said.cause != .unknown && lower <= $0.said.confidence && $0.said.confidence < lower + 0.1
            }
        ).right
    }

    private func count(_ isGood: (ScenarioAnswer) -> Bool) -> Count {
        Count(good: answers.count(where: isGood), all: answers.count)
    }

    // MARK: What the project promises

    static let leastRight = 0.97
    static let leastRightWithEvidenceMissing = 0.9
    static let mostConfidentlyWrong = 0.01

    var isAsPromised: Bool {
        right.share >= Self.leastRight
            && right(.evidenceMissing).share >= Self.leastRightWithEvidenceMissing
            && surelyMisleading.share <= Self.mostConfidentlyWrong
    }
}
