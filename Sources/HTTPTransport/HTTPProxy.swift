/// The way that requests take.
package enum HTTPProxy: Hashable, Sendable {
    /// As the environment says: `http_proxy` (lower case only, see https://httpoxy.org), `https_proxy`, `all_proxy` and
    /// `no_proxy`, the last three in either case.
    case environment
    /// No proxy, whatever the environment says.
    case direct
    /// Through this one, which may carry `user:password@`, but for the hosts in `bypass`: names (their subdomains
    /// count), addresses, networks such as `10.0.0.0/8`, or `*`.
    case url(String, bypass: [String] = [])
}

extension HTTPProxy: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without the URL, which may hold a password.
    package var description: String {
        switch self {
        case .environment: "from the environment"
        case .direct: "none"
        case .url(_, let bypass): bypass.isEmpty ? "<redacted>" : "<redacted> but for \(bypass.joined(separator: ", "))"
        }
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
