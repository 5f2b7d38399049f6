/// How the lab's Slack workspace is set up.
package struct SlackSettings: Hashable, Sendable {
    /// What the Web API takes as the app's token.
    package var token = standardToken
    package var channels = [SlackChannel(id: standardChannel, name: "on-call")]
    /// The names of its people, by id.
    package var users = [standardUser: "on-call-1"]
    /// Whether a channel takes about one message a second and no more.
    package var limitsRate = true

    /// Made up, and the same in every lab.
    package static let standardToken = "xoxb-lab"
    package static let standardChannel = "C0000000LAB"
    package static let standardUser = "U0000000LAB"

    package init() {}
}

/// A channel of the lab's Slack.
package struct SlackChannel: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        case joined
        /// The app was not invited.
        case notInvited
        case archived
    }

    package let id: String
    /// Without `#`.
    package let name: String
    package let state: State

    package init(id: String, name: String, state: State = .joined) {
        self.id = id
        self.name = name
        self.state = state
    }
}
