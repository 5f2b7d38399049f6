import ChatCommands
import Delivery
import HTTPTransport
import Journal
import Languages
import Logging
import Reporting
import Responder
import Settings
import Telemetry

extension ChatDoors {
    /// nil when no chat may ask anything.
    init?(
        _ settings: Settings, receivers: [ChatReceiver], investigator: Investigator, journal: any Journal,
        records: CauseRecords, doorbell: Doorbell, http: HTTPClients, clock: WallClock, logger: Logger
    ) {
        let commands = settings.commands
        guard commands.slack != nil || commands.teams != nil else { return nil }
        let bots = settings.slackBots(http: http)
        let handler = CommandHandler(
            journal: journal, investigator: investigator,
            summaries: SummaryBuilder(
                settings, zone: ClockZone(settings.timeZoneOfAnswers), language: settings.languageOfAnswers),
            receivers: receivers,
            silences: commands.silence.map { Silences($0, asking: bots.first?.api, http: http) }, records: records,
            doorbell: doorbell, clock: clock, logger: logger)
        let queue = CommandQueue()
        var lookup: SlackNames.Lookup?
        if let api = bots.first?.api { lookup = { user in await api.name(ofUser: user) } }
        let names = SlackNames(lookup: lookup, logger: logger)
        let slack = commands.slack.map { slack in
            SlackDoor(
                signature: SlackSignature(signingSecret: slack.signingSecret.revealed),
                responseHosts: slack.responseHosts, client: http.plain(), post: bots.threadPost, names: names,
                handler: handler, queue: queue, logger: logger)
        }
        let teams = commands.teams.map { teams in
            TeamsDoor(
                signature: TeamsSignature(securityToken: teams.securityToken.revealed),
                receiver: teams.receiver,
                handler: handler, queue: queue, logger: logger)
        }
        self.init(slack: slack, teams: teams, queue: queue)
    }
}

/// An app with the channel that it posts to.
private struct SlackBot {
    let channel: String
    let api: SlackAPI
}

extension Settings {
    fileprivate var languageOfAnswers: Language {
        let languages = Set(receivers.map(\.language))
        return commands.language ?? (languages.count == 1 ? languages.first : nil) ?? .english
    }

    /// That of the receivers where they share one.
    fileprivate var timeZoneOfAnswers: TimeZoneRules {
        let zones = Set(receivers.map(\.timeZone))
        return (zones.count == 1 ? zones.first : nil) ?? .utc
    }

    fileprivate func slackBots(http: HTTPClients) -> [SlackBot] {
        receivers.compactMap { receiver in
            guard case .slackBot(let bot) = receiver.platform else { return nil }
            return SlackBot(
                channel: bot.channel,
                api: SlackAPI(address: bot.apiURL, token: bot.token.revealed, client: http.plain()))
        }
    }
}

extension [SlackBot] {
    /// By the app of the channel; where it is known by its name only, by the first.
    fileprivate var threadPost: SlackDoor.ThreadPost? {
        guard let first else { return nil }
        return { message, channel, thread in
            let bot = self.first { $0.channel == channel } ?? first
            return await bot.api.post(message, to: channel, below: thread)
        }
    }
}

extension Silences {
    fileprivate init(_ silence: Settings.Commands.Silence, asking api: SlackAPI?, http: HTTPClients) {
        let connection = silence.alertmanager
        let client: any HTTPClient = http.client(for: connection, of: "Alertmanager")
        var lookup: SilenceMembers.Lookup?
        if let api { lookup = { group in await api.members(ofGroup: group) } }
        self.init(
            alertmanager: AlertmanagerSilences(client: client, address: connection.url, deadline: connection.timeout),
            longest: silence.longest,
            members: SilenceMembers(users: silence.users, groups: silence.groups, lookup: lookup))
    }
}
