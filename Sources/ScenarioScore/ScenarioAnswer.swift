import RootCause
import Scenarios

/// What a diagnosis said of a scenario, beside what is true.
struct ScenarioAnswer: Sendable {
    let scenario: String
    let variant: LabelledScenario.Variant
    let label: LabelledScenario.Label
    let said: Hypothesis

    init(_ labelled: LabelledScenario, diagnosis: Diagnosis) throws {
        scenario = labelled.name
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
