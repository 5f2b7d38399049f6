/// A message that a chat endpoint of the lab accepted.
package struct ChatMessage: Hashable, Sendable {
    package enum Platform: String, Hashable, Sendable { case slack, teams }

    /// What it did in the channel.
    package enum Step: Hashable, Sendable {
        /// A message of its own.
        case post
        /// It took the place of the message with this timestamp.
        case edit(of: String)
        /// It stands in the thread of the message with this timestamp.
        case reply(to: String)
        /// A file, below the message with this timestamp; nil: in the channel itself.
        case file(below: String?)
    }

    /// From 1, in the order of arrival over both platforms.
    package let number: Int
    package let platform: Platform
    package let step: Step
    /// The body as it was sent; by the Web API without the arguments that say where it goes, for a file its title.
    package let body: String
}

/// A message that did not arrive.
package struct ChatRefusal: Hashable, Sendable {
    package let platform: ChatMessage.Platform
    /// The platform's word, and what is wrong with the message.
    package let reason: String
    package let body: String
}
