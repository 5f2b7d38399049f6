import HTTPTransport
import Logging
import Settings

/// One client for each server that is spoken to, all on one event loop.
struct HTTPClients: Sendable {
    private let loop = CurlEventLoop()
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// For the chat platforms, which are authorised by their URLs.
    func plain() -> CurlClient {
        CurlClient(HTTPClientConfiguration(userAgent: Self.userAgent), on: loop)
    }

    /// - Parameter backend: its name in log lines.
    func client(for connection: Connection, of backend: String) -> any HTTPClient {
        logging(
            backend,
            HTTPClientConfiguration(
                caFile: connection.caFile, clientCertificateFile: connection.clientCertificateFile,
                clientKeyFile: connection.clientKeyFile, authorization: HTTPAuthorization(connection.authorization),
                tenant: connection.tenant, userAgent: Self.userAgent))
    }

    func client(for kubernetes: Settings.Kubernetes) -> any HTTPClient {
        logging(
            "Kubernetes",
            HTTPClientConfiguration(
                caFile: kubernetes.caFile,
                authorization: kubernetes.tokenFile.map { .bearerFile(path: $0) } ?? .none,
                userAgent: Self.userAgent))
    }

    private func logging(_ backend: String, _ configuration: HTTPClientConfiguration) -> any HTTPClient {
        LoggingHTTPClient(client: CurlClient(configuration, on: loop), backend: backend, logger: logger)
    }

    /// Fails what is still running; call it last.
    func shutdown() async { await loop.shutdown() }

    private static let userAgent = "sabueso/\(Version.text)"
}

extension HTTPAuthorization {
    init(_ authorization: Authorization?) {
        self =
            switch authorization {
            case .basic(let username, let password): .basic(username: username, password: password.revealed)
            case .bearer(let token): .bearer(token: token.revealed)
            case nil: .none
            }
    }
}
