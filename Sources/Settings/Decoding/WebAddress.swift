import FoundationEssentials

/// Checks the URLs of a configuration.
enum WebAddress {
    enum Kind {
        /// A server's base: no query; the slash at its end is dropped, because paths are appended.
        case server
        /// A chat's webhook: a whole address, and encrypted, because it is a secret; `http` only on this machine.
        case webhook
        /// A page that people open: encrypted; a query and the place in the page are kept.
        case page
    }

    struct Problem: Error {
        /// Does not repeat the URL: it may hold a password.
        let message: String
    }

    static func check(_ text: String, as kind: Kind) -> Result<String, Problem> {
        func refuse(_ message: String) -> Result<String, Problem> { .failure(Problem(message: message)) }
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false) else {
            return refuse("is not a URL: it should look like http://tempo:3200")
        }
        guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
            return refuse("is not a URL of a web server: it must begin with http:// or https://")
        }
        guard let host = parts.host, !host.isEmpty else { return refuse("is a URL without a host") }
        guard parts.user == nil, parts.password == nil else {
            return refuse("has a user or password in the URL: give them as authorization, from a file or ${VARIABLE}")
        }
        if let port = parts.port, !(1...65_535).contains(port) { return refuse("has a port that does not exist") }
        guard parts.fragment == nil || kind == .page else {
            return refuse("has a fragment (#…), which is never sent to a server")
        }
        switch kind {
        case .page:
            guard scheme == "https" else { return refuse("must begin with https://: people open it from a message") }
            return .success(text)
        case .webhook:
            guard scheme == "https" || isThisMachine(host) else {
                return refuse("is a secret and must begin with https://; http:// is for this machine itself only")
            }
            return .success(text)
        case .server:
            guard parts.query == nil else { return refuse("has a query (?…); give the server's address only") }
            return .success(String(text.reversed().drop { $0 == "/" }.reversed()))
        }
    }

    private static func isThisMachine(_ host: String) -> Bool {
        ["localhost", "::1", "[::1]"].contains(host.lowercased())
            || host.wholeMatch(of: #/127(\.[0-9]{1,3}){3}/#) != nil
    }
}
