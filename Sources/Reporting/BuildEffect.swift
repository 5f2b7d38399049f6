import Languages

/// What a cause did to builds.
enum BuildEffect: CaseIterable {
    case lostAgent, gotNoAgent, interrupted, heldUp, stopped, unseen, failed

    /// Of one build by name: "payments/main #418 lost its agent".
    func phrase(of build: String) -> Phrase {
        switch self {
        case .lostAgent: "\(build) lost its agent"
        case .gotNoAgent: "\(build) got no agent"
        case .interrupted: "\(build) was interrupted"
        case .heldUp: "\(build) was held up"
        case .stopped: "\(build) was stopped"
        case .unseen: "\(build) is not seen"
        case .failed: "\(build) failed"
        }
    }

    /// Of more than one.
    func phrase(of builds: Int) -> Phrase {
        let count = Quantities.count(builds)
        return switch self {
        case .lostAgent: "\(count) builds lost their agents"
        case .gotNoAgent: "\(count) builds got no agents"
        case .interrupted: "\(count) builds were interrupted"
        case .heldUp: "\(count) builds were held up"
        case .stopped: "\(count) builds were stopped"
        case .unseen: "\(count) builds are not seen"
        case .failed: "\(count) builds failed"
        }
    }
}
