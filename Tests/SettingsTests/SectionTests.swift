import Settings
import Testing

@Suite struct SectionTests {
    @Test func `a backend's connection is read with all that it can say`() throws {
        let files = ["ca", "crt", "key"].map { ("/etc/sabueso/\($0)", "pem") }
        let settings = try LoadedFrom(
            """
            loki:
              url: http://loki:3100/
              tenant: 12
              authorization: {bearer_file: ca}
              ca_file: ca
              client_certificate_file: crt
              client_key_file: key
              timeout: 2s
              labels: {service: [svc]}
            """, files: Dictionary(uniqueKeysWithValues: files)
        ).settings()
        let loki = try #require(settings.loki)
        #expect(loki.connection.url == "http://loki:3100")
        #expect(loki.connection.tenant == "12")
        #expect(loki.connection.authorization == .bearer(Secret("pem")))
        #expect(loki.connection.caFile == "/etc/sabueso/ca")
        #expect(loki.connection.clientCertificateFile == "/etc/sabueso/crt")
        #expect(loki.connection.clientKeyFile == "/etc/sabueso/key")
        #expect(loki.connection.timeout == .seconds(2))
        #expect(loki.labels.service == ["svc"])
        #expect(loki.labels.pod == ["pod", "k8s_pod_name"])
    }

    @Test func `the journal is a file, or a database whose address is a secret`() throws {
        #expect(try LoadedFrom("journal: {path: a.sqlite}").settings().journal.url == nil)
        let address = "postgresql://sabueso:a%2Bb@db.example.com/sabueso"
        let file = try LoadedFrom("journal: {url_file: url}", files: ["/etc/sabueso/url": "\(address)\n"]).settings()
        #expect(file.journal.url == Secret(address))
        let variable = try LoadedFrom("journal: {url: \"${URL}\"}", environment: ["URL": address]).settings()
        #expect(variable.journal == file.journal)
        #expect(!"\(file)".contains("a%2Bb"))

        for (text, problem) in [
            ("{url: postgresql://db/x}", "journal.url: a secret must not stand in the configuration"),
            ("{url: \"${URL}\", path: a.sqlite}", "journal.path: url is given too: keep one of the two"),
            ("{url: \"${OTHER}\"}", "journal.url: expected postgresql://user:password@host:5432/database"),
        ] {
            let environment = ["URL": address, "OTHER": "https://db.example.com"]
            let problems = LoadedFrom("journal: \(text)", environment: environment).problems()
            #expect(problems.count == 1 && problems[0].contains(problem), "\(problems)")
        }
    }

    @Test(arguments: [
        (
            "tempo: {url: http://t, ca_file: nowhere}", "tempo.ca_file: there is no file /etc/sabueso/nowhere"
        ),
        (
            "tempo: {url: http://t, client_key_file: sabueso.yaml}",
            "tempo: client_certificate_file and client_key_file belong together: give both or neither"
        ),
        (
            "server: {authorization: {}}", "server.authorization: basic or bearer_file is missing"
        ),
        (
            "server: {authorization: {bearer_file: sabueso.yaml, basic: {username: a, password_file: sabueso.yaml}}}",
            "server.authorization: basic and bearer are both given: keep one of the two"
        ),
        (
            "server: {authorization: {basic: {username: a}}}",
            "server.authorization.basic: password_file is missing (or password: ${VARIABLE})"
        ),
        (
            "server: {authorization: {basic: {username: 'a:b', password_file: sabueso.yaml}}}",
            "server.authorization.basic: a username for basic authorization cannot contain a colon"
        ),
        (
            "receivers: [{name: a, slack: {webhook_url: '${U}'}}, {name: a, teams: {workflow_url: '${U}'}}]",
            "receivers[1].name: there is a receiver of this name already"
        ),
        (
            "receivers: [{name: a, slack: {webhook_url: '${U}'}, teams: {workflow_url: '${U}'}}]",
            "receivers[0]: slack and teams are both given: make two receivers of it"
        ),
        ("receivers: [{name: a}]", "receivers[0]: slack or teams is missing"),
        (
            "receivers: [{name: a, slack: {}}]",
            "receivers[0].slack: webhook_url_file is missing (or webhook_url: ${VARIABLE})"
        ),
        (
            "kubernetes: {in_cluster: true}",
            "kubernetes.in_cluster: KUBERNETES_SERVICE_HOST is not set: this does not run in a pod"
        ),
        ("kubernetes: {url: 'https://k', token_file: t}", "kubernetes.token_file: there is no file /etc/sabueso/t"),
    ])
    func `what contradicts itself or is only half there is refused`(yaml: String, problem: String) {
        #expect(
            LoadedFrom(yaml, environment: ["U": "https://hooks.example.com/x"]).problems() == [
                "sabueso.yaml:1: \(problem)"
            ])
    }

    @Test func `receivers keep the pace that is usual for their platform unless told otherwise`() throws {
        let receivers = try LoadedFrom(
            """
            receivers:
              - {name: a, slack: {webhook_url: "${U}"}}
              - {name: b, teams: {workflow_url: "${U}"}, pacing: {interval: 5s}}
            """, environment: ["U": "https://hooks.example.com/x"]
        ).settings().receivers
        #expect(receivers.map(\.name) == ["a", "b"])
        #expect(receivers.map(\.pacing) == [.slack, Settings.Receiver.Pacing(interval: .seconds(5), burst: 2)])
        #expect(receivers[1].platform == .teams(workflowURL: Secret("https://hooks.example.com/x")))
    }

    @Test func `Grafana's dashboard and Loki's trace ids are read with all that they can say`() throws {
        let settings = try LoadedFrom(
            """
            grafana:
              url: https://g/grafana/
              org_id: 2
              datasources: {loki: l}
              dashboard: {uid: d, service_variable: svc, panel: 3}
            loki: {url: http://l, trace_id: {place: json, name: traceid}}
            runbooks_url: https://wiki/runbooks/
            server: {public_url: https://sabueso.example.com/}
            """
        ).settings()
        var grafana = Settings.Grafana(url: "https://g/grafana")
        grafana.organization = 2
        grafana.lokiUID = "l"
        grafana.dashboard = Settings.Grafana.Dashboard(uid: "d")
        grafana.dashboard?.serviceVariable = "svc"
        grafana.dashboard?.panel = 3
        #expect(settings.grafana == grafana)
        #expect(settings.loki?.traceID.place == .json)
        #expect(settings.loki?.traceID.name == "traceid")
        #expect(settings.runbooksURL == "https://wiki/runbooks")
        #expect(settings.server.publicURL == "https://sabueso.example.com")
    }

    @Test(arguments: [("10.0.0.1", "https://10.0.0.1:6443"), ("fd00::1", "https://[fd00::1]:6443")])
    func `in a cluster the pod's own account is used`(host: String, url: String) throws {
        let loaded = LoadedFrom(
            "kubernetes: {in_cluster: true, timeout: 3s}",
            environment: ["KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": "6443"])
        let kubernetes = try #require(try loaded.settings().kubernetes)
        #expect(kubernetes.url == url)
        let access = try #require(kubernetes.access)
        #expect(access.token == .file("/var/run/secrets/kubernetes.io/serviceaccount/token"))
        #expect(access.authority == .file("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt"))
        #expect(access.timeout == .seconds(3))
    }

    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("9m1s", .seconds(541)), ("1m500ms", .milliseconds(60_500)),
        ("10m", .seconds(600)),
    ])
    func `durations are read to the millisecond`(text: String, duration: Duration) throws {
        let loaded = LoadedFrom("investigation: {budget: {deadline: \(text)}}")
        #expect(try loaded.settings().investigation.budget.deadline == duration)
    }
}
