import Backends
import HTTPTransport
import Telemetry
import Testing

@testable import ChainCheck

/// The rest of the judging: versions, refusals, rights, Grafana, queries.
@Suite struct JudgingTests {
    private let tempo = Reachability.Server.tempo("http://tempo:3200")

    @Test(arguments: [
        ("2.10.8", Finding.Verdict.ok), ("v3.0.0-rc.1", .ok), ("main-1a2b3c4", .ok), ("2.3.1", .warning),
        ("1.5.0", .failure),
    ])
    func `a version is judged by what it can do`(_ version: String, _ verdict: Finding.Verdict) {
        let finding = Reachability.finding(tempo, version: version)
        #expect(finding.verdict == verdict && finding.observed.hasPrefix(version))
        #expect((finding.advice == nil) == (verdict == .ok))
    }

    @Test func `a version that is not told is no fault`() {
        #expect(Reachability.finding(tempo, version: nil).verdict == .ok)
    }

    private static let attempt = BackendError.Attempt("Tempo", "search")

    @Test(arguments: [
        (BackendError.noAnswer(attempt, .connectionFailed(host: "tempo:3200", reason: "refused")), "tempo.url"),
        (.noAnswer(attempt, .connectionFailed(host: "t", reason: "SSL certificate problem")), "tempo.ca_file"),
        (
            .noAnswer(attempt, .connectionFailed(host: "t", reason: "Could not resolve host: tempoo")),
            "No such name is known here: correct the host in tempo.url"
        ),
        (
            .noAnswer(
                attempt, .connectionFailed(host: "t", reason: "OpenSSL/3.0: error:0A00010B:SSL wrong version number")),
            "write http:// in tempo.url"
        ),
        (
            .noAnswer(
                attempt,
                .connectionFailed(
                    host: "t", reason: "SSL: no alternative certificate subject name matches target host name 't'")),
            "for another name"
        ),
        (
            .noAnswer(
                attempt, .connectionFailed(host: "t", reason: "SSL certificate problem: certificate has expired")),
            "Renew Tempo's certificate"
        ),
        (
            .noAnswer(attempt, .connectionFailed(host: "t", reason: "Received HTTP/0.9 when not allowed")),
            "Tempo's HTTP port"
        ),
        (.noAnswer(attempt, .deadlineExceeded(host: "t", after: .seconds(1))), "firewall that drops"),
        (
            .refused(
                attempt, status: 400, reason: "tenant ID 'a/b' contains unsupported character '/'", retryAfter: nil),
            "Correct tempo.tenant"
        ),
        (.noAnswer(attempt, .deadlineExceeded(host: "t", after: .seconds(1))), "tempo.timeout"),
        (.cancelled(attempt), "tempo.timeout"),
        (.refused(attempt, status: 401, reason: "no org id", retryAfter: nil), "tempo.tenant"),
        (.refused(attempt, status: 401, reason: "", retryAfter: nil), "set tempo.authorization"),
        (.refused(attempt, status: 403, reason: "forbidden", retryAfter: nil), "credentials of tempo.authorization"),
        (.refused(attempt, status: 302, reason: "", retryAfter: nil), "redirects"),
        (.refused(attempt, status: 404, reason: "404 page not found", retryAfter: nil), "no Tempo's"),
        (.refused(attempt, status: 429, reason: "job queue full", retryAfter: nil), "queue is full"),
        (.refused(attempt, status: 503, reason: "starting", retryAfter: nil), "Tempo's log"),
        (.unreadable(attempt, reason: "no JSON"), "no Tempo's"),
    ])
    func `every refusal has its advice, with the key of the configuration`(_ error: BackendError, _ words: String) {
        let finding = Reachability.finding(tempo, error)
        #expect(finding.verdict == .failure && finding.statement == "Tempo cannot be used")
        #expect(finding.advice?.contains(words) == true, "\(finding)")
    }

    @Test func `a tenant that does not arrive is told from one that is not given`() {
        let error = BackendError.refused(Self.attempt, status: 401, reason: "no org id", retryAfter: nil)
        #expect(Reachability.advice(.loki("l"), error).hasPrefix("It has tenants: set loki.tenant"))
        #expect(Reachability.advice(.loki("l", hasTenant: true), error).hasPrefix("loki.tenant does not arrive"))
    }

    private let cluster = Reachability.Server.kubernetes("https://k8s")

    private func refusal(
        _ resource: KubernetesResource, _ status: Int, in namespace: String? = nil
    ) -> ClusterRights.Refusal {
        .init(
            resource, in: namespace,
            .refused(.init("Kubernetes", "list"), status: status, reason: "no", retryAfter: nil))
    }

    @Test func `what may not be listed is told with its rule`() {
        let some = ClusterRights.finding(
            cluster, version: "v1.31.2", refusals: [refusal(.nodes, 403), refusal(.replicaSets, 403)])
        #expect(some.verdict == .warning && some.observed.contains("nodes and replicasets"))
        #expect(some.advice?.contains(#"{apiGroups: [""], resources: ["nodes"], verbs: ["list"]}"#) == true)
        let all = ClusterRights.finding(
            cluster, version: nil, refusals: KubernetesResource.allCases.map { refusal($0, 403) })
        #expect(all.verdict == .failure && all.advice?.contains("deploy/kubernetes/rbac.yaml") == true)
        let unknown = ClusterRights.finding(
            cluster, version: nil, refusals: [refusal(.nodes, 403), refusal(.pods, 401)])
        #expect(unknown.verdict == .failure && unknown.advice?.contains("kubernetes.token_file") == true)
        #expect(ClusterRights.finding(cluster, version: "v1.31.2-gke", refusals: []).verdict == .ok)
    }

    private func sources(_ answers: GrafanaData.Answer...) -> Finding {
        let kinds = ["tempo", "loki", "prometheus"]
        return GrafanaData.finding(
            zip(kinds, answers).map { (wanted: .init(kind: $0, uid: "\($0)-1"), answer: $1) }, on: "grafana")
    }

    @Test func `a data source that is missing or of another type is told with its key`() {
        #expect(sources(.found(type: "tempo"), .found(type: "loki")).verdict == .ok)
        let missing = sources(.found(type: "tempo"), .missing)
        #expect(missing.verdict == .failure && missing.observed == "no loki with the uid loki-1")
        #expect(missing.advice?.contains("grafana.datasources.loki") == true)
        let mistaken = sources(.found(type: "loki"))
        #expect(mistaken.verdict == .failure && mistaken.observed == "the uid tempo-1 is of type loki, not tempo")
        #expect(sources().verdict == .skipped)
    }

    @Test func `a dashboard that is missing, or whose data sources are ill, shows no data`() {
        let well = GrafanaData.Health(kind: "loki", answer: .well)
        let ill = GrafanaData.Health(kind: "tempo", answer: .fault("connection refused"))
        let missing = GrafanaData.finding(dashboard: "jenkins", exists: false, [well], on: "grafana")
        #expect(missing.verdict == .failure && missing.statement == "The dashboard shows no data")
        let silent = GrafanaData.finding(dashboard: "jenkins", exists: true, [well, ill], on: "grafana")
        #expect(silent.verdict == .failure && silent.observed.contains("nothing from tempo: connection refused"))
        #expect(silent.advice?.contains("Runbooks/dashboard-without-data.md") == true)
        #expect(GrafanaData.finding(dashboard: "jenkins", exists: true, [well], on: "").verdict == .ok)
        #expect(GrafanaData.finding(dashboard: nil, exists: false, [], on: "").verdict == .skipped)
    }

    @Test(arguments: [
        ([GrafanaData.Health](), Finding.Verdict.skipped, "grafana.datasources names none"),
        ([.init(kind: "loki", answer: .untold)], .skipped, "no data source tells how it is"),
        ([.init(kind: "loki", answer: .forbidden)], .skipped, "asking loki is forbidden"),
        (
            [.init(kind: "tempo", answer: .well), .init(kind: "loki", answer: .forbidden)], .warning,
            "loki is forbidden"
        ),
        ([.init(kind: "tempo", answer: .well), .init(kind: "loki", answer: .untold)], .ok, "loki does not tell"),
    ])
    func `a dashboard of which nothing was seen is not said to show data`(
        _ health: [GrafanaData.Health], _ verdict: Finding.Verdict, _ words: String
    ) {
        let finding = GrafanaData.finding(dashboard: "jenkins", exists: true, health, on: "grafana")
        #expect(finding.verdict == verdict && finding.observed.contains(words), "\(finding)")
        #expect(finding.statement.hasSuffix("?") == (verdict == .skipped))
    }

    @Test func `a refusal over all namespaces says nothing of single ones`() {
        let all = ClusterRights.finding(
            cluster, version: nil, refusals: KubernetesResource.allCases.map { refusal($0, 403) })
        #expect(all.statement == "Does Kubernetes answer?")
        #expect(all.advice?.hasSuffix("scope.namespaces.otherwise, and they are asked.") == true)
    }

    @Test func `single namespaces are judged one by one`() {
        let well = ClusterRights.finding(cluster, version: "v1.31.2", refusals: [], namespaces: ["ci", "shop"])
        #expect(well.verdict == .ok && well.observed == "v1.31.2, in the namespaces ci and shop, not over all")
        let one = ClusterRights.finding(
            cluster, version: nil, refusals: [refusal(.pods, 403, in: "shop")], namespaces: ["ci", "shop"])
        #expect(one.verdict == .warning && one.observed == "403, this account may not list pods in the namespace shop")
        #expect(one.advice?.contains("rbac-namespaced.yaml for the namespace shop") == true)
        let none = ClusterRights.finding(
            cluster, version: nil,
            refusals: KubernetesResource.allCases.filter { !$0.belongsToNoNamespace }.map {
                refusal($0, 403, in: "ci")
            }, namespaces: ["ci"])
        #expect(none.verdict == .failure)
        let nodes = ClusterRights.finding(
            cluster, version: nil, refusals: [refusal(.nodes, 403)], namespaces: ["ci"])
        #expect(nodes.verdict == .warning && nodes.observed == "403, this account may not list nodes")
    }

    @Test(arguments: [
        ("Grafana", [VersionDemand](VersionDemand.grafana), "10.0.9", "10.1.0"),
        ("Prometheus", VersionDemand.prometheus, "2.25.2", "2.26.0"),
        ("Alertmanager", VersionDemand.alertmanager, "0.21.0", "0.22.0"),
    ])
    func `the least version is the first that can`(
        _ name: String, _ demands: [VersionDemand], _ old: String, _ recent: String
    ) {
        #expect(VersionDemand.unmet(by: old, demands)?.verdict == .warning, "\(name)")
        #expect(VersionDemand.unmet(by: recent, demands) == nil, "\(name)")
    }

    @Test func `queries without their exporter are told, those of rare series are not`() {
        let queries = [
            QuerySeries.Query(name: "cpu", promQL: "rate(container_cpu_usage_seconds_total{pod=~\"$pod\"}[$interval])"),
            QuerySeries.Query(name: "unschedulable", promQL: "kube_pod_status_unschedulable == 1"),
            QuerySeries.Query(name: "info", promQL: "kube_pod_info"),
        ]
        func findings(
            _ names: Set<String>, platforms: Set<ChainPlan.Platform> = Set(ChainPlan.Platform.allCases)
        ) -> [Finding] {
            QuerySeries.findings(queries, existing: names, platforms: platforms, on: "prometheus")
        }
        let some = findings(["kube_pod_info"])
        #expect(some.map(\.verdict) == [.warning])
        #expect(some[0].observed == "1 of 3 have no series: cpu, from cAdvisor")
        #expect(findings(["kube_pod_info", "container_cpu_usage_seconds_total"]).map(\.verdict) == [.ok])
        let without = findings([], platforms: [.jenkins])
        #expect(without.map(\.verdict) == [.skipped])
        #expect(without[0].observed == "3 of 3 would find nothing, because kubernetes is not configured")
    }

    @Test func `the text has a line for each finding and what to do below it`() {
        let findings = [
            Finding(.tempo, .ok, on: "http://tempo:3200", "2.10.8"),
            Finding(.tracesAppear, .failure, on: "http://tempo:3200", "none in the last 24 h", advice: "Look."),
            Finding(.grafana, .skipped, on: "", "not configured", advice: "Give grafana.url."),
        ]
        #expect(
            FindingsText(findings).text == """
                ok       Tempo answers (http://tempo:3200): 2.10.8
                FAILED   No traces appear (http://tempo:3200): none in the last 24 h
                         Look.
                skipped  Does Grafana answer? not configured
                         Give grafana.url.
                3 checks: 1 ok, 1 failed, 1 skipped

                """)
    }

    @Test(arguments: [
        (#"{"version":"2.10.8"}"#, "2.10.8"), (#"{"gitVersion":"v1.31.2","major":"1"}"#, "v1.31.2"),
        (#"{"status":"success","data":{"version":"2.42.0"}}"#, "2.42.0"),
        (#"{"status":"success","data":{"application":"Grafana Mimir","version":"2.14.0"}}"#, "Grafana Mimir 2.14.0"),
        (#"{"version":""}"#, nil), ("<html>", nil),
    ])
    func `a version is read from each server's form`(_ body: String, _ version: String?) {
        #expect(StatusAnswers.version(Array(body.utf8)) == version)
    }
}
