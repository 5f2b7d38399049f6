import Scenarios

/// A message in a channel of the lab's Slack, with all that came of it.
package struct SlackMessage: Hashable, Sendable {
    /// The channel's id.
    package let channel: String
    /// Its `ts`: what it is found by.
    package let timestamp: String
    /// Only the person who asked sees it.
    package let isEphemeral: Bool
    /// What it said, the oldest first: `text` and `blocks` as JSON. The last is what people see.
    package internal(set) var versions: [String]
    /// Its thread, the oldest first.
    package internal(set) var replies: [SlackMessage] = []
    /// What was shared in its thread.
    package internal(set) var files: [SlackFile] = []

    /// What people see of it now.
    package var body: String { versions.last ?? "" }
    package var isEdited: Bool { versions.count > 1 }

    /// What people read of it, block by block, with Slack's markup; its `text` when it has no blocks.
    package var text: String {
        let message = JSON(parsing: body.utf8)
        guard let blocks = message?["blocks"]?.elements, !blocks.isEmpty else { return message?["text"]?.text ?? "" }
        return blocks.map { block in
            // A text object has its text as a string, what holds one as an object.
            block.descendants.compactMap { $0["text"]?.text }.joined(separator: " ")
        }.joined(separator: "\n")
    }
}

/// A file that was uploaded and shared.
package struct SlackFile: Hashable, Sendable {
    package let id: String
    package let name: String
    package let title: String
    package let bytes: [UInt8]
}

/// How the sender kept to the rate.
package struct SlackPaceRecord: Hashable, Sendable {
    /// Answered with 429.
    package internal(set) var refused: Int
    /// Of those, how many came although an earlier 429 had said to wait; an app that keeps doing so can be disabled.
    package internal(set) var impatient: Int

    package init(refused: Int = 0, impatient: Int = 0) {
        self.refused = refused
        self.impatient = impatient
    }
}
