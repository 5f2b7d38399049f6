import HTTPTransport
import Telemetry
import TestSupport
import Testing

@testable import ChainCheck

@Suite struct AlertRoutingTests {
    private let alerts = ["HighTraceErrorRate", "JenkinsJobTraceFailure"].map {
        AlertRouting.Alert(name: $0, labels: ["alertname": $0, "severity": "warning"])
    }

    private static let url = "http://sabueso:9096/webhooks/alertmanager"
    private static let bearer = "http_config: {authorization: {type: Bearer, credentials: <secret>}}"

    private func findings(
        _ yaml: String, credentials: ChainPlan.Intake.Credentials = .none, place: WebhookPlace = .sabueso,
        deliveries: Deliveries? = nil
    ) throws -> [Finding] {
        let configuration = try #require(AlertmanagerConfiguration(yaml: yaml))
        var intake = ChainPlan.Intake()
        (intake.credentials, intake.port) = (credentials, 9096)
        let addresses = AlertRouting.candidates(configuration)
        let routing = AlertRouting(
            configuration: configuration, intake: intake,
            places: Dictionary(uniqueKeysWithValues: addresses.map { ($0, place) }), deliveries: deliveries,
            address: "alertmanager")
        return routing.findings(alerts)
    }

    private func finding(
        routes: String = "[{receiver: us}]", webhook: String = "url: \(url)",
        credentials: ChainPlan.Intake.Credentials = .none, place: WebhookPlace = .sabueso, deliveries: Deliveries? = nil
    ) throws -> Finding {
        let yaml = """
            route:
              receiver: people
              routes: \(routes)
            receivers:
              - name: people
              - {name: us, webhook_configs: [{\(webhook)}]}
            """
        let findings = try findings(yaml, credentials: credentials, place: place, deliveries: deliveries)
        #expect(findings.count == 1, "\(findings)")
        return try #require(findings.first)
    }

    // MARK: Routes

    @Test func `the shipped configuration leads here`() throws {
        let findings = try findings(Repository.text("deploy/alertmanager/alertmanager.yaml"), credentials: .bearer)
        #expect(findings.map(\.verdict) == [.ok], "\(findings)")
        #expect(
            findings[0].observed
                == "receiver sabueso (sabueso.monitoring:9096) gets HighTraceErrorRate and JenkinsJobTraceFailure")
    }

    @Test func `without a webhook here the file to take is named`() throws {
        let finding = try findings("route: {receiver: a}\nreceivers: [{name: a}]")[0]
        #expect(finding.verdict == .failure && finding.observed.contains("/webhooks/alertmanager"))
        #expect(finding.advice?.contains("deploy/alertmanager/alertmanager.yaml") == true)
    }

    @Test func `a receiver that no route leads to gets nothing`() throws {
        let finding = try finding(routes: "[]")
        #expect(finding.verdict == .failure && finding.observed.contains("no route leads"))
    }

    @Test func `a route before it that takes all leaves nothing`() throws {
        let finding = try finding(routes: "[{receiver: people}, {receiver: us}]")
        #expect(finding.verdict == .failure)
        #expect(try self.finding(routes: "[{receiver: people, continue: true}, {receiver: us}]").verdict == .ok)
    }

    @Test(arguments: [
        ("[{receiver: us, matchers: ['alertname=~\"High.*|Jenkins.*\"']}]", Finding.Verdict.ok, " gets High"),
        (
            "[{receiver: us, matchers: ['{alertname=\"HighTraceErrorRate\", severity!=\"info\"}']}]", .failure,
            "JenkinsJobTraceFailure never gets to receiver us"
        ),
        ("[{receiver: us, match: {severity: critical}}]", .failure, "no route leads"),
        ("[{receiver: us, match_re: {severity: warn.*}}]", .ok, " gets High"),
        ("[{receiver: us, matchers: [namespace=jenkins]}]", .ok, "by their labels"),
        ("[{matchers: [severity=warning], routes: [{receiver: us}]}]", .ok, " gets High"),
    ])
    func `matchers decide as in Alertmanager`(_ routes: String, _ verdict: Finding.Verdict, _ words: String) throws {
        let finding = try finding(routes: routes)
        #expect(finding.verdict == verdict && finding.observed.contains(words), "\(finding)")
    }

    @Test func `without send_resolved messages never turn green`() throws {
        let finding = try finding(webhook: "url: \(Self.url), send_resolved: false")
        #expect(finding.verdict == .warning && finding.advice?.contains("send_resolved: true") == true)
    }

    // MARK: Whose the address is

    @Test func `an address that may be anybody's is not said to be ours`() throws {
        let away = try finding(place: .unknown("it does not answer from here"))
        #expect(away.verdict == .warning && away.statement == "Does Alertmanager tell Sabueso?")
        #expect(
            away.observed
                == "receiver us (sabueso:9096): whether that is this Sabueso cannot be told, it does not answer from here"
        )
        let port = try finding(
            webhook: "url: http://sabueso:9097/webhooks/alertmanager", place: .unknown("it does not answer from here"))
        #expect(port.observed.hasSuffix("it does not answer from here, and Sabueso listens on port 9096"))
        let other = try finding(place: .stranger(404))
        #expect(other.verdict == .failure)
        #expect(other.observed == "receiver us (sabueso:9096): what answers there with 404 is no Sabueso")
    }

    @Test func `an address that is hidden is known by its receiver's name and by what arrived, or doubted`() throws {
        let hidden = try finding(webhook: "url: <secret>")
        #expect(hidden.verdict == .warning && hidden.observed.contains("hides the addresses of us"))
        let arrived = try finding(webhook: "url: <secret>", deliveries: counts(["stored": 2]))
        #expect(arrived.verdict == .ok && arrived.observed.hasPrefix("Sabueso took 2 in the last 24 h"))
        let yaml = """
            route: {receiver: team/sabueso}
            receivers: [{name: team/sabueso, webhook_configs: [{url_file: /etc/url, send_resolved: true}]}]
            """
        let named = try findings(yaml)
        #expect(named.map(\.verdict) == [.warning])
        #expect(named[0].observed.contains("(its address is hidden): whether that is this Sabueso cannot be told"))
        #expect(try findings(yaml, deliveries: counts(["repeated": 1])).map(\.verdict) == [.ok])
    }

    @Test(arguments: [
        (405, "post Alertmanager's webhook here\n", WebhookPlace.sabueso), (405, "no", .stranger(405)),
        (404, "", .stranger(404)), (200, "<html>", .stranger(200)), (401, "", .unknown("it answers 401")),
        (302, "", .unknown("it answers 302")), (503, "", .unknown("it answers 503")),
    ])
    func `what answers a GET there tells whose it is`(_ status: Int, _ body: String, _ place: WebhookPlace) {
        #expect(WebhookPlace.answered(HTTPResponse(status: status, body: Array(body.utf8))) == place)
    }

    @Test func `the words by which a Sabueso is known are its own`() throws {
        #expect(try Repository.text("Sources/Web/AlertmanagerWebhook.swift").contains("\"\(WebhookPlace.words)\""))
    }

    @Test(arguments: [
        ("https://sabueso.example.com/webhooks/alertmanager", WebhookPlace.own),
        ("https://sabueso.example.com:443/webhooks/alertmanager", .own),
        ("https://sabueso.example.com/other/webhooks/alertmanager", nil),
        ("http://sabueso.example.com/webhooks/alertmanager", nil),
        ("http://10.0.0.7:9096/webhooks/alertmanager", .own), ("http://10.0.0.7:9097/webhooks/alertmanager", nil),
        ("http://10.0.0.8:9096/webhooks/alertmanager", nil),
    ])
    func `an address is ours when the configuration says so`(_ url: String, _ place: WebhookPlace?) throws {
        var intake = ChainPlan.Intake()
        (intake.host, intake.port, intake.publicURL) = ("10.0.0.7", 9096, "https://sabueso.example.com")
        #expect(WebhookPlace.configured(try #require(WebhookAddress(url)), intake) == place)
        (intake.host, intake.publicURL) = ("0.0.0.0", nil)
        #expect(WebhookPlace.configured(try #require(WebhookAddress(url)), intake) == nil)
    }

    @Test func `what is secret in an address is not kept`() throws {
        let address = try #require(WebhookAddress("http://me:pass@H/a/webhooks/alertmanager?token=x"))
        #expect(!"\(address)".contains("pass") && !"\(address)".contains("token"))
        #expect(address.base == "http://h:80" && address.username == "me")
        #expect(WebhookAddress("<secret>") == nil)
    }

    // MARK: Credentials

    @Test(arguments: [
        (
            "url: \(url)", ChainPlan.Intake.Credentials.bearer,
            "sends no credentials, and Sabueso answers 401 without a bearer"
        ),
        ("url: \(url)", .basic(username: "am"), "sends no credentials"),
        ("url: \(url), \(bearer)", .basic(username: "am"), "sends a bearer token, and"),
        ("url: \(url), http_config: {basic_auth: {username: am}}", .bearer, "sends basic credentials of am"),
        (
            "url: \(url), http_config: {basic_auth: {username: me}}", .basic(username: "am"),
            "basic credentials of me, and"
        ),
    ])
    func `credentials that Sabueso refuses are seen before an alert needs them`(
        _ webhook: String, _ wanted: ChainPlan.Intake.Credentials, _ words: String
    ) throws {
        let finding = try finding(webhook: webhook, credentials: wanted)
        #expect(finding.verdict == .failure && finding.observed.contains(words), "\(finding)")
        #expect(finding.advice?.contains("server.authorization") == true)
    }

    @Test func `where the address is hidden, credentials are still seen to be missing`() throws {
        let yaml = """
            route: {receiver: sabueso}
            receivers: [{name: sabueso, webhook_configs: [{url: <secret>, http_config: {follow_redirects: false}}]}]
            """
        let bearer = try findings(yaml, credentials: .bearer)
        #expect(bearer.map(\.verdict) == [.failure] && bearer[0].observed.contains("sends no credentials"))
        // They may be in the address.
        let basic = try findings(yaml, credentials: .basic(username: "am"))
        #expect(basic.map(\.verdict) == [.warning, .warning])
        #expect(basic[0].observed.contains("shows no credentials") && basic[0].statement.hasSuffix("?"))
        let arrived = try findings(yaml, credentials: .basic(username: "am"), deliveries: counts(["stored": 1]))
        #expect(arrived.map(\.verdict) == [.ok])
    }

    @Test(arguments: [
        ("url: \(url), \(bearer)", ChainPlan.Intake.Credentials.bearer), ("url: \(url), \(bearer)", .none),
        ("url: \(url), http_config: {bearer_token_file: /a}", .bearer),
        ("url: \(url), http_config: {basic_auth: {username: am}}", .basic(username: "am")),
        ("url: 'http://am:x@sabueso:9096/webhooks/alertmanager'", .basic(username: "am")),
        ("url: \(url), http_config: {authorization: {type: Custom}}", .bearer),
    ])
    func `credentials that Sabueso takes are no fault`(_ webhook: String, _ wanted: ChainPlan.Intake.Credentials) throws
    {
        #expect(try finding(webhook: webhook, credentials: wanted).verdict == .ok)
    }

    @Test func `a receiver without its own credentials has those of all`() throws {
        let yaml = """
            global: {http_config: {authorization: {credentials: <secret>}}}
            route: {receiver: us}
            receivers: [{name: us, webhook_configs: [{url: \(Self.url)}]}]
            """
        #expect(try findings(yaml, credentials: .bearer).map(\.verdict) == [.ok])
    }

    @Test func `of several receivers the one that is refused is named`() throws {
        let yaml = """
            route: {receiver: us, routes: [{receiver: old, continue: true}, {receiver: us}]}
            receivers:
              - {name: us, webhook_configs: [{url: \(Self.url), \(Self.bearer)}]}
              - {name: old, webhook_configs: [{url: \(Self.url)}]}
            """
        let findings = try findings(yaml, credentials: .bearer)
        #expect(findings.map(\.verdict) == [.warning])
        #expect(findings[0].observed.hasPrefix("receiver old (sabueso:9096) sends no credentials"))
        #expect(findings[0].statement == "Alertmanager does not tell Sabueso all")
    }

    // MARK: What arrived

    /// Counters that rise once in the last hour.
    private func counts(_ outcomes: [String: Double], failed: [String: Double] = [:], at minute: Int64 = 30)
        -> Deliveries
    {
        func series(_ name: String, _ labels: [String: String], _ rise: Double) -> MetricSeries {
            MetricSeries(
                name: name, labels: labels,
                samples: (0..<60).map {
                    .init(at: Timestamp(seconds: 60 * $0), value: $0 < minute ? 5 : 5 + rise)
                })
        }
        return Deliveries(
            outcomes.map { series("sabueso_notifications_total", ["outcome": $0], $1) }
                + failed.map {
                    series(
                        "alertmanager_notifications_failed_total", ["integration": "webhook", "reason": $0], $1)
                })
    }

    @Test func `what Sabueso refused is told, unless it took another since`() throws {
        let refused = try finding(deliveries: counts(["refused": 3]))
        #expect(refused.verdict == .failure)
        #expect(refused.observed == "Sabueso refused all notifications of the last 24 h")
        #expect(refused.advice?.contains("server.authorization") == true)
        #expect(try finding(deliveries: counts(["refused": 3, "stored": 1])).verdict == .ok)
        #expect(try finding(deliveries: counts(["refused": 0])).verdict == .ok)
    }

    @Test func `what Alertmanager could not deliver is told where it is surely ours`() throws {
        let failed = try finding(deliveries: counts([:], failed: ["clientError": 2, "other": 1]))
        #expect(failed.verdict == .failure && failed.observed.hasSuffix("by Alertmanager's count with clientError"))
        let yaml = """
            route: {receiver: us, routes: [{receiver: others, continue: true}, {receiver: us}]}
            receivers:
              - {name: us, webhook_configs: [{url: \(Self.url)}]}
              - {name: others, webhook_configs: [{url: http://others/hook}]}
            """
        #expect(try findings(yaml, deliveries: counts([:], failed: ["clientError": 2])).map(\.verdict) == [.ok])
        let recovered = counts(["stored": 1], failed: ["clientError": 2])
        #expect(try finding(deliveries: recovered).verdict == .ok)
    }

    @Test func `what failed before the last attempt is past`() throws {
        func series(_ name: String, _ minute: Int64, _ labels: [String: String] = [:]) -> MetricSeries {
            MetricSeries(
                name: name, labels: labels.merging(["integration": "webhook"]) { $1 },
                samples: [0, minute, 60].map {
                    .init(at: Timestamp(seconds: 60 * $0), value: $0 < minute ? 1 : 2)
                })
        }
        let failed = series("alertmanager_notifications_failed_total", 30, ["reason": "other"])
        let past = Deliveries([failed, series("alertmanager_notifications_total", 40)])
        #expect(try finding(deliveries: past).verdict == .ok)
        let still = Deliveries([failed, series("alertmanager_notifications_total", 30)])
        #expect(try finding(deliveries: still).verdict == .failure)
    }

    @Test func `what was refused since is doubted, because it may be somebody else's`() throws {
        let samples = { (minute: Int64) in
            [0, minute, 60].map { MetricSeries.Sample(at: Timestamp(seconds: 60 * $0), value: $0 < minute ? 1 : 2) }
        }
        let name = "sabueso_notifications_total"
        let lately = Deliveries([
            MetricSeries(name: name, labels: ["outcome": "stored"], samples: samples(20)),
            MetricSeries(name: name, labels: ["outcome": "refused"], samples: samples(50)),
        ])
        let finding = try finding(deliveries: lately)
        #expect(finding.verdict == .warning && finding.observed == "Sabueso refused what came last")
    }

    @Test func `what arrived makes up for an address that tells nothing`() throws {
        let place = WebhookPlace.unknown("it does not answer from here")
        let finding = try finding(place: place, deliveries: counts(["stored": 4]))
        #expect(finding.verdict == .ok)
        #expect(finding.observed.hasSuffix("JenkinsJobTraceFailure; Sabueso took 4 in the last 24 h"))
    }

    @Test func `a counter that began again counts from zero`() {
        let samples = [(0, 90.0), (60, 2), (120, 5)].map { MetricSeries.Sample(at: Timestamp(seconds: $0), value: $1) }
        let deliveries = Deliveries([
            MetricSeries(name: "sabueso_notifications_total", labels: ["outcome": "stored"], samples: samples)
        ])
        #expect(deliveries.taken.number == 5 && deliveries.taken.last == Timestamp(seconds: 120))
    }

    // MARK: Matchers

    @Test func `a part of a pattern that matches is not enough, as in Alertmanager`() {
        let matcher = AlertMatcher(label: "alertname", operation: .matching, value: "Trace")
        #expect(matcher.answer(["alertname": "HighTraceErrorRate"]) == .no)
        #expect(AlertMatcher(label: "a", operation: .unmatching, value: "b").answer(["a": "c"]) == .yes)
    }

    @Test(arguments: [
        (#"a="x,\"y\"""#, ["a=x,\"y\""]), (#"{a!~"\\d+", b=c}"#, [#"a!~\d+"#, "b=c"]), ("a = b ", ["a=b"]), ("", []),
    ])
    func `matchers are read in each of their forms`(_ text: String, _ expected: [String]) throws {
        let matchers = try #require(AlertMatcher.parse(text))
        #expect(matchers.map { "\($0.label)\($0.operation.rawValue)\($0.value)" } == expected)
    }

    @Test func `what is no matcher is not guessed at`() {
        #expect(AlertMatcher.parse("severity") == nil && AlertMatcher.parse("a=\"open") == nil)
    }

    @Test func `what is no configuration is not read as one`() {
        #expect(AlertmanagerConfiguration(yaml: "receivers: []") == nil)
        #expect(AlertmanagerConfiguration(yaml: "{") == nil)
    }
}
