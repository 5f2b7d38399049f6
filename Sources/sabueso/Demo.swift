import Alerts
import FoundationEssentials
import HTTPTransport
import Lab
import Logging
import Reporting
import Responder
import Scenarios
import ServiceLifecycle
import Settings
import Telemetry

/// Plays one incident: the lab and the service side by side, the webhook posted from outside, the conversation in the
/// channel shown as it arrived.
struct Demo: Sendable {
    let scenario: Scenario
    let once: Bool
    let usesColours: Bool
    /// Where each message is written as it was sent; nil: nowhere.
    let messagesFolder: String?

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "sabueso-demo-\(UInt64.random(in: .min ... .max))")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        } catch {
            throw RunFailure("no folder for the journal can be made in \(folder.deletingLastPathComponent().path())")
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        // Standard output is the demo's; what the service has to complain about goes to standard error.
        var complaints = Settings.Logging()
        complaints.level = .error
        let logger = Logger(complaints)
        let lab = Lab(evidence: scenario.evidence)
        let labGroup = ServiceGroup(services: [lab], logger: logger)
        let port = PortAnnouncement()
        // The group ends its children on every way out, so neither server outlives the demo.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await labGroup.run() }
            let address = try await lab.address()
            let settings = settings(lab: address, journal: folder.appending(path: "sabueso.sqlite").path())
            let service = try LiveService(settings, logger: logger, clock: clock) { await port.announce($0) }
            group.addTask {
                do {
                    try await service.run()
                    await port.announce(nil)
                } catch {
                    await port.announce(nil)
                    throw error
                }
            }
            guard let servicePort = await port.value() else {
                try await group.next()
                throw RunFailure("the service ended before it listened")
            }
            try await play(lab: lab, settings: settings, port: servicePort)
            if once { await service.stop() }
            // The service ends first, by the line above or by Ctrl-C; then nobody needs the lab any more.
            try await group.next()
            await labGroup.triggerGracefulShutdown()
        }
    }

    /// The recorded time goes on from where the recording ends, so that the message reads as it did then.
    private var clock: WallClock {
        let offset = scenario.evidence.window.end - WallClock.system.now()
        return WallClock(now: { WallClock.system.now() + offset }, sleep: WallClock.system.sleep)
    }

    private func settings(lab: LabAddress, journal: String) -> Settings {
        var settings = Settings()
        settings.server.host = "127.0.0.1"
        settings.server.port = 0
        settings.journal.path = journal
        settings.tempo = Settings.Tempo(connection: Connection(url: lab.tempo))
        settings.loki = Settings.Loki(connection: Connection(url: lab.loki))
        settings.kubernetes = Settings.Kubernetes(url: lab.kubernetes)
        var grafana = Settings.Grafana(url: "http://localhost:3000")
        grafana.tempoUID = "tempo"
        grafana.lokiUID = "loki"
        settings.grafana = grafana
        settings.runbooksURL = "https://git.example.com/sabueso/Runbooks"
        settings.receivers = [
            Settings.Receiver(
                name: "slack",
                platform: .slackBot(
                    Settings.Receiver.Bot(
                        token: Secret(SlackSettings.standardToken), channel: "#on-call", apiURL: lab.slackAPI))),
            Settings.Receiver(name: "teams", platform: .teams(workflowURL: Secret(lab.teamsWorkflow))),
        ]
        return settings
    }

    private var screen: DemoScreen { DemoScreen(usesColours: usesColours) }

    // MARK: The incident

    private func play(lab: Lab, settings: Settings, port: Int) async throws {
        let webhook = "http://127.0.0.1:\(port)/webhooks/alertmanager"
        screen.say("Scenario   \(scenario.name): \(scenario.title)")
        screen.say("Service    listening on 127.0.0.1:\(port), journal in SQLite")
        try await post(scenario.webhookBody, to: webhook)
        screen.say(
            "Alert      \(try AlertGroup(webhookBody: scenario.webhookBody).name) posted, committed, answered 200")
        let begun = try await messages(of: lab, posts: 1)
        screen.say("\nAt once, before anything was looked at, the channel is told:")
        try screen.show(begun)
        try await tellDiagnosis(lab)
        try await post(scenario.resolvedWebhookBody, to: webhook)
        screen.say("Alert      resolved, posted again")
        _ = try await messages(of: lab, posts: 1, edits: 2, replies: 2, cards: 2)
        screen.say("\nThe first message turns green, and its thread is told:")
        try screen.show(await lab.conversations(), answersFrom: 1)
        let all = await lab.receivedMessages()
        try keep(all)
        try check(await lab.refusals())
        let bytes = all.filter { $0.platform == .teams }.map(\.body.utf8.count).map(String.init)
        screen.say(
            "Teams      cannot edit, so it got \(bytes.count) cards: when the cause was known and at the end "
                + "(\(bytes.joined(separator: " and ")) bytes)")
        if !once {
            screen.say("\nThe service is still running: http://127.0.0.1:\(port)/readyz and /metrics. Ctrl-C ends it.")
        }
    }

    private func tellDiagnosis(_ lab: Lab) async throws {
        _ = try await messages(of: lab, posts: 1, edits: 1, replies: 1, cards: 1)
        screen.say(
            "Evidence   fetched over HTTP: \(requests(to: "tempo", of: lab)), \(requests(to: "loki", of: lab)), "
                + "\(requests(to: "kubernetes", of: lab)) requests to Tempo, Loki and Kubernetes")
        screen.say("\nThe same message becomes the diagnosis, and all evidence goes into its thread:")
        let conversations = await lab.conversations()
        try screen.show(conversations, answersFrom: 0)
        try screen.showLinks(of: conversations)
    }

    private func requests(to backend: String, of lab: Lab) -> Int {
        Endpoint.allCases.filter { $0.rawValue.hasPrefix(backend) }.reduce(0) { $0 + lab.requestCount($1) }
    }

    private func post(_ body: [UInt8], to webhook: String) async throws {
        let client = CurlClient()
        let request = HTTPRequest(
            method: "POST", url: webhook, headers: [HTTPHeader("Content-Type", "application/json")], body: body)
        do {
            let answer = try await client.send(request)
            await client.shutdown()
            guard answer.status == 200 else {
                throw RunFailure("the webhook was answered \(answer.status): \(answer.text)")
            }
        } catch let error as HTTPError {
            throw RunFailure("the webhook could not be posted: \(error)")
        }
    }

    /// All messages so far, as soon as there are so many of each kind.
    @discardableResult
    private func messages(
        of lab: Lab, posts: Int = 0, edits: Int = 0, replies: Int = 0, cards: Int = 0
    ) async throws -> [ChatMessage] {
        try await withThrowingTaskGroup(of: [ChatMessage]?.self) { group in
            group.addTask {
                await lab.messages { messages in
                    let slack = messages.filter { $0.platform == .slack }
                    return slack.count(where: \.isPost) >= posts && slack.count(where: \.isEdit) >= edits
                        && slack.count(where: \.isReply) >= replies
                        && messages.count(where: { $0.platform == .teams }) >= cards
                }
            }
            group.addTask {
                try await WallClock.system.sleep(Self.patience)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            guard let first else {
                try check(await lab.refusals())
                throw RunFailure("the messages did not arrive within \(Self.patience)")
            }
            return first
        }
    }

    /// Far more than an investigation may take.
    private static let patience = Duration.seconds(60)

    private func check(_ refusals: [ChatRefusal]) throws {
        guard let refusal = refusals.first else { return }
        throw RunFailure("\(refusal.platform.rawValue) would not take a message: \(refusal.reason)")
    }

    private func keep(_ messages: [ChatMessage]) throws {
        guard let folder = messagesFolder else { return }
        do {
            try messages.write(to: folder)
        } catch {
            throw RunFailure("the messages cannot be written to \(folder): \(error)")
        }
    }
}

extension ChatMessage {
    fileprivate var isPost: Bool { step == .post }
    fileprivate var isEdit: Bool { if case .edit = step { true } else { false } }
    fileprivate var isReply: Bool { if case .reply = step { true } else { false } }
}

/// The service's port, once it is known; nil when it ended without one.
private actor PortAnnouncement {
    private var isMade = false
    private var port: Int?
    private var waiting: [CheckedContinuation<Int?, Never>] = []

    func announce(_ port: Int?) {
        guard !isMade else { return }
        isMade = true
        self.port = port
        for continuation in waiting { continuation.resume(returning: port) }
        waiting = []
    }

    func value() async -> Int? {
        if isMade { return port }
        return await withCheckedContinuation { waiting.append($0) }
    }
}
