import FoundationEssentials

/// Where a webhook is posted to; without the password and the query that its URL may have.
struct WebhookAddress: Hashable, Sendable {
    let scheme: String
    let host: String
    let port: Int
    /// Begins with a slash; percent-encoded.
    let path: String
    /// Before the host, `name:password@`: Go's client sends both, as basic authorization.
    let username: String?

    /// nil for what is no URL, and for `<secret>`.
    init?(_ text: String) {
        guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = url.host?.lowercased(), !host.isEmpty
        else { return nil }
        self.scheme = scheme
        self.host = host
        port = url.port ?? (scheme == "https" ? 443 : 80)
        path = url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath
        username = url.user
    }

    /// `http://sabueso:9096`
    var base: String { "\(scheme)://\(place)" }

    /// `sabueso:9096`
    var place: String { "\(host):\(port)" }

    /// Means the machine itself, for whoever asks.
    var isLoopback: Bool { host == "localhost" || host.hasPrefix("127.") || host == "[::1]" || host == "::1" }
}
