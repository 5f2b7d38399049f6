package import Delivery
package import Reporting
package import Settings
package import Telemetry

/// A chat channel that messages go to, by its name in the configuration.
package struct ChatReceiver: Sendable {
    package enum Platform: Hashable, Sendable { case slack, slackBot, teams }

    package let name: String
    package let platform: Platform
    package let sender: any ChatSender
    /// In its readers' language and time zone.
    package let summaries: SummaryBuilder
    package let routing: Settings.Receiver.Routing
    package let timeZone: TimeZoneRules
    /// Draws for its readers; nil where it gets no pictures.
    package let pictures: PictureRenderer?
    /// What its readers can have done by buttons; nothing where nobody tells us what they press.
    package let offers: Set<Summary.Offer>

    package init(
        name: String, platform: Platform, sender: any ChatSender, summaries: SummaryBuilder = SummaryBuilder(),
        routing: Settings.Receiver.Routing = Settings.Receiver.Routing(), timeZone: TimeZoneRules = .utc,
        pictures: PictureRenderer? = nil, offers: Set<Summary.Offer> = []
    ) {
        self.name = name
        self.platform = platform
        self.sender = sender
        self.summaries = summaries
        self.routing = routing
        self.timeZone = timeZone
        self.pictures = pictures
        self.offers = offers
    }

    /// Whether messages can be edited and answered in a thread.
    package var converses: Bool { platform == .slackBot }

    /// The summary as this platform's message, ready to be posted.
    package func payload(for summary: Summary) -> [UInt8] {
        switch platform {
        case .slack, .slackBot: SlackRenderer().body(summary)
        case .teams: TeamsRenderer().body(summary)
        }
    }

    /// Everything that is known, for the thread below the message.
    package func details(for summary: Summary) -> [UInt8] {
        SlackRenderer().details(summary)
    }

    /// How often digests come while a storm lasts.
    var digestInterval: Duration {
        (routing.storm ?? Settings.Receiver.Routing.Storm()).digestInterval
    }
}
