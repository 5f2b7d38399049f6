import Languages
import Settings
import Signatures
import Telemetry
import Testing

@testable import RootCause

/// Signatures of one cloud are told where the cloud is known to be that one.
struct CloudSignatureTests {
    /// An agent that never started, because the registry refused its image.
    private func refusedPull(_ image: String) -> Story {
        var story = Story()
        for number in 1...3 {
            story.build(
                "shop/main", number, on: "maven-\(number)", at: 10, takes: 60, .failure("script returned exit code 1"))
            story.event(
                "Failed", "Pod", "maven-\(number)", at: 20,
                "Failed to pull image \"\(image)\": failed to resolve reference \"\(image)\": failed to authorize: failed to fetch anonymous token: unexpected status from GET request: 401 Unauthorized"
            )
        }
        return story
    }

    @Test func `a refusal of the cloud's own registry is told with what that cloud asks for`() throws {
        var story = refusedPull("shop.azurecr.io/ci/maven:4")
        story.node("aks-build-1", spot: true)
        let first = try #require(story.diagnosis().hypotheses.first)
        #expect(first.cause == .imagePullFailure)
        #expect(first.subject == .init(.image, "shop.azurecr.io/ci/maven:4"))
        #expect(first.statement.english.hasPrefix("Registry `shop.azurecr.io` did not let the cluster pull image"))
        #expect(first.recommendations.first?.english.contains("--acr shop.azurecr.io`") == true)
    }

    @Test func `where the cloud is not known, or is another, the general words are told of the same image`() throws {
        var story = refusedPull("shop.azurecr.io/ci/maven:4")
        let unknown = try #require(story.diagnosis().hypotheses.first)
        #expect(unknown.subject == .init(.image, "shop.azurecr.io/ci/maven:4"))
        #expect(unknown.statement.english.hasPrefix("Image `shop.azurecr.io/ci/maven:4` could not be pulled"))
        story.nodes = [NodeState(name: "n", providerID: "gce://shop/europe-west1-b/n")]
        #expect(try #require(story.diagnosis().hypotheses.first).statement == unknown.statement)
    }

    @Test func `one event that two signatures recognise is no more certain than one`() throws {
        var story = refusedPull("shop.azurecr.io/ci/maven:4")
        story.node("aks-build-1", spot: true)
        let first = try #require(story.diagnosis().hypotheses.first)
        #expect(first.evidence.count { $0.source == .events } == 1)
    }

    @Test(arguments: [
        (NodeState(name: "n", labels: ["kubernetes.azure.com/cluster": "x"]), Signature.Provider.aks),
        (NodeState(name: "n", labels: ["eks.amazonaws.com/nodegroup": "x"]), .eks),
        (NodeState(name: "n", labels: ["cloud.google.com/gke-nodepool": "x"]), .gke),
        (NodeState(name: "n", providerID: "azure:///subscriptions/0/x"), .aks),
        (NodeState(name: "n", providerID: "aws:///eu-west-1a/i-0f"), .eks),
        (NodeState(name: "n", providerID: "gce://p/z/n"), .gke),
        (NodeState(name: "n", labels: ["kubernetes.io/os": "linux"], providerID: "kind://docker/n"), nil),
    ])
    func `the nodes say whose cluster it is`(node: NodeState, provider: Signature.Provider?) {
        var story = Story()
        story.nodes = [node]
        #expect(self.provider(story) == provider)
    }

    @Test func `metrics of nodes and the resource of spans say it as well, and two clouds at once say nothing`() {
        var story = Story()
        story.metric("kube_node_info", ["node": "n", "provider_id": "aws:///eu-west-1a/i-0f"], before: [1], after: [1])
        #expect(provider(story) == .eks)
        story.metrics = []
        story.metric(
            "kube_node_labels", ["node": "n", "label_kubernetes_azure_com_cluster": "x"], before: [], after: [1])
        #expect(provider(story) == .aks)
        story.nodes = [NodeState(name: "m", providerID: "gce://p/z/m")]
        #expect(provider(story) == nil)
        var traced = Story()
        let span = Span(
            traceID: TraceID(high: 1, low: 1), id: SpanID(1), parentID: nil, name: "GET /", kind: .server,
            start: Story.at(1), end: Story.at(2),
            resource: ["service.name": .string("cart"), "cloud.provider": .string("gcp")])
        traced.spans = [span]
        #expect(provider(traced) == .gke)
    }

    private func provider(_ story: Story) -> Signature.Provider? {
        let probes = Signature.Provider.allCases.filter { provider in
            var story = story
            let signature = Signature(
                id: "probe", title: "Probe", cause: "dns-failure", provider: provider,
                subject: SubjectRule(.host, from: ["host"]),
                signs: [Mark(.log(["probe of the cloud"]), pattern: #"cloud (?<host>\S+)"#, weight: 4)],
                statement: "Probe")
            story.log("probe of the cloud a.example.com", at: 5)
            let scene = Scene(story.evidence, alert: nil, options: .init(signatures: [signature]))
            return !scene.knownFailures.found.isEmpty
        }
        return probes.count == 1 ? probes[0] : nil
    }

    @Test func `a signature's own runbook is that of its hypothesis`() throws {
        var story = Story()
        story.log("Could not resolve host: a.example.com", at: 5)
        var signature = Signature(
            id: "dns", title: "x", cause: "dns-failure", subject: SubjectRule(.host, from: ["host"]),
            signs: [Mark(.log(["Could not resolve host"]), pattern: #"host: (?<host>\S+)"#, weight: 6)],
            statement: "Host `{host}` could not be resolved", runbook: "https://wiki.example.com/dns")
        func runbook() -> String? {
            RootCauseAnalyzer(options: .init(signatures: [signature])).diagnose(story.evidence, alert: nil)
                .hypotheses.first { $0.cause == .dnsFailure }?.runbook
        }
        #expect(runbook() == "https://wiki.example.com/dns")
        signature.runbook = nil
        #expect(runbook() == "Runbooks/dns-failure.md")
    }

    @Test func `of many events a bounded number is looked at, the same in whatever order they came`() {
        var story = Story()
        for number in 0..<6000 {
            story.event(
                "Failed", "Pod", "p-\(number % 3000)", at: Double(number % 100),
                "Failed to pull image \"registry.example.com/a:\(number % 50)\"")
        }
        func looked(_ story: Story) -> KnownFailures {
            Scene(story.evidence, alert: nil, options: .init(signatures: Signature.builtIn)).knownFailures
        }
        let found = looked(story)
        let marks = Signature.builtIn.flatMap(\.signs).count { if case .event = $0.kind { true } else { false } }
        #expect(found.patternsTried <= marks * SightingSearch.mostEventsOfMark)
        #expect(found.patternsTried < 6000)
        #expect(!found.found.isEmpty)
        story.events.reverse()
        #expect(looked(story).found.map(\.signs.count) == found.found.map(\.signs.count))
    }

    @Test func `the events of a build that failed are found behind any number of others`() throws {
        var story = Story()
        for number in 0..<5000 {
            story.event(
                "Failed", "Pod", "other-\(number)", at: Double(number % 10),
                "Failed to pull image \"registry.example.com/other:1\"")
        }
        story.build("shop/main", 1, on: "maven-1", at: 10, takes: 60, .failure("script returned exit code 1"))
        story.event("Failed", "Pod", "maven-1", at: 30, "Failed to pull image \"registry.example.com/maven:4\"")
        let scene = Scene(story.evidence, alert: nil, options: .init(signatures: Signature.builtIn))
        #expect(scene.knownFailures.found.contains { $0.subject.name == "registry.example.com/maven:4" })
    }
}
