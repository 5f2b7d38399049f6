import Backends
import HTTPTransport
import Languages
import Synchronization
import Telemetry
import Testing

struct KubernetesClientTests {
    private let window = TimeWindow(start: Timestamp(seconds: 1000), end: Timestamp(seconds: 2000))

    private func client(_ http: ScriptedAPIServer) -> KubernetesClient {
        KubernetesClient(
            http: http, baseURL: "https://kube.example/", headers: { [HTTPHeader("Authorization", "Bearer t0ken")] })
    }

    private func podPage(_ names: [String], next: String? = nil) -> HTTPResponse {
        let items = names.map { #"{"metadata":{"name":"\#($0)","namespace":"jenkins"}}"# }.joined(separator: ",")
        return HTTPResponse(
            status: 200,
            body: Array(#"{"kind":"PodList","metadata":{"continue":"\#(next ?? "")"},"items":[\#(items)]}"#.utf8))
    }

    private let expired = HTTPResponse(
        status: 410,
        body: Array(
            #"{"kind":"Status","reason":"Expired","message":"The provided continue parameter is too old"}"#.utf8))

    @Test func `pages are followed to the last one, the token encoded`() async throws {
        let http = ScriptedAPIServer([
            ("/api/v1/namespaces/jenkins/pods?limit=500", .success(podPage(["a", "b"], next: "x+/=&limit=1"))),
            (
                "/api/v1/namespaces/jenkins/pods?limit=500&continue=x%2B%2F%3D%26limit%3D1",
                .success(podPage(["c"]))
            ),
        ])
        let pods = try await client(http).pods(namespace: "jenkins").items
        #expect(pods.map(\.name) == ["a", "b", "c"])
        #expect(http.isUsedUp)
        #expect(http.requests.allSatisfy { $0.method == "GET" && $0.body == nil })
        #expect(http.requests.allSatisfy { $0.headers.contains(HTTPHeader("Authorization", "Bearer t0ken")) })
    }

    @Test func `a token that expired starts the list again`() async throws {
        let http = ScriptedAPIServer([
            ("/api/v1/pods?limit=500", .success(podPage(["old"], next: "t"))),
            ("/api/v1/pods?limit=500&continue=t", .success(expired)),
            ("/api/v1/pods?limit=500", .success(podPage(["a"], next: "u"))),
            ("/api/v1/pods?limit=500&continue=u", .success(podPage(["b"]))),
        ])
        #expect(try await client(http).pods(namespace: nil).items.map(\.name) == ["a", "b"])
        #expect(http.isUsedUp)
    }

    @Test func `a token that expires twice leaves what was read, and a word about the rest`() async throws {
        let http = ScriptedAPIServer([
            ("/api/v1/pods?limit=500", .success(podPage(["old"], next: "t"))),
            ("/api/v1/pods?limit=500&continue=t", .success(expired)),
            ("/api/v1/pods?limit=500", .success(podPage(["a"], next: "u"))),
            ("/api/v1/pods?limit=500&continue=u", .success(expired)),
        ])
        let list = try await client(http).pods(namespace: nil)
        #expect(list.items.map(\.name) == ["a"])
        #expect(
            list.shortfalls.map(\.english) == [
                "Kubernetes' list of pods ends after 1: its place in the list expired twice (410)"
            ])
        #expect(http.isUsedUp)
    }

    @Test(arguments: [("jenkins", "events", "the Role of"), (nil, "events", "the ClusterRole of")])
    func `a missing permission is named with the rule that grants it`(
        namespace: String?, resource: String, role: String
    ) async {
        let body = #"{"kind":"Status","message":"events is forbidden: User \"sabueso\" cannot list","code":403}"#
        let path = namespace.map { "/api/v1/namespaces/\($0)/events?limit=500" } ?? "/api/v1/events?limit=500"
        let http = ScriptedAPIServer([(path, .success(HTTPResponse(status: 403, body: Array(body.utf8))))])
        let error = await #expect(throws: BackendError.self) {
            try await client(http).events(namespace: namespace, in: window)
        }
        guard case .refused(let attempt, 403, let reason, _) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(attempt.action == "list events")
        #expect(reason.contains("cannot list"))
        #expect(reason.contains(role))
        #expect(reason.contains(#"{apiGroups: [""], resources: ["events"], verbs: ["list"]}"#))
    }

    @Test func `a server's words are one printable line of bounded length`() async {
        let words = String(repeating: #"\u001b[2J\n\u202e"#, count: 500)
        for body in [#"{"kind":"Status","message":"\#(words)"}"#, String(repeating: "\u{1B}\n", count: 5000)] {
            let http = ScriptedAPIServer([
                ("/api/v1/nodes?limit=500", .success(HTTPResponse(status: 500, body: Array(body.utf8))))
            ])
            let error = await #expect(throws: BackendError.self) { try await client(http).nodes() }
            #expect((error?.description ?? "").unicodeScalars.allSatisfy { $0.isPrintable })
            #expect((error?.description.count ?? .max) < 500)
        }
    }

    @Test func `a server that is busy says when to come again`() async {
        let http = ScriptedAPIServer([
            (
                "/api/v1/nodes?limit=500",
                .success(HTTPResponse(status: 429, headers: [HTTPHeader("retry-after", "3")], body: Array("slow".utf8)))
            )
        ])
        await #expect(
            throws: BackendError.refused(
                .init("Kubernetes", "list nodes"), status: 429, reason: "slow", retryAfter: .seconds(3))
        ) { try await client(http).nodes() }
    }

    @Test(arguments: ["../../secrets", "a/b", "", "Jenkins", "a?b", "a%2Fb", "-a", String(repeating: "a", count: 64)])
    func `a namespace that is no name is never sent`(namespace: String) async {
        let http = ScriptedAPIServer([])
        let error = await #expect(throws: BackendError.self) { try await client(http).pods(namespace: namespace) }
        guard case .invalidQuestion = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
    }

    @Test func `events outside of the window are left out, those that last into it stay`() async throws {
        func event(_ name: String, _ first: String, _ last: String) -> String {
            #"{"metadata":{"name":"\#(name)"},"reason":"\#(name)","firstTimestamp":"1970-01-01T\#(first)Z","lastTimestamp":"1970-01-01T\#(last)Z"}"#
        }
        let items = [
            event("before", "00:10:00", "00:16:39"), event("into", "00:10:00", "00:20:00"),
            event("at-start", "00:16:40", "00:16:40"), event("at-end", "00:33:20", "00:40:00"),
            event("after", "00:33:21", "00:40:00"),
        ].joined(separator: ",")
        let http = ScriptedAPIServer([
            (
                "/api/v1/events?limit=500",
                .success(HTTPResponse(status: 200, body: Array(#"{"kind":"EventList","items":[\#(items)]}"#.utf8)))
            )
        ])
        let events = try await client(http).events(namespace: nil, in: window).items
        #expect(events.map(\.reason) == ["into", "at-start", "at-end"])
    }

    @Test func `no answer and a given-up question keep their reasons`() async {
        let down = HTTPError.connectionFailed(host: "kube.example", reason: "Connection refused")
        let attempt = BackendError.Attempt("Kubernetes", "list nodes")
        let refused = ScriptedAPIServer([("/api/v1/nodes?limit=500", .failure(down))])
        await #expect(throws: BackendError.noAnswer(attempt, down)) { try await client(refused).nodes() }
        let cancelled = ScriptedAPIServer([("/api/v1/nodes?limit=500", .failure(.cancelled))])
        await #expect(throws: BackendError.cancelled(attempt)) { try await client(cancelled).nodes() }
    }

    private let noItems = HTTPResponse(status: 200, body: Array(#"{"kind":"List","items":[]}"#.utf8))

    private func refusal(_ status: Int, _ words: String = "no") -> HTTPResponse {
        HTTPResponse(status: status, body: Array(#"{"kind":"Status","message":"\#(words)"}"#.utf8))
    }

    private static let apps = ["deployments", "statefulsets", "daemonsets", "replicasets", "controllerrevisions"]

    private func workloads(_ answer: (String) -> HTTPResponse) async throws -> ClusterList<WorkloadState> {
        let http = ScriptedAPIServer(
            Self.apps.map { ("/apis/apps/v1/namespaces/shop/\($0)?limit=500", .success(answer($0))) })
        let list = try await client(http).workloads(namespace: "shop")
        #expect(http.isUsedUp)
        return list
    }

    @Test func `workloads are put together from five lists, whose items do not say their kind`() async throws {
        let list = try await workloads { resource in
            let items =
                switch resource {
                case "deployments": #"{"metadata":{"name":"cart","namespace":"shop"}}"#
                case "replicasets":
                    #"{"metadata":{"name":"cart-1","namespace":"shop","creationTimestamp":"1970-01-01T00:20:00Z","ownerReferences":[{"kind":"Deployment","name":"cart"}]}}"#
                default: ""
                }
            return HTTPResponse(status: 200, body: Array(#"{"kind":"\#(resource)List","items":[\#(items)]}"#.utf8))
        }
        #expect(list.items.map(\.name) == ["cart"])
        #expect(list.items.first?.changes.map(\.revisionName) == ["cart-1"])
        #expect(list.shortfalls.isEmpty)
    }

    @Test func `workloads of which some may not be listed are told with the rule for those`() async throws {
        let list = try await workloads { ["replicasets", "controllerrevisions"].contains($0) ? refusal(403) : noItems }
        #expect(
            list.shortfalls.map(\.english) == [
                "the account of this service may not list controllerrevisions, replicasets: to allow it, add to the Role "
                    + "of the service account: {apiGroups: [\"apps\"], resources: [\"controllerrevisions\", "
                    + "\"replicasets\"], verbs: [\"list\"]}"
            ])
    }

    @Test func `workloads that may not be listed at all are one refusal with one rule`() async {
        let error = await #expect(throws: BackendError.self) { _ = try await workloads { _ in refusal(403) } }
        guard case .refused(let attempt, 403, let reason, _) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(attempt == .init("Kubernetes", "list workloads", on: "namespace shop"))
        let names = Self.apps.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(reason.contains("{apiGroups: [\"apps\"], resources: [\(names)], verbs: [\"list\"]}"))
    }

    @Test func `a token that is not accepted ends the asking`() async {
        let http = ScriptedAPIServer([
            ("/apis/apps/v1/deployments?limit=500", .success(refusal(401, "Unauthorized")))
        ])
        let error = await #expect(throws: BackendError.self) { try await client(http).workloads(namespace: nil) }
        #expect(
            error?.description
                == "Kubernetes answered 401 to the list deployments: Unauthorized; the token or client certificate was "
                + "not accepted; perhaps it is expired, or of another cluster.")
    }

    @Test func `when the time for a list is over, what was read of it is kept and told`() async throws {
        let http = ScriptedAPIServer([("/api/v1/pods?limit=500", .success(podPage(["a"], next: "t")))])
        let hasty = KubernetesClient(http: http, baseURL: "https://kube.example", patience: .zero)
        let list = try await hasty.pods(namespace: nil)
        #expect(list.items.map(\.name) == ["a"])
        #expect(
            list.shortfalls.map(\.english)
                == ["Kubernetes' list of pods ends after 1: there were more, and the time for it was used up"])
    }

    @Test func `objects that cannot be read are told beside those that can`() async throws {
        let body = #"{"kind":"PodList","items":[{"metadata":{"name":"a"}},{"metadata":{}}]}"#
        let http = ScriptedAPIServer([
            ("/api/v1/pods?limit=500", .success(HTTPResponse(status: 200, body: Array(body.utf8))))
        ])
        let list = try await client(http).pods(namespace: nil)
        #expect(list.items.map(\.name) == ["a"])
        #expect(list.shortfalls.map { $0.english.prefix(27) } == ["1 of 2 pods cannot be read "])
    }

    @Test func `nothing but GET leaves the client`() async {
        let http = EagerAPIServer()
        let client = KubernetesClient(http: http, baseURL: "https://kube.example")
        _ = try? await client.events(namespace: "ci", in: window)
        _ = try? await client.pods(namespace: nil)
        _ = try? await client.nodes()
        _ = try? await client.workloads(namespace: "ci")
        #expect(http.requests.all.count >= 16)
        #expect(http.requests.all.allSatisfy { $0.method == "GET" && $0.body == nil })
    }

    @Test func `a page that is no list is an error and not an empty cluster`() async {
        let http = ScriptedAPIServer([
            ("/api/v1/nodes?limit=500", .success(HTTPResponse(status: 200, body: Array("<html>login</html>".utf8))))
        ])
        let error = await #expect(throws: BackendError.self) { try await client(http).nodes() }
        guard case .unreadable = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
    }
}

/// Has one more page for whoever asks without a token, and remembers what it was asked.
final class EagerAPIServer: HTTPClient {
    let requests = Notebook<HTTPRequest>()

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        requests.note(request)
        let next = request.url.contains("continue=") ? "" : "t"
        return HTTPResponse(
            status: 200, body: Array(#"{"kind":"List","metadata":{"continue":"\#(next)"},"items":[]}"#.utf8))
    }
}

/// Answers in the order of its script; a request that the script does not expect is an issue.
final class ScriptedAPIServer: HTTPClient {
    private struct State {
        var script: [(path: String, answer: Result<HTTPResponse, HTTPError>)]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ script: [(String, Result<HTTPResponse, HTTPError>)]) {
        state = Mutex(State(script: script.map { (path: $0.0, answer: $0.1) }))
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    var isUsedUp: Bool { state.withLock { $0.script.isEmpty } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let next: Result<HTTPResponse, HTTPError>? = state.withLock { state in
            state.requests.append(request)
            guard let first = state.script.first, request.url == "https://kube.example" + first.path else { return nil }
            return state.script.removeFirst().answer
        }
        guard let next else {
            Issue.record("unexpected request: \(request.url)")
            throw .invalidRequest("not in the script")
        }
        return try next.get()
    }
}
