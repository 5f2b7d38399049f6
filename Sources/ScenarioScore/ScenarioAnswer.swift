import RootCause
import Scenarios

/// What a diagnosis said of a scenario, beside what is true.
struct ScenarioAnswer: Sendable {
    let scenario: String
    let seed: UInt64
    let variant: LabelledScenario.Variant
    let label: LabelledScenario.Label
    let said: Hypothesis

    init(
        scenario: String, seed: UInt64, variant: LabelledScenario.Variant, label: LabelledScenario.Label,
        said: Hypothesis
    ) {
        self.scenario = scenario
        self.seed = seed
        self.variant = variant
        self.label = label
        self.said = said
    }

    init(_ labelled: LabelledScenario, seed: UInt64, diagnosis: Diagnosis) throws {
        guard let first = diagnosis.hypotheses.first else { throw NothingSaid(scenario: labelled.name) }
        self.init(
            scenario: labelled.name, seed: seed, variant: labelled.variant, label: labelled.label, said: first)
    }

    struct NothingSaid: Error { let scenario: String }

    var hasRightCause: Bool { said.cause.rawValue == label.cause }

    /// Cause and subject.
    var isRight: Bool {
        hasRightCause && said.subject.kind.rawValue == label.subjectKind && said.subject.name == label.subjectName
    }

    /// Nothing was named although something was to be found: it helps nobody and misleads nobody.
    var isUnknown: Bool { !isRight && said.cause == .unknown }

    /// Something was named that is not so.
    var isWrong: Bool { !isRight && said.cause != .unknown }

    /// A person would believe it, and it is not so.
    var isConfidentlyWrong: Bool { isWrong && said.confidence >= Self.confident }

    /// Sure that there is nothing to be found, and there is: it sends a person away from what happened.
    var isSurelyUnknown: Bool {
        isUnknown && label.cause != Cause.unknown.rawValue && said.confidence >= Self.confident
    }

    static let confident = 0.8

    /// `spot-eviction/no-events 1: said agent-disconnected pod maven-x7k2p (71 %), is spot-eviction node aks-spot-3`
    var fault: String {
        let percent = Int((said.confidence * 100).rounded())
        let name = said.subject.name.isEmpty ? "" : " \(said.subject.name)"
        return
            "\(scenario) \(seed): said \(said.cause.rawValue) \(said.subject.kind.rawValue)\(name) (\(percent) %), is \(label.cause) \(label.subjectKind) \(label.subjectName)"
    }
}
