/// A URL from outside that may be put behind a link: http or https, of bounded length, without a character that could
/// end the link early on any surface.
enum WebAddress {
    /// Slack refuses a message with a longer one; it is the strictest of the surfaces.
    static let maximumLength = 3000

    /// The URL, made safe; nil when it is none, leads elsewhere than to the web, or is too long: a cut URL leads nowhere.
    static func checked(_ text: String) -> String? {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text.dropFirst(scheme.count)
        guard rest.hasPrefix("://"), let host = rest.dropFirst(3).first, host.isLetter || host.isNumber || host == "["
        else { return nil }
        let address = scheme + String(rest).percentEncoded { allowed.contains($0) }
        return address.utf8.count <= maximumLength ? address : nil
    }

    /// What RFC 3986 allows in a URL (`%` for what is encoded already), without `'`, `(`, `)`, `*` and `!`, which end or
    /// style a link in Markdown; encoded they mean the same.
    private static let allowed = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%:/?#[]@$&+,;=".utf8)
}
