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
                tenant: connection.tenant, tenantHeader: connection.tenantHeader, userAgent: Self.userAgent))
    }

    func client(for access: Settings.Kubernetes.Access) -> any HTTPClient {
        let authorization: HTTPAuthorization =
            switch access.token {
            case .file(let path): .bearerFile(path: path)
            case .text(let token): .bearer(token: token.revealed)
            case nil: .none
            }
        return logging(
            "Kubernetes",
            HTTPClientConfiguration(
                caFile: access.authority?.path, caText: access.authority?.pem,
                clientCertificateFile: access.clientCertificate?.path, clientKeyFile: access.clientKey?.path,
                clientCertificateText: access.clientCertificate?.pem, clientKeyText: access.clientKey?.pem,
                authorization: authorization, userAgent: Self.userAgent))
    }

    private func logging(_ backend: String, _ configuration: HTTPClientConfiguration) -> any HTTPClient {
        LoggingHTTPClient(client: CurlClient(configuration, on: loop), backend: backend, logger: logger)
    }

    /// Fails what is still running; call it last.
    func shutdown() async { await loop.shutdown() }

    private static let userAgent = "sabueso/\(Version.text)"
}

extension Settings.Kubernetes.Access.Credential {
    fileprivate var path: String? { if case .file(let path) = self { path } else { nil } }

    fileprivate var pem: PEMText? { if case .text(let text) = self { PEMText(text.revealed) } else { nil } }
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
