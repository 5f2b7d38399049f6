package import Languages
package import Reporting

/// The incidents that the page shows messages of: built in, so that a browser can have nothing else read.
package struct PreviewExamples: Sendable {
    package struct Incident: Hashable, Sendable {
        /// As in `?case=spot-eviction`.
        package let name: String
        package let title: String

        package init(name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    /// One message, as it is posted on each platform that has one of this kind.
    package struct Message: Hashable, Sendable {
        package let kind: MessageKind
        package let slack: [UInt8]?
        package let teams: [UInt8]?

        package init(kind: MessageKind, slack: [UInt8]?, teams: [UInt8]?) {
            self.kind = kind
            self.slack = slack
            self.teams = teams
        }
    }

    package let incidents: [Incident]
    let messages: @Sendable (Incident, Language) async -> [Message]

    /// - Parameter messages: of one of these incidents, in the order in which a channel gets them.
    package init(_ incidents: [Incident], messages: @escaping @Sendable (Incident, Language) async -> [Message]) {
        self.incidents = incidents
        self.messages = messages
    }

    package static let none = PreviewExamples([]) { _, _ in [] }
}
