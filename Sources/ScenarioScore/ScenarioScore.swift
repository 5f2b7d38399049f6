import RootCause
import Scenarios

/// How many scenarios were told right, in the figures that the project promises.
struct ScenarioScore: Sendable {
    /// In the order of the families.
    let answers: [ScenarioAnswer]

    func share(of answers: [ScenarioAnswer], _ isGood: (ScenarioAnswer) -> Bool) -> Double {
        answers.isEmpty ? 0 : Double(answers.count(where: isGood)) / Double(answers.count)
    }

    var right: Double { share(of: answers, \.isRight) }

    var rightWithEvidenceMissing: Double {
        share(of: answers.filter { $0.variant == .evidenceMissing }, \.isRight)
    }

    /// Of all scenarios, not only of those that were answered so surely.
    var confidentlyWrong: Double { share(of: answers, \.isConfidentlyWrong) }

    /// First cause right in 97 % of the scenarios and in 90 % of those with evidence missing; at most 1 % sure and wrong.
    var isAsPromised: Bool { right >= 0.97 && rightWithEvidenceMissing >= 0.9 && confidentlyWrong <= 0.01 }

    /// The table that `make test` prints.
    var report: String {
        var lines = ["Scenarios: the first cause that is named, against what happened"]
        lines.append(row("", "cause", "cause and subject", "sure and wrong"))
        let groups =
            [("all", answers)]
            + LabelledScenario.Variant.allCases.map { variant in
                (variant.rawValue, answers.filter { $0.variant == variant })
            }
        for (name, group) in groups {
            lines.append(
                row(
                    name, count(group, \.hasRightCause), count(group, \.isRight), count(group, \.isConfidentlyWrong)))
        }
        lines.append("Calibration: of what is said with a confidence of … so many are right")
        for lower in [0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
            let group = answers.filter {
                $0.said.cause != .unknown && lower <= $0.said.confidence && $0.said.confidence < lower + 0.1
            }
            if !group.isEmpty { lines.append("  from \(lower)  \(count(group, \.isRight))") }
        }
        let faults = answers.filter { !$0.isRight }
        if !faults.isEmpty { lines.append("Wrong:") }
        return (lines + faults.map { "  " + $0.fault }).joined(separator: "\n")
    }

    private func count(_ answers: [ScenarioAnswer], _ isGood: (ScenarioAnswer) -> Bool) -> String {
        "\(answers.count(where: isGood)) of \(answers.count)"
    }

    private func row(_ cells: String...) -> String {
        "  " + cells.map { $0 + String(repeating: " ", count: max(1, 20 - $0.count)) }.joined()
    }
}
