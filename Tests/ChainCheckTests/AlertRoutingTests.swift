import TestSupport
import Testing

@testable import ChainCheck

@Suite struct AlertRoutingTests {
    private let alerts = ["HighTraceErrorRate", "JenkinsJobTraceFailure"].map {
        AlertRouting.Alert(name: $0, labels: ["alertname": $0, "severity": "warning"])
    }

    private func finding(_ yaml: String) throws -> Finding {
        AlertRouting.finding(try #require(AlertmanagerConfiguration(yaml: yaml)), alerts, on: "alertmanager")
    }

    private func finding(routes: String, webhook: String = "url: http://sabueso:9096/webhooks/alertmanager") throws
        -> Finding
    {
        try finding(
            """
            route:
              receiver: people
              routes: \(routes)
            receivers:
              - name: people
              - {name: us, webhook_configs: [{\(webhook)}]}
            """)
    }

    @Test func `the shipped configuration leads here`() throws {
        let finding = try finding(Repository.text("deploy/alertmanager/alertmanager.yaml"))
        #expect(finding.verdict == .ok, "\(finding)")
        #expect(finding.observed == "receiver sabueso, gets HighTraceErrorRate and JenkinsJobTraceFailure")
    }

    @Test func `without a webhook here the file to take is named`() throws {
        let finding = try finding("route: {receiver: a}\nreceivers: [{name: a}]")
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
        ("[{receiver: us, matchers: ['alertname=~\"High.*|Jenkins.*\"']}]", Finding.Verdict.ok, ", gets High"),
        (
            "[{receiver: us, matchers: ['{alertname=\"HighTraceErrorRate\", severity!=\"info\"}']}]", .warning,
            "but Jenkins"
        ),
        ("[{receiver: us, match: {severity: critical}}]", .failure, "no route leads"),
        ("[{receiver: us, match_re: {severity: warn.*}}]", .ok, ", gets High"),
        ("[{receiver: us, matchers: [namespace=jenkins]}]", .ok, "by their labels"),
        ("[{matchers: [severity=warning], routes: [{receiver: us}]}]", .ok, ", gets High"),
    ])
    func `matchers decide as in Alertmanager`(_ routes: String, _ verdict: Finding.Verdict, _ words: String) throws {
        let finding = try finding(routes: routes)
        #expect(finding.verdict == verdict && finding.observed.contains(words), "\(finding)")
    }

    @Test func `without send_resolved messages never turn green`() throws {
        let finding = try finding(
            routes: "[{receiver: us}]", webhook: "url: http://x/webhooks/alertmanager, send_resolved: false")
        #expect(finding.verdict == .warning && finding.advice?.contains("send_resolved: true") == true)
    }

    @Test func `an address that is hidden is known by its receiver's name, or doubted`() throws {
        let hidden = try finding(routes: "[{receiver: us}]", webhook: "url: <secret>")
        #expect(hidden.verdict == .warning && hidden.observed.contains("hides the addresses of us"))
        let named = try finding(
            """
            route: {receiver: team/sabueso}
            receivers: [{name: team/sabueso, webhook_configs: [{url_file: /etc/url, send_resolved: true}]}]
            """)
        #expect(named.verdict == .ok && named.observed.contains("whose address is hidden"))
    }

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
