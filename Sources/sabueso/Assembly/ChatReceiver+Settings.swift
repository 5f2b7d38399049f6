import Delivery
import Responder
import Settings

extension ChatReceiver {
    /// The receivers of the configuration, each with its own pace.
    ///
    /// - Throws: `RunFailure` for an address that cannot be used; the address itself is not told.
    static func all(in settings: Settings, http: HTTPClients) throws(RunFailure) -> [ChatReceiver] {
        var receivers: [ChatReceiver] = []
        for receiver in settings.receivers {
            do throws(WebhookURLError) {
                receivers.append(try ChatReceiver(receiver, http: http))
            } catch {
                throw RunFailure("receiver '\(receiver.name)': \(error.description)")
            }
        }
        return receivers
    }

    private init(_ receiver: Settings.Receiver, http: HTTPClients) throws(WebhookURLError) {
        let pacer = Pacer(policy: PacingPolicy(receiver), clock: ContinuousClock())
        switch receiver.platform {
        case .slack(let url):
            let sender = SlackWebhookSender(url: try WebhookURL(url.revealed), client: http.plain(), pacing: pacer)
            self.init(name: receiver.name, platform: .slack, sender: sender)
        case .teams(let url):
            let sender = TeamsWorkflowSender(url: try WebhookURL(url.revealed), client: http.plain(), pacing: pacer)
            self.init(name: receiver.name, platform: .teams, sender: sender)
        }
    }
}

extension PacingPolicy {
    /// A burst at once, and one message an interval in the long run, within what the platform takes.
    fileprivate init(_ receiver: Settings.Receiver) {
        let (burst, interval) = (receiver.pacing.burst, receiver.pacing.interval)
        let platform: PacingPolicy =
            switch receiver.platform {
            case .slack: .slack
            case .teams: .teams
            }
        self.init(windows: platform.windows + [Window(count: burst, length: interval * burst)])
    }
}
