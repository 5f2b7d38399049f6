import Backends
import ChatCommands
import Delivery
import Journal
import Logging
import Metrics
import Reporting
import Responder
import RootCause
import ServiceLifecycle
import Settings
import UnixSignals
import Web

/// The running service, wired from its settings: what `serve` runs, and `demo` too.
struct LiveService {
    private let journal: DatabaseJournal
    private let http: HTTPClients
    private let records: CauseRecords
    private let group: ServiceGroup
    private let logger: Logger

    /// - Parameter onListening: called with the port as soon as the webhook can be posted.
    /// - Throws: `RunFailure` when the journal cannot be opened or a receiver's URL cannot be used.
    init(
        _ settings: Settings, logger: Logger, clock: WallClock = .system,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws(RunFailure) {
        self.logger = logger
        http = HTTPClients(logger: logger)
        journal = try DatabaseJournal(settings.journal)
        let registry = MetricsRegistry()
        let doorbell = Doorbell()
        let receivers = try ChatReceiver.all(in: settings, http: http)
        let investigator = Investigator(
            playbooks: settings.playbooks, evidence: Collector(settings, http: http, clock: clock),
            analyzer: RootCauseAnalyzer(settings), clock: clock)
        records = CauseRecords(journal: journal, clock: clock, logger: logger)
        let handler = NotificationHandler(
            journal: journal, investigator: investigator, summaries: SummaryBuilder(settings), receivers: receivers,
            records: records, doorbell: doorbell, investigationsAtOnce: settings.investigation.concurrency,
            clock: clock, logger: logger, metrics: registry)
        let responder = Responder(
            journal: journal, handler: handler, doorbell: doorbell, clock: clock, logger: logger,
            concurrency: settings.investigation.concurrency, deadline: settings.investigation.budget.deadline)
        let dispatcher = Dispatcher(
            journal: journal, receivers: receivers, doorbell: doorbell, clock: clock, logger: logger,
            metrics: registry)
        let followUps = FollowUps(
            journal: journal, receivers: receivers, doorbell: doorbell, clock: clock, logger: logger)
        let secondLooks = SecondLooks(
            journal: journal, handler: handler, doorbell: doorbell, clock: clock, logger: logger)
        let chat = ChatDoors(
            settings, receivers: receivers, investigator: investigator, journal: journal, records: records,
            doorbell: doorbell, http: http, clock: clock, logger: logger)
        let web = WebServer(
            configuration: WebServer.Configuration(settings.server, maximumWaiting: settings.journal.maximumWaiting),
            intake: Intake(
                journal: journal, doorbell: doorbell, maximumAlerts: settings.server.maximumAlerts, clock: clock),
            journal: journal, chat: chat, clock: clock, metrics: registry, metricsPage: { registry.exposition() },
            previews: .scenarios, logger: logger, onListening: onListening)
        let succession = Succession(journal: journal, doorbell: doorbell, clock: clock, logger: logger)
        let janitor = Janitor(
            journal: journal, retention: settings.journal.retention, clock: clock, logger: logger)
        // Torn down in reverse: the listener first, then the investigations, and the sender last, because it sends what
        // the investigations finish with.
        // Its debug lines are whole objects, thousands of characters long.
        var lifecycleLogger = logger
        lifecycleLogger.logLevel = max(.info, logger.logLevel)
        var configuration = ServiceGroupConfiguration(
            services: [janitor, records, dispatcher, followUps, secondLooks, succession, responder]
                + (chat.map { [$0] } ?? []) + [web],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: lifecycleLogger)
        configuration.maximumGracefulShutdownDuration = settings.shutdownGrace
        group = ServiceGroup(configuration: configuration)
    }

    /// Runs until `stop`, a signal or a failure; returns with everything committed and closed.
    func run() async throws {
        do {
            try await journal.takeOver()
            // Before the first message is made.
            await records.refresh()
            try await group.run()
            await close()
        } catch {
            await close()
            throw error
        }
    }

    /// Ends `run` as SIGTERM would: what was begun is finished.
    func stop() async {
        await group.triggerGracefulShutdown()
    }

    private func close() async {
        await http.shutdown()
        await journal.close()
        logger.info("stopped")
    }
}

extension WebServer.Configuration {
    fileprivate init(_ server: Settings.Server, maximumWaiting: Int) {
        let credentials: WebhookCredentials? =
            switch server.authorization {
            case .basic(let username, let password): .basic(username: username, password: password.revealed)
            case .bearer(let token): .bearer(token.revealed)
            case nil: nil
            }
        self.init(
            host: server.host, port: server.port, maximumBodyBytes: server.maximumBodySize,
            maximumWaiting: maximumWaiting, webhookCredentials: credentials)
    }
}
