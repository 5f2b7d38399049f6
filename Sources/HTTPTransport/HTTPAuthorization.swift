/// What the `Authorization` header of every request is made from. A request that brings its own keeps its own.
package enum HTTPAuthorization: Hashable, Sendable {
    case none
    /// The name must not hold a colon, which is what ends it on the wire (RFC 7617).
    case basic(username: String, password: String)
    case bearer(token: String)
    /// A token in a file, read again for each request: Kubernetes replaces a pod's token about every hour.
    case bearerFile(path: String)
}

extension HTTPAuthorization: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind alone; a file's path is no secret.
    package var description: String {
        switch self {
        case .none: "none"
        case .basic: "basic <redacted>"
        case .bearer: "bearer <redacted>"
        case .bearerFile(let path): "bearer from \(path)"
        }
    }

    package var debugDescription: String { description }

    /// Without children, so that `dump` shows no secret either.
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
