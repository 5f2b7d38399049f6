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

/// Plays one incident: the lab and the service side by side, the webhook posted from outside, the message shown as it
/// arrived.
struct Demo: Sendable {
    let scenario: Scenario
    let once: Bool
    let usesColours: Bool

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
            Settings.Receiver(name: "slack", platform: .slack(webhookURL: Secret(lab.slackWebhook))),
            Settings.Receiver(name: "teams", platform: .teams(workflowURL: Secret(lab.teamsWorkflow))),
        ]
        return settings
    }

    // MARK: The incident

    private func play(lab: Lab, settings: Settings, port: Int) async throws {
        let webhook = "http://127.0.0.1:\(port)/webhooks/alertmanager"
        say("Scenario   \(scenario.name): \(scenario.title)")
        say("Service    listening on 127.0.0.1:\(port), journal in SQLite")
        try await post(scenario.webhookBody, to: webhook)
        say("Alert      \(try AlertGroup(webhookBody: scenario.webhookBody).name) posted, committed, answered 200")
        let finding = try await messages(1...settings.receivers.count, of: lab)
        say(
            "Evidence   fetched over HTTP: \(requests(to: "tempo", of: lab)), \(requests(to: "loki", of: lab)), "
                + "\(requests(to: "kubernetes", of: lab)) requests to Tempo, Loki and Kubernetes")
        try show(finding)
        try await post(scenario.resolvedWebhookBody, to: webhook)
        let count = settings.receivers.count
        say("Alert      resolved, posted again")
        try show(try await messages(count + 1...2 * count, of: lab))
        if !once {
            say("The service is still running: http://127.0.0.1:\(port)/readyz and /metrics. Ctrl-C ends it.")
        }
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

    private func messages(_ numbers: ClosedRange<Int>, of lab: Lab) async throws -> [ChatMessage] {
        try await withThrowingTaskGroup(of: [ChatMessage]?.self) { group in
            group.addTask {
                var messages: [ChatMessage] = []
                for number in numbers {
                    guard let message = await lab.message(number: number) else { return nil }
                    messages.append(message)
                }
                return messages
            }
            group.addTask {
                try await WallClock.system.sleep(Self.patience)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            guard let first else { throw RunFailure("no message arrived within \(Self.patience)") }
            return first
        }
    }

    /// Far more than an investigation may take.
    private static let patience = Duration.seconds(60)

    // MARK: What is shown

    private func show(_ messages: [ChatMessage]) throws {
        for message in messages {
            say("Message    delivered to \(message.platform.rawValue), \(message.body.utf8.count) bytes")
        }
        guard let slack = messages.first(where: { $0.platform == .slack }) else { return }
        guard let shown = ShownMessage([UInt8](slack.body.utf8), on: .slack) else { return }
        say("\n" + TerminalPreview(usesColours: usesColours).text(shown))
        guard !shown.links.isEmpty else { return }
        say("Where its links lead:")
        for link in shown.links { say("  [\(link.title)]  \(LinkDestination.describe(link.url ?? ""))") }
        say("")
    }

    private func say(_ line: String) { StandardOutput.write(line + "\n") }
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
