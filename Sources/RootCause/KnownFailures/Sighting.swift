import Languages
import Signatures
import Telemetry

/// A mark of a known failure, seen in the evidence.
struct Sighting: Sendable {
    /// What the place where it was seen says about the failure of a build or trace.
    enum Bearing: Hashable, Sendable {
        /// Among the lines that explain why the step failed, or at the failed step itself.
        case explaining
        /// In the failed step; `isRead` when the lines that explain it are known and this is none of them.
        case inStep(isRead: Bool)
        /// In a failed build, at no step in particular.
        case inBuild(isRead: Bool)
        /// In another step of a failed build, before the failure.
        case elsewhere
        /// In a failed build after its failure, where Jenkins repeats why.
        case afterwards
        /// Of a pod that failed builds used, or of no build at all.
        case cluster
        /// Among the last words of a failed build, in which Jenkins says what ended it.
        case ending
        /// In a build or trace that ended well, or that somebody stopped.
        case everyday

        /// How much of the mark's weight it has.
        var share: Double {
            switch self {
            case .explaining, .cluster: 1
            case .inStep(let isRead): isRead ? 0.6 : 0.9
            case .ending: 0.9
            case .inBuild(let isRead): isRead ? 0.5 : 0.8
            case .elsewhere: 0.35
            case .afterwards: 0.45
            case .everyday: 0
            }
        }

        /// Whether the failure is told where it happened.
        var isAtFailure: Bool { share >= 0.8 }
    }

    let signature: Int
    /// A place in the book's entries.
    let entry: Int
    let role: SignatureBook.Role
    let weight: Double
    let source: EvidenceSource
    let at: Timestamp?
    /// The line, or the event in words.
    let text: Phrase
    /// The step that wrote the line; nil for what is no line of a step.
    let origin: StepOrigin?
    let reference: Reference?
    /// Values of named groups and of places.
    var names: [String: String]
    let population: Population
    let bearing: Bearing
    /// Places in the list of builds that failed with it; or, of what is everyday, that did not.
    let builds: [Int]
    /// The failed trace that has it, where it is no build; or, of what is everyday, the good one.
    let trace: Int?

    /// Whether it is of the time under suspicion. A build that dies in it may have begun long before.
    var isCurrent: Bool { population == .window || (bearing != .cluster && bearing != .everyday) }
    var strength: Double { weight * bearing.share }
    var agent: String? { names[Place.agent.rawValue] ?? names[Place.pod.rawValue] }
}
