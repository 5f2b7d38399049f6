import FoundationEssentials
import Settings
import Telemetry
import Testing

/// Access to the API server: a URL with credentials, or a kubeconfig; and events in Loki.
@Suite struct KubernetesTests {
    private static let pem = "-----BEGIN CERTIFICATE-----\ns3cret\n-----END CERTIFICATE-----\n"
    private static let encoded = Data(pem.utf8).base64EncodedString()

    private func loaded(_ yaml: String, kubeconfig: String = "", files: [String: String] = [:]) -> LoadedFrom {
        LoadedFrom(yaml, files: ["/etc/sabueso/kube/config": kubeconfig].merging(files) { $1 })
    }

    private func access(_ loaded: LoadedFrom) throws -> Settings.Kubernetes.Access {
        try #require(try loaded.settings().kubernetes?.access)
    }

    @Test func `a URL comes with a token, an authority and a client's certificate`() throws {
        let files = ["t", "ca", "crt", "key"].map { ("/etc/sabueso/\($0)", "x") }
        let access = try access(
            loaded(
                """
                kubernetes: {url: 'https://k:6443/', token_file: t, ca_file: ca, client_certificate_file: crt,
                  client_key_file: key, timeout: 2s}
                """, files: Dictionary(uniqueKeysWithValues: files)))
        #expect(access.url == "https://k:6443")
        #expect(access.token == .file("/etc/sabueso/t"))
        #expect(access.authority == .file("/etc/sabueso/ca"))
        #expect(access.clientCertificate == .file("/etc/sabueso/crt"))
        #expect(access.clientKey == .file("/etc/sabueso/key"))
        #expect(access.timeout == .seconds(2))
    }

    @Test func `the way in which the API server is reached is kept`() throws {
        #expect(try access(loaded("kubernetes: {url: 'https://k:6443'}")).way == .url)
        let kubeconfig = loaded("kubernetes: {kubeconfig: kube/config}", kubeconfig: Self.kubeconfig())
        #expect(try access(kubeconfig).way == .kubeconfig)
        let environment = ["KUBERNETES_SERVICE_HOST": "10.0.0.1"]
        let own = LoadedFrom("kubernetes: {in_cluster: true}", environment: environment)
        #expect(try access(own).way == .account)
    }

    @Test func `outside of a pod its account is missed, but not where nothing is asked`() throws {
        var files = LoadedFrom("kubernetes: {in_cluster: true}")
        #expect(
            files.problems() == [
                "sabueso.yaml:1: kubernetes.in_cluster: KUBERNETES_SERVICE_HOST is not set: this does not run in a pod"
            ])
        files.isOffline = true
        #expect(try access(files).way == .account)
    }

    private static func kubeconfig(user: String = "token: t0ken", cluster: String = "") -> String {
        """
        apiVersion: v1
        kind: Config
        preferences: {}
        current-context: aks
        contexts:
          - {name: other, context: {cluster: c, user: nobody}}
          - {name: aks, context: {cluster: c, user: u, namespace: ci}}
          - {name: proxy, context: {cluster: c}}
        clusters:
          - name: c
            cluster: {server: 'https://k:443'\(cluster)}
        users:
          - name: u
            user: {\(user)}
        """
    }

    @Test func `a kubeconfig's data is used and never printed`() throws {
        let user = "client-certificate-data: \(Self.encoded), client-key-data: \(Self.encoded), token: s3cret"
        let access = try access(
            loaded(
                "kubernetes: {kubeconfig: kube/config}",
                kubeconfig: Self.kubeconfig(user: user, cluster: ", certificate-authority-data: \(Self.encoded)")))
        #expect(access.url == "https://k:443")
        #expect(access.token == .text(Secret("s3cret")))
        #expect(access.authority == .text(Secret(Self.pem)))
        #expect(access.clientCertificate == .text(Secret(Self.pem)))
        #expect(access.clientKey == .text(Secret(Self.pem)))
        var dumped = ""
        dump(access, to: &dumped)
        for text in [dumped, "\(access)"] { #expect(!text.contains("s3cret") && !text.contains(Self.encoded)) }
    }

    @Test func `a kubeconfig's files are relative to it, and a token's file counts before a token`() throws {
        let access = try access(
            loaded(
                "kubernetes: {kubeconfig: kube/config}",
                kubeconfig: Self.kubeconfig(
                    user: "tokenFile: t, token: old, client-certificate: /pki/crt, client-key: pki/key",
                    cluster: ", certificate-authority: ca"),
                files: [
                    "/etc/sabueso/kube/t": "x", "/etc/sabueso/kube/ca": "x", "/etc/sabueso/kube/pki/key": "x",
                    "/pki/crt": "x",
                ]))
        #expect(access.token == .file("/etc/sabueso/kube/t"))
        #expect(access.authority == .file("/etc/sabueso/kube/ca"))
        #expect(access.clientCertificate == .file("/pki/crt"))
        #expect(access.clientKey == .file("/etc/sabueso/kube/pki/key"))
    }

    @Test func `another context than the current one can be named`() throws {
        let access = try access(
            loaded("kubernetes: {kubeconfig: kube/config, context: proxy}", kubeconfig: Self.kubeconfig()))
        #expect(access.token == nil)
    }

    private func problem(_ kubeconfig: String, context: String? = nil) -> String {
        let name = context.map { ", context: \($0)" } ?? ""
        let problems = loaded("kubernetes: {kubeconfig: kube/config\(name)}", kubeconfig: kubeconfig).problems()
        #expect(problems.count == 1)
        return problems.first?.trimmingPrefix("sabueso.yaml:1: kubernetes.kubeconfig: /etc/sabueso/kube/config: ")
            .description ?? ""
    }

    private static let instead =
        "make a service account for this service and give kubernetes.token_file, or a user with a token or a client "
        + "certificate"

    @Test(arguments: [
        (
            "exec: {command: kubelogin, args: [get-token]}",
            "the user u logs in by running a program (kubelogin), which is never done here: \(instead)"
        ),
        (
            "auth-provider: {name: gcp}",
            "the user u logs in through an auth-provider, which is not supported: \(instead)"
        ),
        (
            "username: a, password: s3cret",
            "the user u logs in with a password, which Kubernetes no longer takes: \(instead)"
        ),
        (
            "token: t, as: admin",
            "the user u acts as somebody else (as), which is not supported: give it rights of its own"
        ),
        ("token: 's3 cret'", "the token of the user u has a character that no token has"),
        ("client-key-data: s3cret", "client-key-data of the user u is not PEM in base64"),
        (
            "client-certificate-data: \(encoded)",
            "the user u has one of client-certificate and client-key: they belong together"
        ),
        (
            "tokenFile: nowhere",
            "tokenFile of the user u cannot be read, /etc/sabueso/kube/nowhere: there is no such file"
        ),
    ])
    func `a user that cannot log in here is refused with what to do instead`(user: String, words: String) {
        #expect(problem(Self.kubeconfig(user: user)) == words)
    }

    @Test(arguments: [
        (
            ", insecure-skip-tls-verify: true",
            "the cluster c has insecure-skip-tls-verify, which would let anybody be the server: give it "
                + "certificate-authority or certificate-authority-data instead"
        ),
        (
            ", tls-server-name: k",
            "the cluster c has tls-server-name, which is not supported: let server be an address that is in the "
                + "server's certificate"
        ),
        (
            ", proxy-url: 'http://s3cret@p'",
            "the cluster c has proxy-url, which is not supported: set https_proxy in the environment instead"
        ),
        (", certificate-authority-data: s3cret", "certificate-authority-data of the cluster c is not PEM in base64"),
    ])
    func `a cluster that cannot be trusted or reached is refused`(cluster: String, words: String) {
        #expect(problem(Self.kubeconfig(cluster: cluster)) == words)
    }

    @Test func `a context that is not there is told with those that are`() {
        #expect(problem(Self.kubeconfig(), context: "eks") == "has no context eks: it has other, aks, proxy")
        #expect(
            problem(Self.kubeconfig().replacing("current-context: aks", with: ""))
                == "has no current-context: name one with kubernetes.context (it has other, aks, proxy)")
        #expect(problem(Self.kubeconfig(), context: "other") == "the user of the context other is not in it")
        #expect(problem("a: b") == "is no kubeconfig: it should be YAML with clusters, contexts and users")
        #expect(problem("[") == "is no kubeconfig: it should be YAML with clusters, contexts and users")
    }

    @Test(arguments: [
        (
            "{kubeconfig: kube/config, url: 'https://k'}",
            "kubernetes.url: kubeconfig is given and sets it: keep one of the two"
        ),
        (
            "{url: 'https://k', context: a}",
            "kubernetes.context: is the name of a kubeconfig's context: give kubeconfig"
        ),
        (
            "{url: 'https://k', client_key_file: kube/config}",
            "kubernetes: client_certificate_file and client_key_file belong together: give both or neither"
        ),
        ("{kubeconfig: nowhere}", "kubernetes.kubeconfig: there is no file /etc/sabueso/nowhere"),
        (
            "{events_from_loki: {selector: '{job=\"e\"}', format: alloy}}",
            "kubernetes.events_from_loki: loki is not configured: give it, or remove this"
        ),
        (
            "{timeout: 1s, events_from_loki: {selector: '{job=\"e\"}', format: alloy}}",
            "kubernetes: url is missing (or in_cluster: true, or kubeconfig)"
        ),
    ])
    func `what contradicts itself is refused`(section: String, words: String) {
        let problems = loaded("kubernetes: \(section)", kubeconfig: Self.kubeconfig()).problems()
        #expect(problems.contains("sabueso.yaml:1: \(words)"), "\(problems)")
    }

    @Test func `events in Loki need no access to the cluster`() throws {
        let settings = try loaded(
            """
            loki: {url: http://loki}
            kubernetes: {events_from_loki: {selector: '{job="events"}', format: fluent-bit}}
            """
        ).settings()
        #expect(
            settings.kubernetes
                == Settings.Kubernetes(eventsFromLoki: .init(selector: #"{job="events"}"#, format: .fluentBit)))
    }

    @Test(arguments: [("job=events", "a text of"), ("'{}'", "\"{}\"")])
    func `what selects no streams is refused`(selector: String, found: String) {
        let yaml =
            "loki: {url: http://l}\nkubernetes: {events_from_loki: {selector: \(selector), format: eventhandler}}"
        let problems = loaded(yaml).problems()
        #expect(problems.count == 2)
        #expect(problems.contains { $0.contains("expected a stream selector such as") })
        #expect(problems.contains { $0.contains("expected one of exporter, alloy, fluent-bit") })
    }
}
