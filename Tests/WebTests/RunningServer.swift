import Backends
import ChatCommands
import HTTPTransport
import Journal
import Logging
import Reporting
import Responder
import RootCause
import ServiceLifecycle
import Settings
import Synchronization
import Telemetry
import TestSupport
import Web

/// The service's HTTP server on a free port, with a journal in memory and nobody who works through it.
struct RunningServer: Sendable {
    let port: Int
    let journal: DatabaseJournal
    let log: LinesOfLog
    let http = CurlClient(HTTPClientConfiguration(proxy: .direct))

    /// Returns what the test returned, after the server has ended as a signal would end it.
    @discardableResult
    static func run<Value: Sendable>(
        maximumBodyBytes: Int = 4 << 20, maximumAlerts: Int = 10_000, waitingLimit: Int = 10_000,
        credentials: WebhookCredentials? = nil, idleTimeout: Duration = .seconds(3600),
        drainTime: Duration = .seconds(3600), previews: PreviewExamples = .none, slackSecret: String? = nil,
        _ test: @escaping @Sendable (RunningServer) async throws -> Value
    ) async throws -> Value {
        let journal = try DatabaseJournal(path: ":memory:", waitingLimit: waitingLimit)
        let registry = MetricsRegistry()
        let log = LinesOfLog()
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let clock = WallClock(now: { Timestamp(seconds: 1_795_361_500) }, sleep: { _ in })
        // No time passes by itself: a command is waited for until it is answered.
        let patient = WallClock(now: clock.now, sleep: { _ in try await Task.sleep(for: .seconds(3600)) })
        let chat = slackSecret.map { ChatDoors.forTests($0, journal: journal, clock: patient, logger: log.logger) }
        let server = WebServer(
            configuration: WebServer.Configuration(
                host: "127.0.0.1", port: 0, maximumBodyBytes: maximumBodyBytes, maximumWaiting: waitingLimit,
                webhookCredentials: credentials, idleTimeout: idleTimeout, drainTime: drainTime),
            intake: Intake(journal: journal, doorbell: Doorbell(), maximumAlerts: maximumAlerts, clock: clock),
            journal: journal, chat: chat, clock: clock, metrics: registry, metricsPage: { registry.exposition() },
            previews: previews, logger: log.logger, onListening: { listening.yield($0) })
        let services = ServiceGroup(services: (chat.map { [$0] } ?? []) + [server], logger: log.logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            guard let port = await ports.first(where: { _ in true }) else { throw TestFailure("it never listened") }
            let running = RunningServer(port: port, journal: journal, log: log)
            let result: Result<Value, any Error>
            do {
                result = .success(try await test(running))
            } catch {
                result = .failure(error)
            }
            await running.http.shutdown()
            // Not by cancellation: connections that were just accepted would be dropped without being closed.
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }

    func send(
        _ method: String = "POST", _ path: String = "/webhooks/alertmanager", body: [UInt8]? = nil,
        contentType: String? = "application/json", authorization: String? = nil
    ) async throws -> HTTPResponse {
        var headers: [HTTPHeader] = []
        if let contentType { headers.append(HTTPHeader("Content-Type", contentType)) }
        if let authorization { headers.append(HTTPHeader("Authorization", authorization)) }
        return try await http.send(
            HTTPRequest(method: method, url: "http://127.0.0.1:\(port)\(path)", headers: headers, body: body))
    }
}

extension ChatDoors {
    fileprivate static func forTests(
        _ secret: String, journal: any Journal, clock: WallClock, logger: Logger
    ) -> ChatDoors {
        let handler = CommandHandler(
            journal: journal,
            investigator: Investigator(
                playbooks: Playbook.builtIn, evidence: NoEvidence(), analyzer: RootCauseAnalyzer(),
                clock: clock),
            summaries: SummaryBuilder(), receivers: [], silences: nil,
            records: CauseRecords(journal: journal, clock: clock, logger: logger), doorbell: Doorbell(), clock: clock,
            logger: logger)
        let queue = CommandQueue()
        return ChatDoors(
            slack: SlackDoor(
                signature: SlackSignature(signingSecret: secret),
                responseHosts: ["hooks.slack.com"],
                client: CurlClient(), post: nil, names: SlackNames(lookup: nil, logger: logger), handler: handler,
                queue: queue, logger: logger), teams: nil,
            queue: queue)
    }
}

/// Nothing was found.
private struct NoEvidence: EvidenceProvider {
    func evidence(for request: CollectionRequest) async -> Evidence {
        Evidence(scope: request.scope, window: request.window, baseline: request.baseline)
    }
}

/// What was logged, level and message.
final class LinesOfLog: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler { line in self.kept.withLock { $0.append(line) } } }
    }

    private struct Handler: LogHandler {
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]
        var metadataProvider: Logger.MetadataProvider?
        let keep: @Sendable (String) -> Void

        init(keep: @escaping @Sendable (String) -> Void) { self.keep = keep }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { keep("\(event.level) \(event.message)") }
    }
}
