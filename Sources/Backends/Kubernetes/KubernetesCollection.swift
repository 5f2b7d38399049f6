import HTTPTransport
import Telemetry

/// One kind of object of one namespace or of all.
struct KubernetesCollection {
    let resource: KubernetesResource
    /// nil for all, and for what has none.
    let namespace: String?

    var attempt: BackendError.Attempt {
        BackendError.Attempt(
            "Kubernetes", "\(KubernetesResource.verb) \(resource.rawValue)",
            on: namespace.map { "namespace \($0)" } ?? "")
    }

    /// nil when the namespace is no name of one: it may come from an alert's label, and a path must not change by it.
    var path: String? {
        let root = resource.group.isEmpty ? "/api/v1" : "/apis/\(resource.group)/v1"
        guard let namespace else { return "\(root)/\(resource.rawValue)" }
        return Self.isName(namespace) ? "\(root)/namespaces/\(namespace)/\(resource.rawValue)" : nil
    }

    /// RFC 1123 label, as Kubernetes demands of a namespace: 1 to 63 of `a-z`, `0-9` and `-`, no `-` at the ends.
    private static func isName(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }

    /// Of the server's words: enough for who may not do what to which objects of which namespace.
    private static let longestReason = 300

    /// The server's words, and what to do about a missing permission.
    func refusal(_ response: HTTPResponse) -> BackendError {
        let words =
            KubernetesStatus(response.body)?.message
            ?? String(decoding: response.body.prefix(4 * Self.longestReason), as: UTF8.self)
        var reason = words.printableLine(atMost: Self.longestReason)
        switch response.status {
        case 401:
            reason +=
                "; the token or client certificate was not accepted; perhaps it is expired, or of another cluster"
        case 403: reason += "; \(Self.permission(to: [resource], in: namespace))"
        default: break
        }
        return .refused(
            attempt, status: response.status, reason: reason, retryAfter: response.retryAfter)
    }

    /// What to do so that these may be listed.
    static func permission(to resources: [KubernetesResource], in namespace: String?) -> String {
        // Nodes, and lists over all namespaces, are only allowed by a ClusterRole.
        let role = namespace == nil ? "ClusterRole" : "Role"
        return
            "to allow it, add to the \(role) of the service account: \(KubernetesResource.rules(allowing: resources))"
    }
}
