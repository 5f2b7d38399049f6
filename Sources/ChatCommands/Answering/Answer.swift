import Journal
import Languages
package import Reporting

/// What a command came to.
package struct Answer: Hashable, Sendable {
    package enum Audience: Hashable, Sendable {
        /// The one who asked: lists, mistakes, thanks.
        case asker
        /// Everybody in the channel or the thread: what was found or done.
        case everyone
    }

    package enum Content: Hashable, Sendable {
        case reply(ChatReply)
        /// An investigation's.
        case summary(Summary)
    }

    package let audience: Audience
    package let content: Content
    /// Whether everybody finds it in the thread of its incident: where it was asked for, nobody else needs it then.
    var isInThread = false

    package init(_ content: Content, to audience: Audience = .asker) {
        self.content = content
        self.audience = audience
    }

    static func sentences(_ sentences: Phrase..., to audience: Audience = .asker) -> Answer {
        Answer(.reply(ChatReply(sentences.map(ChatReply.Line.sentence))), to: audience)
    }

    /// For Slack, without where it goes.
    func slackMessage(in language: Language) -> [UInt8] {
        switch content {
        case .reply(let reply): SlackRenderer().body(reply.said(in: language))
        case .summary(let summary): SlackRenderer().body(summary)
        }
    }

    /// As the answer to an outgoing webhook of Teams.
    func teamsMessage(in language: Language) -> [UInt8] {
        switch content {
        case .reply(let reply): TeamsRenderer().body(reply.said(in: language))
        case .summary(let summary): TeamsRenderer().body(summary)
        }
    }

    /// As a card, for a workflow of Teams.
    func teamsCard(in language: Language) -> [UInt8] {
        switch content {
        case .summary(let summary): return TeamsRenderer().body(summary)
        case .reply(let reply):
            var sentences: [String] = []
            var links: [Summary.Link] = []
            for line in reply.lines {
                switch line {
                case .sentence(let text): sentences.append(text.said(in: language))
                case .link(let title, let url):
                    links.append(.init(target: .evidence, title: title.said(in: language), destination: "", url: url))
                }
            }
            return TeamsRenderer().body(
                Summary(
                    language: language, headline: sentences.first ?? "",
                    context: sentences.dropFirst().joined(separator: " · "), links: links))
        }
    }
}

extension ChatReply {
    fileprivate func said(in language: Language) -> ChatReply {
        var reply = self
        reply.language = language
        return reply
    }
}

extension Phrase.StringInterpolation {
    mutating func appendInterpolation(_ id: IncidentID) { appendInterpolation("\(id)") }
}
