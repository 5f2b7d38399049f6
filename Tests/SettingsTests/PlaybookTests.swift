import Settings
import Telemetry
import Testing

@Suite struct PlaybookTests {
    @Test(arguments: [
        ("HighTraceErrorRate", "HighTraceErrorRate"), ("JenkinsJobTraceFailure", "JenkinsJobTraceFailure"),
        ("KubePodCrashLooping", "default"), ("highTraceErrorRate", "default"), ("", "default"),
    ])
    func `the built-in playbooks are chosen by the alert's name`(alert: String, playbook: String) {
        #expect(Playbook.builtIn.matching(labels: ["alertname": alert]).name == playbook)
    }

    @Test func `the first playbook that is for one of the group's alerts wins`() {
        var team = Playbook(name: "team")
        team.match.alertNames = ["Jenkins*", "?uild"]
        team.match.labels = ["team": "ci"]
        let playbooks = [team] + Playbook.builtIn
        #expect(playbooks.matching(labels: ["alertname": "JenkinsDown", "team": "ci"]).name == "team")
        #expect(playbooks.matching(labels: ["alertname": "Build", "team": "ci"]).name == "team")
        #expect(playbooks.matching(labels: ["alertname": "Rebuild", "team": "ci"]).name == "default")
        #expect(playbooks.matching(labels: ["alertname": "JenkinsDown", "team": "cic"]).name == "default")
        #expect(playbooks.matching(labels: ["alertname": "JenkinsDown"]).name == "default")
        #expect(
            playbooks.matching([["alertname": "X"], ["alertname": "JenkinsDown", "team": "ci"]]).name == "team")
    }

    @Test func `an alert that no playbook is for is not dropped`() {
        #expect([Playbook]().matching(labels: ["alertname": "X"]) == .anything)
        var other = Playbook(name: "other")
        other.match.alertNames = ["Y"]
        #expect([other].matching(labels: ["alertname": "X"]) == .anything)
    }

    /// Labels as real rules and exporters set them, with what a person would look at.
    private static let defaultScopes: [(labels: [String: String], scope: Scope)] = [
        (["service": "checkout"], Scope(services: ["checkout"])),
        (["service_name": "checkout", "service": "otel"], Scope(services: ["checkout"])),
        (["namespace": "shop", "pod": "cart-0"], Scope(namespaces: ["shop"], pods: ["cart-0"])),
        // kube-state-metrics with honorLabels: the subject's own labels beside the exporter's name
        (
            [
                "namespace": "shop", "pod": "cart-0", "job": "kube-state-metrics", "container": "cart",
                "service": "kube-prometheus-stack-kube-state-metrics",
            ], Scope(namespaces: ["shop"], pods: ["cart-0"])
        ),
        // and without: the subject's labels renamed, the exporter's in their place
        (
            [
                "exported_namespace": "shop", "exported_pod": "cart-0", "namespace": "monitoring",
                "pod": "kube-state-metrics-7d", "job": "kube-state-metrics", "service": "kube-state-metrics",
            ], Scope(namespaces: ["shop"], pods: ["cart-0"])
        ),
        // nothing but a scrape job
        (["job": "checkout", "instance": "10.0.0.1:80"], Scope(services: ["checkout"])),
        (["job": "shop/checkout"], Scope(services: ["checkout"])),
        (["job": "node-exporter", "instance": "n1:9100"], Scope()),
        (["job": "monitoring/node-exporter"], Scope()),
        (["job": "kubernetes-pods"], Scope()),
        // a scrape job beside better labels is no service
        (["job": "checkout", "namespace": "shop"], Scope(namespaces: ["shop"])),
        (["jenkins_job": "team/app", "job": "jenkins"], Scope(services: ["jenkins"], jobs: ["team/app"])),
        (["service": "", "app": "cart"], Scope(services: ["cart"])),
        (["severity": "page"], Scope()),
        ([:], Scope()),
    ]

    @Test(arguments: defaultScopes.indices)
    func `the default playbook makes sense of usual labels`(index: Int) {
        let (labels, scope) = Self.defaultScopes[index]
        #expect(Playbook.anything.scope(for: [labels]) == scope, "\(labels)")
    }

    @Test func `a group's alerts add up, each name once and in their order`() {
        let scope = Playbook.anything.scope(for: [
            ["service": "b", "namespace": "shop"], ["service": "a"], ["service": "b", "pod": "b-1"],
            ["job": "kubelet"], ["job": "c"],
        ])
        #expect(scope == Scope(services: ["b", "a", "c"], namespaces: ["shop"], pods: ["b-1"]))
    }

    @Test func `names for when labels tell none do not join those that they tell`() {
        var playbook = Playbook(name: "p")
        playbook.scope.services = Playbook.Source(labels: ["service"], otherwise: ["jenkins"])
        #expect(playbook.scope(for: [["service": "ci"]]).services == ["ci"])
        #expect(playbook.scope(for: [["a": "b"]]).services == ["jenkins"])
        #expect(playbook.scope(for: []).services == ["jenkins"])
    }

    @Test func `the Jenkins playbook takes Prometheus' job for what it is`() throws {
        let playbook = Playbook.builtIn.matching(labels: ["alertname": "JenkinsJobTraceFailure"])
        let scope = playbook.scope(for: [["service_name": "jenkins-master", "job": "otel-collector"]])
        #expect(scope == Scope(services: ["jenkins-master"]))
        #expect(playbook.isJenkins)
        #expect(playbook.windows.before == .seconds(1800))
    }
}
