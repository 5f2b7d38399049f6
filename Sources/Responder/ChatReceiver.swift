package import Delivery
package import Reporting

/// A chat channel that messages go to, by its name in the configuration.
package struct ChatReceiver: Sendable {
    package enum Platform: Hashable, Sendable { case slack, teams }

    package let name: String
    package let platform: Platform
    package let sender: any ChatSender

    package init(name: String, platform: Platform, sender: any ChatSender) {
        self.name = name
        self.platform = platform
        self.sender = sender
    }

    /// The summary as this platform's message, ready to be posted.
    package func payload(for summary: Summary) -> [UInt8] {
        switch platform {
        case .slack: SlackRenderer().body(summary)
        case .teams: TeamsRenderer().body(summary)
        }
    }
}
