import Telemetry

/// Why a step of a build was stopped, as far as its span says.
enum Interruption: Hashable, Sendable {
    /// By a person or a newer build: no failure of this build.
    case stopped
    /// By a sibling branch that failed first: the failure is there.
    case failFast
    /// The agent went away under it.
    case agentRemoved(text: String)

    /// What Jenkins writes when somebody or something wanted the build to stop.
    private static let stopMarks = Marks([
        "UserInterruption", "Aborted by ", "CancelledCause", "Superseded", "newer build", "DisableConcurrentBuilds",
    ])

    private static let failFastMarks = Marks(["FailFastCause", "Failed in branch"])

    static func find(in span: Span) -> Interruption? {
        var texts: [String] = []
        if case .error(let message) = span.status, !message.isEmpty { texts.append(message) }
        for event in span.events {
            for name in ["exception.type", "exception.message"] {
                if let text = event.attributes.text(name) { texts.append(text) }
            }
        }
        if let causes = span.attributes.text("jenkins.pipeline.step.interruption.causes") { texts.append(causes) }
        if let removal = texts.first(where: AgentLossWords.areIn) { return .agentRemoved(text: removal) }
        if texts.contains(where: { stopMarks.areIn($0) }) { return .stopped }
        return texts.contains { failFastMarks.areIn($0) } ? .failFast : nil
    }
}

/// What Jenkins writes when an agent is lost.
enum AgentLossWords {
    /// From the source of the Kubernetes and workflow plugins.
    private static let marks = Marks([
        "RemovedNodeCause", "Agent was removed", "ChannelClosedException", "ClosedChannelException",
        "was just deleted", "was deleted; cancelling node body", "seems to be removed or offline", "Cannot contact ",
        "Connection was broken", "Timeout waiting for agent to come back", "Remote call on ",
    ])

    static func areIn(_ text: String) -> Bool { marks.areIn(text) }

    /// The names of the agents that a line of a log says are lost.
    static func agents(in line: String) -> [String] {
        var names: [String] = []
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        for (position, word) in words.enumerated() {
            let next = position + 1 < words.count ? words[position + 1] : ""
            let following = words[(position + 1)...].prefix(3)
            if word == "contact"
                || (word == "Agent" && words.dropFirst(position + 2).starts(with: ["was", "deleted;"]))
            {
                names.append(name(next))
            } else if word.contains("/"),
                following.elementsEqual(["was", "just", "deleted"].map { Substring($0) })
                    || following.elementsEqual(["was", "just", "deleted,"].map { Substring($0) })
            {
                names.append(name(word))
            }
        }
        return names.filter { !$0.isEmpty }
    }

    /// Without the namespace before it and the punctuation behind it.
    private static func name(_ word: Substring) -> String {
        let bare = word.split(separator: "/").last ?? ""
        return String(bare.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." || $0 == "_" })
    }
}
