extension WebServer {
    package struct Configuration: Sendable {
        package var host: String
        /// 0 takes a free port; `onListening` says which.
        package var port: Int
        /// A larger webhook body is refused with 413.
        package var maximumBodyBytes: Int
        /// So many waiting notifications make `/readyz` answer 503: the journal's own limit.
        package var maximumWaiting: Int
        /// nil lets everybody in who can reach the port.
        package var webhookCredentials: WebhookCredentials?
        /// How long a connection may be silent, in the middle of a request or between two.
        package var idleTimeout: Duration
        /// How long requests may take to end once the service stops.
        package var drainTime: Duration
        /// More connections wait in the system's queue until one ends.
        package var maximumConnections: Int

        /// - Parameters:
        ///   - idleTimeout: by default longer than Prometheus' usual 15 s between two scrapes over one connection, so that
        ///     it is not closed just when the next one is sent.
        ///   - drainTime: what is asked here takes milliseconds; whoever takes longer has sent half a request.
        ///   - maximumConnections: by default ten times what a cluster of Alertmanagers, Prometheus and the kubelet need.
        package init(
            host: String, port: Int, maximumBodyBytes: Int, maximumWaiting: Int = .max,
            webhookCredentials: WebhookCredentials? = nil, idleTimeout: Duration = .seconds(20),
            drainTime: Duration = .seconds(3), maximumConnections: Int = 256
        ) {
            self.host = host
            self.port = port
            self.maximumBodyBytes = maximumBodyBytes
            self.maximumWaiting = maximumWaiting
            self.webhookCredentials = webhookCredentials
            self.idleTimeout = idleTimeout
            self.drainTime = drainTime
            self.maximumConnections = maximumConnections
        }
    }
}
