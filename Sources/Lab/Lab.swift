import Hummingbird
package import Logging
import NIOCore
import Scenarios
import ServiceLifecycle
package import Telemetry

/// A case served on loopback as Tempo, Loki, the Kubernetes API, Prometheus, Grafana, Alertmanager, Slack and Teams, with the real ones' quirks, and with
/// faults on demand: for the demo and for tests.
///
/// It holds evidence and no opinion: what a diagnosis says of it is for the service to find out.
package struct Lab: Service {
    private let configuration: LabConfiguration
    private let responder: LabResponder
    private let faults = FaultBoard()
    /// Who may ask the Kubernetes API for what.
    package let kubernetesGate = KubernetesGate()
    private let binding = Binding()
    private let inbox: ChatInbox
    private let logger: Logger

    /// - Parameter clock: measures `Fault.slow`, and how fast messages come.
    package init(
        evidence: Evidence, configuration: LabConfiguration = LabConfiguration(),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "lab") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.configuration = configuration
        self.logger = logger
        let now = configuration.now ?? evidence.newest + .seconds(1)
        let elapsed = clock.elapsedFromNow()
        inbox = ChatInbox(slack: configuration.slack) { now + elapsed() }
        responder = LabResponder(
            servers: LabServers(
                tempo: TempoServer(traces: evidence.traces, now: now, configuration: configuration),
                loki: LokiServer(entries: evidence.logs, now: now, configuration: configuration),
                kubernetes: KubernetesServer(
                    evidence: evidence, configuration: configuration, gate: kubernetesGate),
                prometheus: PrometheusServer(evidence: evidence, now: now, configuration: configuration),
                grafana: GrafanaServer(configuration), alertmanager: AlertmanagerServer(configuration),
                chat: ChatServer(inbox: inbox, slack: configuration.slack)),
            faults: faults, clock: clock)
    }

    package func run() async throws {
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: configuration.port), serverName: nil),
            onServerRunning: { [binding] channel in
                await binding.resolve(channel.localAddress?.port.map(LabAddress.init))
            },
            logger: logger)
        do {
            try await application.run()
            await binding.resolve(nil)
        } catch {
            await binding.resolve(nil)
            throw error
        }
    }

    /// Where the lab listens, as soon as it does.
    ///
    /// - Throws: `LabError.notRunning` when it ended, or failed to bind its port, before.
    package func address() async throws(LabError) -> LabAddress {
        guard let address = await binding.value() else { throw .notRunning }
        return address
    }

    /// The answer to a request without a socket in between; faults do not touch it.
    package func answer(_ request: LabRequest) async -> LabAnswer { await responder.servers.answer(request) }

    // MARK: Faults

    /// Lets the next requests to an endpoint go wrong.
    ///
    /// - Parameter times: how many; nil: all, until `heal`.
    package func fail(_ endpoint: Endpoint, with fault: Fault, times: Int? = nil) {
        faults.switchOn(fault, at: endpoint, times: times)
    }

    package func heal(_ endpoint: Endpoint) { faults.switchOff(endpoint) }

    /// How many requests came, those that failed included.
    package func requestCount(_ endpoint: Endpoint) -> Int { faults.count(endpoint) }

    // MARK: Chat

    /// Every message that was accepted, those from before the call included. Does not end by itself.
    package func messages() async -> AsyncStream<ChatMessage> { await inbox.stream() }

    /// What has been accepted so far.
    package func receivedMessages() async -> [ChatMessage] { await inbox.messages }

    /// All messages so far, as soon as they are what the caller waits for; nil when the task is cancelled.
    package func messages(until isEnough: @Sendable ([ChatMessage]) -> Bool) async -> [ChatMessage]? {
        var messages: [ChatMessage] = []
        for await message in await inbox.stream() {
            messages.append(message)
            if isEnough(messages) { return messages }
        }
        return nil
    }

    /// The message with this number, counted from 1, as soon as it is there; nil when the task is cancelled.
    package func message(number: Int) async -> ChatMessage? {
        for await message in await inbox.stream() where message.number == number { return message }
        return nil
    }

    /// What did not arrive, and why: refused, or lost where its sender could not see it.
    package func refusals() async -> [ChatRefusal] { await inbox.refusals }

    /// What people see in a channel of Slack that the app posts to with its token.
    ///
    /// - Parameter channel: its id or its name.
    package func conversations(in channel: String = SlackSettings.standardChannel) async -> [SlackMessage] {
        (try? await inbox.slackQuietly { slack, _ in slack.messages(in: channel) }) ?? []
    }

    /// How the senders kept to Slack's rate.
    package func slackPace() async -> SlackPaceRecord? { try? await inbox.slackQuietly { slack, _ in slack.pace } }

    /// The path of a `response_url`, as it comes with a command or a button.
    ///
    /// - Parameter message: the timestamp of the message whose button was pressed.
    package func openSlackResponse(
        in channel: String = SlackSettings.standardChannel, message: String? = nil
    ) async -> String {
        let id = try? await inbox.slackQuietly { slack, now in
            slack.openResponse(channel: channel, message: message, at: now)
        }
        return "/slack/response/\(id ?? "")"
    }
}

extension Clock<Duration> {
    /// How much time has passed since this call.
    fileprivate func elapsedFromNow() -> @Sendable () -> Duration {
        let start = now
        return { start.duration(to: self.now) }
    }
}

/// Why the lab is of no use.
package enum LabError: Error, Hashable, CustomStringConvertible {
    case notRunning

    package var description: String {
        "The lab has no address: it ended before it listened. Is its port taken? Port 0 takes a free one."
    }
}

/// The address, once it is known, for everybody who waits for it.
private actor Binding {
    private var isResolved = false
    private var address: LabAddress?
    private var waiting: [CheckedContinuation<LabAddress?, Never>] = []

    func resolve(_ address: LabAddress?) {
        self.address = address
        isResolved = true
        for continuation in waiting { continuation.resume(returning: address) }
        waiting = []
    }

    func value() async -> LabAddress? {
        if isResolved { return address }
        return await withCheckedContinuation { waiting.append($0) }
    }
}

extension Evidence {
    /// The newest instant of all that is in it.
    fileprivate var newest: Timestamp {
        var newest = window.end
        for trace in traces { newest = max(newest, trace.window?.end ?? newest) }
        for entry in logs { newest = max(newest, entry.at) }
        for series in metrics { newest = max(newest, series.samples.last?.at ?? newest) }
        for event in events { newest = max(newest, event.lastSeen) }
        return newest
    }
}
