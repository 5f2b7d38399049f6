import HTTPTransport
import Settings

/// One client for each server that is spoken to, all on one event loop.
struct HTTPClients: Sendable {
    private let loop = CurlEventLoop()

    /// For the chat platforms, which are authorised by their URLs.
    func plain() -> CurlClient {
        CurlClient(HTTPClientConfiguration(userAgent: Self.userAgent), on: loop)
    }

    func client(for connection: Connection) -> CurlClient {
        CurlClient(
            HTTPClientConfiguration(
                caFile: connection.caFile, clientCertificateFile: connection.clientCertificateFile,
                clientKeyFile: connection.clientKeyFile, authorization: HTTPAuthorization(connection.authorization),
                tenant: connection.tenant, userAgent: Self.userAgent),
            on: loop)
    }

    func client(for kubernetes: Settings.Kubernetes) -> CurlClient {
        CurlClient(
            HTTPClientConfiguration(
                caFile: kubernetes.caFile,
                authorization: kubernetes.tokenFile.map { .bearerFile(path: $0) } ?? .none,
                userAgent: Self.userAgent),
            on: loop)
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
