/// What Jenkins writes when an agent is lost.
enum AgentLossWords {
    /// From the sources of the Kubernetes and workflow plugins and of remoting.
    private static let texts = [
        "RemovedNodeCause", "RemovedNodeTimeoutCause", "Agent was removed", "ChannelClosedException",
        "ClosedChannelException", "was just deleted", "was deleted; cancelling node body",
        "seems to be removed or offline", "has been removed or offline for", "Cannot contact ",
        "Connection was broken", "Timeout waiting for agent to come back", "Remote call on ",
        "Unexpected termination of the channel", "Pod just failed.", "Ping failed. Terminating the channel",
    ]
    private static let marks = Marks(texts)

    /// Words that come as well when an agent that nobody needs any more is cleaned up.
    private static let cleanUpMarks = Marks(["was just deleted", "Pod just failed."])

    /// What Jenkins records as the cause of a step's interruption.
    private static let causeMarks = Marks(["RemovedNodeCause", "RemovedNodeTimeoutCause"])

    static func isCause(_ text: String) -> Bool { causeMarks.areIn(text) }

    static func areIn(_ text: String) -> Bool { marks.areIn(text) }

    /// Whether it need not mean more than that a build was over.
    static func mayBeCleanUp(_ text: String) -> Bool { cleanUpMarks.areIn(text) }

    /// The names of the agents that a line of a log says are lost.
    static func agents(in line: String) -> [String] {
        var names: [String] = []
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        for (position, word) in words.enumerated() {
            let rest = words[(position + 1)...]
            func isFollowed(by phrase: String) -> Bool {
                let wanted = phrase.split(separator: " ")
                return rest.count >= wanted.count && zip(rest, wanted).allSatisfy { $0.0.hasPrefix($0.1) }
            }
            if word == "contact" || (word == "Agent" && rest.dropFirst().starts(with: ["was", "deleted;"])) {
                names.append(name(rest.first ?? ""))
            } else if word.contains("/"), isFollowed(by: "was just deleted") || isFollowed(by: "Pod just failed") {
                names.append(name(word))
            } else if isFollowed(by: "was marked offline:") || isFollowed(by: "seems to be removed or offline")
                || isFollowed(by: "has been removed or offline")
            {
                names.append(name(word))
            } else if position > 0, words[position - 1] == "on", isFollowed(by: "failed"), !word.hasPrefix("JNLP") {
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
