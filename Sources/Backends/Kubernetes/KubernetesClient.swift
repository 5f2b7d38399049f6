package import HTTPTransport
import Languages
package import Telemetry

/// Lists events, pods, nodes and workloads from the Kubernetes API. Read-only: it sends nothing but GET.
package struct KubernetesClient: ClusterSource {
    private let http: any HTTPClient
    private let endpoint: Endpoint
    private let headers: @Sendable () -> [HTTPHeader]
    private let patience: Duration
    private let clock: any Clock<Duration>

    /// Objects a page: kubectl's own chunk size.
    static let pageSize = 500
    /// 50,000 objects: far more than a namespace holds; a server that never ends its list is not followed for ever.
    static let maximumPages = 100

    /// - Parameters:
    ///   - baseURL: `https://kubernetes.default.svc`, without a path behind it.
    ///   - headers: asked before each request. The token is the `HTTPClient`'s own.
    ///   - deadline: of one page.
    ///   - maximumResponseSize: of one page, in bytes.
    ///   - patience: when it is over, no further page of a list is asked for.
    package init(
        http: any HTTPClient, baseURL: String, headers: @escaping @Sendable () -> [HTTPHeader] = { [] },
        deadline: Duration = .seconds(10), maximumResponseSize: Int = Endpoint.usualMaximumResponseSize,
        patience: Duration = .seconds(6), clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.http = http
        self.endpoint = Endpoint(baseURL: baseURL, deadline: deadline, maximumResponseSize: maximumResponseSize)
        self.headers = headers
        self.patience = patience
        self.clock = clock
    }

    /// The events that were seen in the window; the API server forgets them after an hour.
    package func events(
        namespace: String?, in window: TimeWindow
    ) async throws(BackendError) -> ClusterList<ClusterEvent> {
        let collection = KubernetesCollection(resource: .events, namespace: namespace)
        let list = try await all(of: collection, read: KubernetesJSON.events)
        return ClusterList(items: list.items.filter { $0.wasSeen(in: window) }, shortfalls: list.shortfalls)
    }

    package func pods(namespace: String?) async throws(BackendError) -> ClusterList<PodState> {
        try await all(of: KubernetesCollection(resource: .pods, namespace: namespace), read: KubernetesJSON.pods)
    }

    package func nodes() async throws(BackendError) -> ClusterList<NodeState> {
        try await all(of: KubernetesCollection(resource: .nodes, namespace: nil), read: KubernetesJSON.nodes)
    }

    // MARK: Workloads

    /// A list that fails is named among the shortfalls, so long as another one does not.
    package func workloads(namespace: String?) async throws(BackendError) -> ClusterList<WorkloadState> {
        var objects = WorkloadObjects()
        var shortfalls: [Phrase] = []
        var forbidden: [KubernetesResource] = []
        var failures: [BackendError] = []
        let lists = KubernetesResource.ofWorkloads
        for (resource, kind) in lists {
            let collection = KubernetesCollection(resource: resource, namespace: namespace)
            do {
                let list = try await all(of: collection, read: KubernetesJSON.workloadObjects)
                for object in list.items { objects.add(object, kind: kind) }
                shortfalls += list.shortfalls
            } catch {
                // What is wrong with the question, or with the way there, is wrong with the next one too.
                guard case .refused(_, let status, _, _) = error, status != 401 else { throw error }
                failures.append(error)
                if status == 403 { forbidden.append(resource) } else { shortfalls.append(Phrase(verbatim: "\(error)")) }
            }
        }
        if failures.count == lists.count, forbidden.count < failures.count { throw failures[0] }
        if !forbidden.isEmpty {
            let names = forbidden.map(\.rawValue).sorted().joined(separator: ", ")
            let permission = KubernetesCollection.permission(to: forbidden, in: namespace)
            guard forbidden.count < lists.count else {
                throw .refused(
                    .init("Kubernetes", "list workloads", on: namespace.map { "namespace \($0)" } ?? ""), status: 403,
                    reason: "may not list \(names): \(permission)", retryAfter: nil)
            }
            shortfalls.append("the account of this service may not list \(names): \(permission)")
        }
        return ClusterList(items: objects.states, shortfalls: shortfalls)
    }

    // MARK: Pages

    /// Follows the pages. A token that expired while they were read (410) starts the list again, once: the objects that
    /// were read belong to a state that the server has forgotten. What cannot be read to its end is told as such.
    private func all<Item: Sendable>(
        of collection: KubernetesCollection, read: ([UInt8]) throws(BackendError) -> KubernetesList<Item>
    ) async throws(BackendError) -> ClusterList<Item> {
        guard let path = collection.path else {
            throw .invalidQuestion(collection.attempt, reason: "that is not the name of a namespace")
        }
        let stopwatch = Stopwatch(clock)
        var list = PartialList<Item>(resource: collection.resource.rawValue)
        var token: String?
        var hasRestarted = false
        for _ in 0..<Self.maximumPages {
            let response = try await page(of: collection, path: path, token: token)
            if response.status == 410, token != nil {
                guard !hasRestarted else { return list.cut("its place in the list expired twice (410)") }
                hasRestarted = true
                token = nil
                list = PartialList(resource: collection.resource.rawValue)
                continue
            }
            guard response.status == 200 else { throw collection.refusal(response) }
            let page: KubernetesList<Item>
            do {
                page = try read(response.body)
            } catch {
                throw .unreadable(collection.attempt, reason: "\(error)")
            }
            if page.items.isEmpty, let fault = page.damaged.first {
                throw .unreadable(collection.attempt, reason: fault)
            }
            list.add(page)
            guard let next = page.continuation else { return list.whole }
            guard stopwatch.elapsed() < patience else {
                return list.cut("there were more, and the time for it was used up")
            }
            token = next
        }
        return list.cut("there were more, and \(Self.maximumPages) pages are enough")
    }

    private func page(
        of collection: KubernetesCollection, path: String, token: String?
    ) async throws(BackendError) -> HTTPResponse {
        var query = [(name: "limit", value: String(Self.pageSize))]
        if let token { query.append(("continue", token)) }
        return try await http.send(
            endpoint.get(path, query, headers: [HTTPHeader("Accept", "application/json")] + headers()),
            for: collection.attempt)
    }
}

/// What was read of a list so far.
private struct PartialList<Item: Sendable> {
    let resource: String
    private var items: [Item] = []
    private var damaged: [String] = []

    init(resource: String) { self.resource = resource }

    mutating func add(_ page: KubernetesList<Item>) {
        items += page.items
        damaged += page.damaged
    }

    var whole: ClusterList<Item> { ClusterList(items: items, shortfalls: unread) }

    func cut(_ reason: Phrase) -> ClusterList<Item> {
        ClusterList(
            items: items,
            shortfalls: unread + ["Kubernetes' list of \(resource) ends after \(items.count): \(reason)"])
    }

    private var unread: [Phrase] {
        guard let first = damaged.first else { return [] }
        return ["\(damaged.count) of \(damaged.count + items.count) \(resource) cannot be read (\(first))"]
    }
}

extension ClusterEvent {
    /// The end counts as well: an event has a second for its instant, and the window's may be the same one.
    func wasSeen(in window: TimeWindow) -> Bool { at <= window.end && lastSeen >= window.start }
}
