import Backends
import HTTPTransport
import Lab
import Languages
import Telemetry
import TestSupport
import Testing

/// The service's own client against the lab's API server, over a socket.
struct KubernetesSocketTests {
    static let cart = WorkloadState(
        kind: "Deployment", name: "cart", namespace: "shop", createdAt: LabCase.now - .seconds(7200),
        images: ["cart": "cart:2"], replicasWanted: 3, replicasReady: 2, replicasUpdated: 2,
        changes: [
            .init(
                at: LabCase.now - .seconds(7200), kind: .creation, revision: 1, revisionName: "cart-a",
                images: ["cart": "cart:1"]),
            .init(
                at: LabCase.now - .seconds(600), kind: .rollout, revision: 2, revisionName: "cart-b",
                images: ["cart": "cart:2"], previousImages: ["cart": "cart:1"], actor: "helm"),
        ])

    private static let jenkins = WorkloadState(
        kind: "StatefulSet", name: "jenkins", namespace: "ci", images: ["jenkins": "jenkins:2"],
        changes: [
            .init(
                at: LabCase.now - .seconds(600), kind: .rollout, revision: 4, revisionName: "jenkins-b",
                images: ["jenkins": "jenkins:2"])
        ])

    private static let pods = (1...5).map { PodState(name: "p-\($0)", namespace: "ci", createdAt: LabCase.now) }

    private static let event = ClusterEvent(
        at: LabCase.now, reason: "Killing", message: "Stopping container",
        object: .init(kind: "Pod", namespace: "ci", name: "p-1"))

    /// Two objects a page.
    private func withClient(
        authorization: HTTPAuthorization = .none, _ body: @Sendable (Lab, KubernetesClient) async throws -> Void
    ) async throws {
        var configuration = LabConfiguration()
        configuration.largestKubernetesPage = 2
        let lab = LabCase.lab(
            events: [Self.event], pods: Self.pods, nodes: [NodeState(name: "n-1", isUnschedulable: true)],
            workloads: [Self.cart, Self.jenkins], configuration: configuration)
        let http = CurlClient(HTTPClientConfiguration(authorization: authorization, proxy: .direct))
        try await lab.whileRunning { address in
            try await body(lab, KubernetesClient(http: http, baseURL: address.kubernetes))
        }
        await http.shutdown()
    }

    private func refusal(_ work: () async throws -> Void) async -> (status: Int, reason: String) {
        do {
            try await work()
        } catch BackendError.refused(_, let status, let reason, _) {
            return (status, reason)
        } catch {
            Issue.record("another error: \(error)")
        }
        return (0, "")
    }

    @Test func `everything that the cluster has arrives, page by page`() async throws {
        try await withClient { (lab, client) async throws in
            let window = TimeWindow(start: LabCase.now - .seconds(60), end: LabCase.now)
            #expect(try await client.pods(namespace: "ci").items == Self.pods)
            #expect(lab.requestCount(.kubernetesPods) == 3)
            #expect(try await client.events(namespace: nil, in: window).items == [Self.event])
            #expect(try await client.nodes().items.map(\.isUnschedulable) == [true])
            #expect(try await client.workloads(namespace: nil).items == [Self.jenkins, Self.cart])
            #expect(try await client.workloads(namespace: "shop").items == [Self.cart])
            #expect(lab.requestCount(.kubernetesWorkloads) == 10)
            #expect(lab.kubernetesGate.methods == ["GET"])
        }
    }

    @Test func `a place that expired once costs a second start, twice it costs the rest`() async throws {
        try await withClient { (lab, client) async throws in
            lab.kubernetesGate.expirePlaces(times: 1)
            let whole = try await client.pods(namespace: "ci")
            #expect(whole.items == Self.pods)
            #expect(whole.shortfalls.isEmpty)
            #expect(lab.requestCount(.kubernetesPods) == 5)
            lab.kubernetesGate.expirePlaces(times: 2)
            let part = try await client.pods(namespace: "ci")
            #expect(part.items == Array(Self.pods.prefix(2)))
            #expect(
                part.shortfalls.map(\.english)
                    == ["Kubernetes' list of pods ends after 2: its place in the list expired twice (410)"])
        }
    }

    @Test func `what may not be listed is named with the rule that would allow it`() async throws {
        try await withClient { (lab, client) async throws in
            lab.kubernetesGate.forbid("nodes", "replicasets")
            let (status, reason) = await refusal { _ = try await client.nodes() }
            #expect(status == 403)
            #expect(
                reason.hasSuffix(
                    "cannot list resource \"nodes\" in API group \"\" at the cluster scope; to allow it, add to the "
                        + "ClusterRole of the service account: {apiGroups: [\"\"], resources: [\"nodes\"], verbs: "
                        + "[\"list\"]}"), "\(reason)")
            let workloads = try await client.workloads(namespace: "shop")
            #expect(workloads.items.map(\.name) == ["cart"])
            #expect(workloads.items.first?.changes == [])
            #expect(
                workloads.shortfalls.map(\.english) == [
                    "the account of this service may not list replicasets: to allow it, add to the Role of the service "
                        + "account: {apiGroups: [\"apps\"], resources: [\"replicasets\"], verbs: [\"list\"]}"
                ])
        }
    }

    @Test func `a token that was replaced in its file is used for the next request`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("first\n", to: "token")
        try await withClient(authorization: .bearerFile(path: path)) { (lab, client) async throws in
            lab.kubernetesGate.requireToken("first")
            #expect(try await client.nodes().items.count == 1)
            lab.kubernetesGate.requireToken("second")
            let (status, reason) = await refusal { _ = try await client.nodes() }
            #expect(status == 401)
            #expect(reason.hasPrefix("Unauthorized; the token or client certificate was not accepted"))
            try folder.write("second\n", to: "token")
            #expect(try await client.nodes().items.count == 1)
        }
    }
}
