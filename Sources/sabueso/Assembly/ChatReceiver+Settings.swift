import Delivery
import FoundationEssentials
import PictureConversion
import Reporting
import Responder
import Settings
import Telemetry

extension ChatReceiver {
    /// The receivers of the configuration, each with its own pace.
    ///
    /// - Throws: `RunFailure` for an address that cannot be used, which is not told itself, and for pictures that are
    ///   wanted where nothing can make them.
    static func all(in settings: Settings, http: HTTPClients) throws(RunFailure) -> [ChatReceiver] {
        var receivers: [ChatReceiver] = []
        for receiver in settings.receivers {
            let pictures: RsvgConvert?
            do throws(PictureError) {
                pictures = try converter(for: receiver)
            } catch {
                throw RunFailure("receiver '\(receiver.name)': pictures: \(error.description)")
            }
            do throws(WebhookURLError) {
                receivers.append(try ChatReceiver(receiver, settings, http: http, pictures: pictures))
            } catch {
                throw RunFailure("receiver '\(receiver.name)': \(error.description)")
            }
        }
        return receivers
    }

    /// nil where a receiver gets no pictures.
    private static func converter(for receiver: Settings.Receiver) throws(PictureError) -> RsvgConvert? {
        guard case .slackBot = receiver.platform, receiver.pictures != false else { return nil }
        do throws(PictureError) {
            return try RsvgConvert.found(in: ProcessInfo.processInfo.environment["PATH"] ?? "")
        } catch {
            // Nobody asked for them.
            guard receiver.pictures == true else { return nil }
            throw error
        }
    }

    private init(
        _ receiver: Settings.Receiver, _ settings: Settings, http: HTTPClients, pictures: RsvgConvert?
    ) throws(WebhookURLError) {
        let pacer = Pacer(policy: PacingPolicy(receiver), clock: ContinuousClock())
        let sender: any ChatSender
        let platform: Platform
        switch receiver.platform {
        case .slack(let url):
            sender = SlackWebhookSender(url: try WebhookURL(url.revealed), client: http.plain(), pacing: pacer)
            platform = .slack
        case .slackBot(let bot):
            let api = SlackAPI(address: bot.apiURL, token: bot.token.revealed, client: http.plain())
            sender = SlackBotSender(api: api, channel: bot.channel, pacing: pacer, pictures: pictures)
            platform = .slackBot
        case .teams(let url):
            sender = TeamsWorkflowSender(url: try WebhookURL(url.revealed), client: http.plain(), pacing: pacer)
            platform = .teams
        }
        let zone = ClockZone(receiver.timeZone)
        self.init(
            name: receiver.name, platform: platform, sender: sender, summaries: SummaryBuilder(settings, for: receiver),
            routing: receiver.routing, timeZone: receiver.timeZone,
            pictures: pictures.map { _ in PictureRenderer(zone: zone, language: receiver.language) },
            offers: settings.offers(to: receiver))
    }
}

extension Settings {
    /// Only a Slack app tells us what is pressed, and only where its requests are taken.
    fileprivate func offers(to receiver: Receiver) -> Set<Summary.Offer> {
        guard commands.slack != nil, case .slackBot = receiver.platform else { return [] }
        return commands.silence == nil ? [.acknowledge, .replay, .vote] : [.acknowledge, .silence, .replay, .vote]
    }
}

extension PacingPolicy {
    /// A burst at once, and one message an interval in the long run, within what the platform takes.
    fileprivate init(_ receiver: Settings.Receiver) {
        let (burst, interval) = (receiver.pacing.burst, receiver.pacing.interval)
        let platform: PacingPolicy =
            switch receiver.platform {
            case .slack, .slackBot: .slack
            case .teams: .teams
            }
        self.init(windows: platform.windows + [Window(count: burst, length: interval * burst)])
    }
}
