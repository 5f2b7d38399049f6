import FoundationEssentials

/// The address of a webhook. Whoever knows it can post to the channel, so it is never printed.
package struct WebhookURL: Hashable, Sendable {
    /// The whole address, for the one who sends the request.
    let secret: String
    package let host: String
    /// The parts by which the address could be found in a text.
    private let telltales: [String]

    /// - Parameter text: an absolute `https` address; `http` only to this machine itself.
    package init(_ text: String) throws(WebhookURLError) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .notPrintableASCII }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
            !host.isEmpty
        else { throw .notAbsolute }
        guard parts.user == nil, parts.password == nil else { throw .hasCredentials }
        switch scheme {
        case "https": break
        case "http":
            guard Self.isLoopback(host) else { throw .notEncrypted(host: host) }
        default: throw .notEncrypted(host: host)
        }
        self.secret = text
        self.host = host.lowercased()
        self.telltales = Self.telltales(text, parts)
    }

    private static func isLoopback(_ host: String) -> Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let isLoopbackIPv4 = bytes.count == 4 && bytes.first == 127 && bytes.allSatisfy { $0 != nil }
        return isLoopbackIPv4 || ["localhost", "[::1]", "::1"].contains(host.lowercased())
    }

    /// The longest first, so that the whole is found before its parts.
    private static func telltales(_ text: String, _ parts: URLComponents) -> [String] {
        var found: Set<String> = [text]
        for pieces in [parts.percentEncodedPath, parts.path, parts.percentEncodedQuery ?? "", parts.query ?? ""] {
            for piece in pieces.split(whereSeparator: { "/&=".contains($0) }) where isTelling(piece) {
                found.insert(String(piece))
            }
        }
        return found.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    /// Whether a piece is an identifier or a token and not a word like `services` or `workflows`.
    private static func isTelling(_ piece: Substring) -> Bool {
        let isWord = piece.utf8.allSatisfy { (97...122).contains($0) }
        return piece.utf8.count >= (isWord ? shortestTellingWord : shortestTelling)
    }

    /// Slack's identifiers have 9 characters and more, its tokens 24, a Workflow's signature 43.
    private static let shortestTelling = 8
    private static let shortestTellingWord = 20

    /// The text without anything of the address, wherever it comes from.
    package func redacting(_ text: String) -> String {
        telltales.reduce(text) { $0.replacing($1, with: Self.redacted) }
    }

    private static let redacted = "<redacted>"
}

extension WebhookURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(Self.redacted) at \(host)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}

/// Why a text is no webhook's address. No case carries the text.
package enum WebhookURLError: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case notPrintableASCII
    case notAbsolute
    case hasCredentials
    case notEncrypted(host: String)

    package var description: String {
        switch self {
        case .empty: "the webhook's address is empty"
        case .notPrintableASCII: "the webhook's address holds spaces or other characters that no address has"
        case .notAbsolute: "the webhook's address is not absolute; it begins with https:// and a host"
        case .hasCredentials: "the webhook's address has a user before its host; a webhook needs none"
        case .notEncrypted(let host):
            "the webhook's address at \(host) does not begin with https://; http:// is for this machine itself only"
        }
    }
}
