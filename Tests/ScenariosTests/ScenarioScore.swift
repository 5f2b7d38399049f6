import RootCause
import Scenarios

/// What a diagnosis said of a scenario, beside what is true.
struct ScenarioAnswer: Sendable {
    let scenario: String
    let family: String
    let variant: LabelledScenario.Variant
    let label: LabelledScenario.Label
    let said: Hypothesis

    init(_ labelled: LabelledScenario, family: String, diagnosis: Diagnosis) throws {
        scenario = labelled.name
        self.family = family
        variant = labelled.variant
        label = labelled.label
        guard let first = diagnosis.hypotheses.first else { throw NothingSaid(scenario: labelled.name) }
        said = first
    }

    struct NothingSaid: Error { let scenario: String }

    var hasRightCause: Bool { said.cause.rawValue == label.cause }

    /// Cause and subject.
    var isRight: Bool {
        hasRightCause && said.subject.kind.rawValue == label.subjectKind && said.subject.name == label.subjectName
    }

    /// A person would believe it, and it is not so. To say `unknown` misleads nobody, however sure it is.
    var isConfidentlyWrong: Bool { !isRight && said.cause != .unknown && said.confidence >= Self.confident }

    static let confident = 0.8

    /// `spot-eviction/no-events: said agent-disconnected pod maven-x7k2p (71 %), is spot-eviction node aks-spot-3`
    var fault: String {
        let percent = Int((said.confidence * 100).rounded())
        let name = said.subject.name.isEmpty ? "" : " \(said.subject.name)"
        return
            "\(scenario): said \(said.cause.rawValue) \(said.subject.kind.rawValue)\(name) (\(percent) %), is \(label.cause) \(label.subjectKind) \(label.subjectName)"
    }
}

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
