package import Languages
package import Telemetry

extension Settings {
    /// A chat channel that gets messages.
    package struct Receiver: Hashable, Sendable {
        package enum Platform: Hashable, Sendable {
            /// An incoming webhook of Slack.
            case slack(webhookURL: Secret)
            /// An app's bot token and the channel that it posts to: it can edit its messages and answer in threads.
            case slackBot(Bot)
            /// The URL of a Teams workflow "when a Teams webhook request is received".
            case teams(workflowURL: Secret)
        }

        /// A Slack app.
        package struct Bot: Hashable, Sendable {
            package var token: Secret
            /// `C0123456789` or `#on-call`.
            package var channel: String
            /// Without the method: another one than Slack's own is for GovSlack.
            package var apiURL: String

            package static let standardURL = "https://slack.com/api"

            package init(token: Secret, channel: String, apiURL: String = standardURL) {
                self.token = token
                self.channel = channel
                self.apiURL = apiURL
            }
        }

        /// How fast messages may follow each other.
        package struct Pacing: Hashable, Sendable {
            /// Between two messages, once the burst is used up.
            package var interval: Duration
            /// Messages that may go out at once after a quiet time.
            package var burst: Int

            package init(interval: Duration, burst: Int) {
                self.interval = interval
                self.burst = burst
            }

            /// About one message a second for a channel, short bursts allowed.
            ///
            /// Source: https://api.slack.com/apis/rate-limits
            package static let slack = Pacing(interval: .seconds(1), burst: 4)
            /// The older connectors took 4 in a second and 60 in 30 s; the longer limits hold whatever is set here.
            package static let teams = Pacing(interval: .milliseconds(500), burst: 2)
        }

        package var name: String
        package var platform: Platform
        package var pacing: Pacing
        /// What it hears of, and when.
        package var routing: Routing
        /// In which its readers read.
        package var language: Language
        /// Of their clocks.
        package var timeZone: TimeZoneRules
        /// Whether it gets pictures; nil: where they can be sent and the program that makes them is installed.
        package var pictures: Bool?

        package init(
            name: String, platform: Platform, pacing: Pacing? = nil, routing: Routing = Routing(),
            language: Language = .english, timeZone: TimeZoneRules = .utc, pictures: Bool? = nil
        ) {
            self.name = name
            self.platform = platform
            self.pacing = pacing ?? platform.usualPacing
            self.routing = routing
            self.language = language
            self.timeZone = timeZone
            self.pictures = pictures
        }
    }
}

extension Settings.Receiver.Platform {
    package var usualPacing: Settings.Receiver.Pacing {
        switch self {
        case .slack, .slackBot: .slack
        case .teams: .teams
        }
    }

    fileprivate var takesPictures: Bool {
        if case .slackBot = self { true } else { false }
    }
}

extension Settings.Receiver {
    init?(_ reader: YAMLReader) {
        let name = reader.required("name", as: .text)
        let slack = reader.optional("slack", as: .section(Platform.slack))
        let teams = reader.optional("teams", as: .section { $0.requiredSecretURL("workflow_url") })
        switch (reader.has("slack"), reader.has("teams")) {
        case (true, true): reader.report("slack and teams are both given: make two receivers of it")
        case (false, false): reader.report("slack or teams is missing")
        default: break
        }
        let platform = slack ?? teams.map(Platform.teams)
        let usual = platform?.usualPacing ?? .slack
        let pacing = reader.optional("pacing", as: .section { Pacing($0, usual) })
        let language = reader.optional("language", as: .oneOf(Language.self))
        let timeZone = reader.optional("time_zone", as: .timeZone)
        let pictures = reader.optional("pictures", as: .onOrOff)
        if pictures == true, let platform, !platform.takesPictures, let node = reader.node("pictures") {
            node.report("pictures can only be uploaded with slack.bot_token: a webhook takes none")
        }
        let routing = Routing(reader)
        guard let name, let platform else { return nil }
        self.init(
            name: name, platform: platform, pacing: pacing, routing: routing, language: language ?? .english,
            timeZone: timeZone ?? .utc, pictures: pictures)
    }

    /// The names under `receivers`, also of those that have a problem.
    static func names(in reader: YAMLReader) -> [(name: String, node: YAMLNode)] {
        (reader.node("receivers")?.items ?? []).compactMap { receiver in
            guard let node = receiver["name"], let name = node.rawScalar else { return nil }
            return (name, node)
        }
    }

    /// Two receivers of one name could not be told apart in the journal.
    static func reportRepeatedNames(in reader: YAMLReader) {
        var seen: Set<String> = []
        for (name, node) in names(in: reader) where !seen.insert(name).inserted {
            node.report("there is a receiver of this name already")
        }
    }
}

extension Settings.Receiver.Pacing {
    init(_ reader: YAMLReader, _ usual: Self) {
        self = usual
        reader.read("interval", as: .duration(in: .zero ... .seconds(3600)), into: &interval)
        reader.read("burst", as: .integer(in: 1...1000), into: &burst)
    }
}

extension Settings.Receiver.Platform {
    /// Slack's ways in: a webhook's address, or an app's token with a channel.
    fileprivate static func slack(_ reader: YAMLReader) -> Self? {
        guard reader.has("bot_token") || reader.has("bot_token_file") else {
            return reader.requiredSecretURL("webhook_url").map(Self.slack(webhookURL:))
        }
        if let url = reader.node("webhook_url") ?? reader.node("webhook_url_file") {
            url.report("bot_token is given too: keep one of the two")
        }
        let token = reader.secret("bot_token")
        let channel = reader.required("channel", as: .slackChannel)
        let apiURL = reader.optional("api_url", as: .serverURL)
        guard let token, let channel else { return nil }
        return .slackBot(
            Settings.Receiver.Bot(token: token, channel: channel, apiURL: apiURL ?? Settings.Receiver.Bot.standardURL))
    }
}

extension YAMLShape<Bool> {
    fileprivate static var onOrOff: YAMLShape {
        .scalar("on or off") { ["on": true, "true": true, "off": false, "false": false][$0] }
    }
}

extension YAMLShape<String> {
    /// A channel's id or its name behind `#`; both are words, so that they need no escapes in what is sent.
    fileprivate static var slackChannel: YAMLShape {
        // A name stands in quotes: without them its # would begin a comment.
        .scalar("a channel like C0123456789 or #on-call", isText: true) { text in
            let name = text.hasPrefix("#") ? text.dropFirst() : text[...]
            let isWord = name.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
            }
            return isWord && !name.isEmpty ? text : nil
        }
    }
}
