import FoundationEssentials
package import HTTPTransport
package import Telemetry

/// Lists events, pods and nodes from the Kubernetes API. Read-only: it sends nothing but GET.
package struct KubernetesClient: ClusterSource {
    private let http: any HTTPClient
    private let baseURL: String
    private let headers: @Sendable () -> [HTTPHeader]
    private let deadline: Duration

    /// Objects a page: kubectl's own chunk size.
    static let pageSize = 500
    /// 50,000 objects: far more than a namespace holds; a server that never ends its list is not followed for ever.
    static let maximumPages = 100

    /// - Parameters:
    ///   - baseURL: `https://kubernetes.default.svc`, without a path behind it.
    ///   - headers: asked before each request, because the token of a service account is renewed every hour.
    ///   - deadline: of one page.
    package init(
        http: any HTTPClient, baseURL: String, headers: @escaping @Sendable () -> [HTTPHeader] = { [] },
        deadline: Duration = .seconds(10)
    ) {
        self.http = http
        var baseURL = baseURL
        while baseURL.hasSuffix("/") { baseURL.removeLast() }
        self.baseURL = baseURL
        self.headers = headers
        self.deadline = deadline
    }

    /// The events that were seen in the window; the API server forgets them after an hour.
    package func events(namespace: String?, in window: TimeWindow) async throws(BackendError) -> [ClusterEvent] {
        let collection = KubernetesCollection(resource: "events", namespace: namespace)
        // The end counts as well: an event has a second for its instant, and the window's may be the same one.
        return try await all(of: collection, read: KubernetesJSON.events)
            .filter { $0.at <= window.end && $0.lastSeen >= window.start }
    }

    package func pods(namespace: String?) async throws(BackendError) -> [PodState] {
        try await all(of: KubernetesCollection(resource: "pods", namespace: namespace), read: KubernetesJSON.pods)
    }

    package func nodes() async throws(BackendError) -> [NodeState] {
        try await all(of: KubernetesCollection(resource: "nodes", namespace: nil), read: KubernetesJSON.nodes)
    }

    /// Follows the pages. A token that expired while they were read (410) starts the list again, once: the objects that
    /// were read belong to a state that the server has forgotten.
    private func all<Item: Sendable>(
        of collection: KubernetesCollection, read: ([UInt8]) throws(BackendError) -> KubernetesList<Item>
    ) async throws(BackendError) -> [Item] {
        guard let path = collection.path else {
            throw .invalidQuestion(collection.attempt, reason: "that is not the name of a namespace")
        }
        var items: [Item] = []
        var token: String?
        var hasRestarted = false
        for _ in 0..<Self.maximumPages {
            let response = try await page(of: collection, path: path, token: token)
            if response.status == 410, token != nil, !hasRestarted {
                hasRestarted = true
                token = nil
                items = []
                continue
            }
            guard response.status == 200 else { throw collection.refusal(response) }
            let list: KubernetesList<Item>
            do {
                list = try read(response.body)
            } catch {
                throw .unreadable(collection.attempt, reason: "\(error)")
            }
            if list.items.isEmpty, let fault = list.damaged.first {
                throw .unreadable(collection.attempt, reason: fault)
            }
            items += list.items
            guard let next = list.continuation else { return items }
            token = next
        }
        throw .unreadable(collection.attempt, reason: "the list has more than \(Self.maximumPages) pages")
    }

    private func page(
        of collection: KubernetesCollection, path: String, token: String?
    ) async throws(BackendError) -> HTTPResponse {
        var url = "\(baseURL)\(path)?limit=\(Self.pageSize)"
        if let token { url += "&continue=" + PercentEncoding.query(token) }
        do {
            return try await http.send(
                HTTPRequest(
                    url: url, headers: [HTTPHeader("Accept", "application/json")] + headers(), deadline: deadline))
        } catch .cancelled {
            throw .cancelled(collection.attempt)
        } catch {
            throw .noAnswer(collection.attempt, error)
        }
    }
}

/// One kind of object of one namespace or of all.
struct KubernetesCollection {
    /// `events`, `pods` or `nodes`; all of the core group.
    let resource: String
    /// nil for all, and for what has none.
    let namespace: String?

    var attempt: BackendError.Attempt {
        BackendError.Attempt("Kubernetes", "list \(resource)", on: namespace.map { "namespace \($0)" } ?? "")
    }

    /// nil when the namespace is no name of one: it may come from an alert's label, and a path must not change by it.
    var path: String? {
        guard let namespace else { return "/api/v1/\(resource)" }
        return Self.isName(namespace) ? "/api/v1/namespaces/\(namespace)/\(resource)" : nil
    }

    /// RFC 1123 label, as Kubernetes demands of a namespace: 1 to 63 of `a-z`, `0-9` and `-`, no `-` at the ends.
    private static func isName(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }

    /// The server's words, and what to do about a missing permission.
    func refusal(_ response: HTTPResponse) -> BackendError {
        var reason = KubernetesStatus(response.body)?.message ?? String(response.text.prefix(200))
        switch response.status {
        case 401: reason += "; the service account's token was not accepted"
        case 403: reason += "; to allow it, add to the \(roleKind) of the service account: \(rule)"
        default: break
        }
        return .refused(
            attempt, status: response.status, reason: reason,
            retryAfter: response.header("Retry-After").flatMap { Int($0) }.map { .seconds($0) })
    }

    /// Nodes, and lists over all namespaces, are only allowed by a ClusterRole.
    private var roleKind: String { namespace == nil ? "ClusterRole" : "Role" }

    private var rule: String { #"{apiGroups: [""], resources: ["\#(resource)"], verbs: ["list"]}"# }
}

/// The body of an error: `metav1.Status`.
struct KubernetesStatus: Decodable {
    let message: String?

    init?(_ body: [UInt8]) {
        guard let status = try? JSONDecoder().decode(KubernetesStatus.self, from: Data(body)) else { return nil }
        self = status
    }
}

/// Percent-encoding of a query's value, RFC 3986: everything but the unreserved characters.
enum PercentEncoding {
    static func query(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
