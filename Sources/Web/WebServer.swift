import Hummingbird
package import Journal
package import Logging
package import Metrics
import NIOCore
package import Responder
import ServiceLifecycle

/// The service's own HTTP server: the webhook, health and metrics.
package struct WebServer: Service {
    package struct Configuration: Sendable {
        package var host: String
        /// 0 takes a free port; `onListening` says which.
        package var port: Int
        /// A larger webhook body is refused with 413.
        package var maximumBodyBytes: Int
        /// nil lets everybody in who can reach the port.
        package var webhookCredentials: WebhookCredentials?

        package init(host: String, port: Int, maximumBodyBytes: Int, webhookCredentials: WebhookCredentials? = nil) {
            self.host = host
            self.port = port
            self.maximumBodyBytes = maximumBodyBytes
            self.webhookCredentials = webhookCredentials
        }
    }

    private let configuration: Configuration
    private let webhook: AlertmanagerWebhook
    private let health: HealthPages
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - onListening: called once with the port when the listener accepts connections.
    ///   - metricsPage: the text of `/metrics`.
    package init(
        configuration: Configuration, intake: Intake, journal: any Journal, metrics: any MetricsFactory,
        metricsPage: @escaping @Sendable () -> String, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.webhook = AlertmanagerWebhook(
            intake: intake, credentials: configuration.webhookCredentials,
            maximumBodyBytes: configuration.maximumBodyBytes, metrics: metrics, logger: logger)
        self.health = HealthPages(journal: journal, metricsPage: metricsPage)
        self.logger = logger
        self.onListening = onListening
    }

    package func run() async throws {
        let router = Router()
        webhook.addRoutes(to: router)
        health.addRoutes(to: router)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil),
            onServerRunning: { [logger, onListening] channel in
                let port = channel.localAddress?.port ?? 0
                logger.info("listening", metadata: ["port": "\(port)"])
                await onListening(port)
            },
            logger: logger)
        try await application.run()
    }
}
