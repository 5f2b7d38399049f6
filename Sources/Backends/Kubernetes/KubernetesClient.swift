package import HTTPTransport
package import Telemetry

/// Lists events, pods and nodes from the Kubernetes API. Read-only: it sends nothing but GET.
package struct KubernetesClient: ClusterSource {
    private let http: any HTTPClient
    private let endpoint: Endpoint
    private let headers: @Sendable () -> [HTTPHeader]

    /// Objects a page: kubectl's own chunk size.
    static let pageSize = 500
    /// 50,000 objects: far more than a namespace holds; a server that never ends its list is not followed for ever.
    static let maximumPages = 100

    /// - Parameters:
    ///   - baseURL: `https://kubernetes.default.svc`, without a path behind it.
    ///   - headers: asked before each request, because the token of a service account is renewed every hour.
    ///   - deadline: of one page.
    ///   - maximumResponseSize: of one page, in bytes.
    package init(
        http: any HTTPClient, baseURL: String, headers: @escaping @Sendable () -> [HTTPHeader] = { [] },
        deadline: Duration = .seconds(10), maximumResponseSize: Int = Endpoint.usualMaximumResponseSize
    ) {
        self.http = http
        self.endpoint = Endpoint(baseURL: baseURL, deadline: deadline, maximumResponseSize: maximumResponseSize)
        self.headers = headers
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
        var query = [(name: "limit", value: String(Self.pageSize))]
        if let token { query.append(("continue", token)) }
        do {
            return try await http.send(
                endpoint.get(path, query, headers: [HTTPHeader("Accept", "application/json")] + headers()))
        } catch .cancelled {
            throw .cancelled(collection.attempt)
        } catch {
            throw .noAnswer(collection.attempt, error)
        }
    }
}
