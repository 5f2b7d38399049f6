package import ChatCommands
import Hummingbird
import HummingbirdCore
package import Journal
package import Logging
package import Metrics
import NIOCore
package import Responder
import ServiceLifecycle

/// The service's own HTTP server: the webhook, health, metrics, the incidents, the runbooks and what messages look like.
package struct WebServer: Service {
    private let configuration: Configuration
    private let webhook: AlertmanagerWebhook
    private let health: HealthPages
    private let runbooks: RunbookPages
    private let incidents: IncidentPages
    private let previews: PreviewPages
    private let chat: ChatRoutes?
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - onListening: called once with the port when the listener accepts connections.
    ///   - metricsPage: the text of `/metrics`.
    ///   - previews: the messages that `/preview` shows.
    ///   - chat: nil where no chat may ask anything.
    package init(
        configuration: Configuration, intake: Intake, journal: any Journal, chat: ChatDoors? = nil, clock: WallClock,
        metrics: any MetricsFactory,
        metricsPage: @escaping @Sendable () -> String, previews: PreviewExamples = .none, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.webhook = AlertmanagerWebhook(
            intake: intake, credentials: configuration.webhookCredentials,
            maximumBodyBytes: configuration.maximumBodyBytes, metrics: metrics, logger: logger)
        self.health = HealthPages(
            journal: journal, maximumWaiting: configuration.maximumWaiting, metricsPage: metricsPage)
        self.runbooks = RunbookPages(journal: journal, logger: logger)
        self.incidents = IncidentPages(journal: journal, clock: clock, logger: logger)
        self.previews = PreviewPages(examples: previews)
        self.chat = chat.map { ChatRoutes(doors: $0, logger: logger) }
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until a graceful shutdown, and for no longer than `drainTime` after it began: a client that sent half a
    /// request would hold up the shutdown of all services for their whole grace.
    package func run() async throws {
        let hasEnded = try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await serve()
                return true
            }
            group.addTask { [drainTime = configuration.drainTime] in
                try await gracefulShutdown()
                try await Task.sleep(for: drainTime)
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? true
        }
        if !hasEnded { logger.info("connections were cut off", metadata: ["after": "\(configuration.drainTime)"]) }
    }

    private func serve() async throws {
        let router = Router()
        webhook.addRoutes(to: router)
        health.addRoutes(to: router)
        runbooks.addRoutes(to: router)
        incidents.addRoutes(to: router)
        previews.addRoutes(to: router)
        chat?.addRoutes(to: router)
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: TimeAmount(configuration.idleTimeout))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.maximumConnections, logger: logger)),
            onServerRunning: { [logger, onListening] channel in
                let port = channel.localAddress?.port ?? 0
                logger.info("listening", metadata: ["port": "\(port)"])
                await onListening(port)
            },
            logger: logger)
        try await application.run()
    }
}
