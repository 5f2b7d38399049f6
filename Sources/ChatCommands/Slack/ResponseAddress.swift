import FoundationEssentials

/// Where Slack lets a late answer be posted: the `response_url` of a request, checked.
///
/// It came in a signed request, and still a service that posts to whatever address it is given would reach into its own
/// network for whoever has the signing secret.
struct ResponseAddress: Sendable {
    let url: String

    /// - Parameter hosts: in lower case.
    init?(_ text: String?, hosts: [String]) {
        guard let text, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = URLComponents(string: text),
            parts.scheme?.lowercased() == "https", let host = parts.host?.lowercased(), hosts.contains(host),
            parts.user == nil, parts.password == nil, parts.port == nil
        else { return nil }
        url = text
    }
}
