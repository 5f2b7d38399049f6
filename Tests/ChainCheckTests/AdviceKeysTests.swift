import Backends
import HTTPTransport
import TestSupport
import Testing

@testable import ChainCheck
@testable import Settings

/// Whether the configuration takes the keys that advice names.
@Suite struct AdviceKeysTests {
    private static let attempt = BackendError.Attempt("it", "question")
    private static let errors: [BackendError] =
        [
            .noAnswer(attempt, .connectionFailed(host: "h", reason: "refused")),
            .noAnswer(attempt, .connectionFailed(host: "h", reason: "SSL certificate problem")),
            .noAnswer(attempt, .deadlineExceeded(host: "h", after: .seconds(1))), .cancelled(attempt),
            .refused(attempt, status: 401, reason: "no org id", retryAfter: nil),
            .unreadable(attempt, reason: "no JSON"), .invalidQuestion(attempt, reason: "none"),
        ]
        + [302, 400, 401, 403, 404, 429, 503].map {
            .refused(attempt, status: $0, reason: "", retryAfter: nil)
        }

    private static let servers: [Reachability.Server] = [
        .tempo("t"), .loki("l"), .prometheus("p"), .grafana("g"), .alertmanager("a", section: "alertmanager"),
        .alertmanager("a", section: "commands.silence.alertmanager"),
    ]

    /// `tempo.ca_file`: what stands behind a section's name.
    private static func keys(_ text: String) -> [String] {
        text.matches(of: /\b(tempo|loki|prometheus|kubernetes|grafana|alertmanager|commands)(\.[a-z_]+)+\b/)
            .map { String($0.output.0) }
    }

    private static let address = "{url: 'http://h:1'}"
    private static let connected = """
        tempo: \(address)
        loki: {url: 'http://h:1', labels: {service: [app]}, trace_id: {place: text}}
        prometheus: \(address)
        grafana: {url: 'http://h:1', api: \(address), datasources: {tempo: t}, dashboard: {uid: d}}
        alertmanager: \(address)
        commands: {silence: {alertmanager: \(address)}}
        """

    /// Every key path that is asked for when this is read.
    private static func vocabulary(_ yaml: String) -> Set<String> {
        let context = DecodingContext(file: "sabueso.yaml", environment: [:]) { _ throws(FileReadError) in [] }
        var playbooks: [YAMLNode]?
        var signatures: [YAMLNode] = []
        _ = YAMLDocument.read(Array(yaml.utf8), context) {
            Settings($0, playbookFiles: &playbooks, signatureFiles: &signatures)
        }
        return context.vocabulary
    }

    @Test func `every key that advice on a server names is one that the configuration knows`() {
        let vocabulary = Self.vocabulary(Self.connected)
        var named: Set<String> = []
        for server in Self.servers {
            for error in Self.errors { named.formUnion(Self.keys(Reachability.advice(server, error))) }
        }
        #expect(named.contains("grafana.api.ca_file") && named.contains("commands.silence.alertmanager.timeout"))
        #expect(named.subtracting(vocabulary).sorted() == [])
    }

    @Test func `every key that is written into an advice is one that the configuration knows`() throws {
        let vocabulary = Self.vocabulary(Self.connected + "\nkubernetes: \(Self.address)")
            .union(["kubernetes.in_cluster", "kubernetes.kubeconfig"])
        var named: Set<String> = []
        for folder in ["Asking", "Judging"] {
            for file in try Repository.names(in: "Sources/ChainCheck/\(folder)") where file.hasSuffix(".swift") {
                let text = try Repository.text("Sources/ChainCheck/\(folder)/\(file)")
                // Only what is said: literals, not code such as `kubernetes.address`.
                for literal in text.matches(of: /"[^"\n]*"/) { named.formUnion(Self.keys(String(literal.output))) }
            }
        }
        // A file of the project, no key.
        named = named.filter { !$0.hasSuffix(".yaml") && !$0.hasSuffix(".md") }
        #expect(named.contains("loki.trace_id.place") && named.contains("grafana.dashboard.uid"))
        #expect(named.subtracting(vocabulary).sorted() == [])
    }

    @Test(arguments: [
        (ChainPlan.KubernetesAccess.account, ["kubernetes.timeout"]),
        (.kubeconfig, ["kubernetes.kubeconfig", "kubernetes.timeout"]),
        (
            .url,
            [
                "kubernetes.ca_file", "kubernetes.client_certificate_file", "kubernetes.timeout",
                "kubernetes.token_file", "kubernetes.url",
            ]
        ),
    ])
    func `of Kubernetes only the keys are named that go with the way in which it is reached`(
        _ access: ChainPlan.KubernetesAccess, _ allowed: [String]
    ) {
        let server = Reachability.Server.kubernetes("https://k8s", by: access)
        var named: Set<String> = []
        for error in Self.errors {
            named.formUnion(Self.keys(Reachability.advice(server, error)))
            let rights = ClusterRights.finding(server, version: nil, refusals: [.init(.pods, error)])
            named.formUnion(Self.keys(rights.advice ?? ""))
        }
        #expect(named.sorted() == allowed)
    }
}
