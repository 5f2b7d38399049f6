import Telemetry
import TestSupport
import Testing
import Yams

@testable import ChainCheck

/// With the rules that are shipped, as a Prometheus that has loaded them tells them.
@Suite struct AlertSeriesTests {
    private let alerts = ["HighTraceErrorRate", "JenkinsJobTraceFailure", "SpotAgentLost", "JenkinsBuildsSlow"]
    private let rules: PrometheusRules
    private let everything: Set<String>

    init() throws {
        let root = try #require(try compose(yaml: Repository.text("deploy/prometheus/rules.yaml"))?.mapping)
        let groups = root["groups"]?.sequence.map(Array.init) ?? []
        rules = PrometheusRules(
            rules: groups.flatMap { $0["rules"]?.sequence.map(Array.init) ?? [] }.compactMap { rule in
                guard let name = (rule["alert"] ?? rule["record"])?.string, let query = rule["expr"]?.string else {
                    return nil
                }
                return PrometheusRules.Rule(
                    name: name, query: query, isAlert: rule["alert"] != nil, labels: [:], fault: nil)
            })
        everything = rules.metrics(of: alerts)
    }

    private func judged(_ alerts: [String], _ rules: PrometheusRules, existing: Set<String>) -> Finding {
        findings(alerts, rules, SeriesSightings(present: existing))[0]
    }

    private func findings(
        _ alerts: [String], _ rules: PrometheusRules, _ sightings: SeriesSightings,
        platforms: Set<ChainPlan.Platform> = Set(ChainPlan.Platform.allCases)
    ) -> [Finding] {
        AlertSeries(rules: rules, sightings: sightings, platforms: platforms, address: "prometheus").findings(alerts)
    }

    /// Nothing has failed yet, so nothing is recorded.
    private func finding(without missing: (String) -> Bool) -> Finding {
        judged(alerts, rules, existing: everything.filter { !$0.contains(":") && !missing($0) })
    }

    @Test func `with all that they need the alerts can fire`() {
        #expect(finding { _ in false }.verdict == .ok)
        #expect(everything.contains("traces_spanmetrics_calls_total") && everything.contains("kube_node_info"))
    }

    @Test func `a recorded series that has samples needs nothing else`() {
        let recorded = everything.filter { $0.contains(":") || $0 == "kube_node_info" }
        #expect(judged(alerts, rules, existing: recorded).verdict == .ok)
    }

    @Test(arguments: ["traces_spanmetrics_", "traces_span_metrics_"])
    func `one of the two sources of span metrics is enough`(_ prefix: String) {
        #expect(finding { $0.hasPrefix(prefix) }.verdict == .ok)
    }

    @Test func `without span metrics the missing series are named with what would make them`() {
        let finding = finding { $0.hasPrefix("traces_span") }
        #expect(finding.verdict == .failure)
        #expect(
            finding.observed.hasPrefix(
                "HighTraceErrorRate, JenkinsJobTraceFailure and 2 more cannot fire: there is neither")
        )
        #expect(finding.observed.contains("traces_span_metrics_calls_total nor traces_spanmetrics_calls_total"))
        #expect(finding.advice?.contains("deploy/tempo/values.yaml") == true)
    }

    @Test func `without kube-state-metrics only the alert on spot nodes cannot fire`() {
        let finding = finding { $0.hasPrefix("kube_") }
        #expect(finding.verdict == .failure)
        #expect(finding.observed.hasPrefix("SpotAgentLost cannot fire"))
        #expect(finding.advice?.contains("kube-state-metrics") == true)
    }

    @Test func `a rule on traces_total needs the rule that records it`() {
        let rules = PrometheusRules(rules: [
            PrometheusRules.Rule(
                name: "HighTraceErrorRate", query: "rate(traces_total{status=\"error\"}[5m]) > 0.1", isAlert: true,
                labels: [:], fault: nil)
        ])
        let finding = judged(["HighTraceErrorRate"], rules, existing: [])
        #expect(finding.verdict == .failure)
        #expect(
            finding.observed
                == "HighTraceErrorRate cannot fire: there is no traces_total, and was none in the last 24 h")
        #expect(finding.advice?.contains("deploy/prometheus/traces_total.yaml") == true)
    }

    @Test func `rules that are not loaded or not evaluated are told`() {
        let none = judged(alerts, PrometheusRules(rules: []), existing: everything)
        #expect(none.verdict == .failure && none.advice?.contains("deploy/prometheus/rules.yaml") == true)
        let some = judged(alerts + ["Ours"], rules, existing: everything)
        #expect(some.verdict == .failure && some.observed == "there is no rule for Ours")
        let ill = PrometheusRules(rules: [
            PrometheusRules.Rule(name: "Ours", query: "up", isAlert: true, labels: [:], fault: "many-to-many")
        ])
        #expect(judged(["Ours"], ill, existing: ["up"]).observed.hasSuffix("many-to-many"))
        #expect(judged([], rules, existing: []).verdict == .skipped)
    }

    @Test func `what is wrong comes first, also where something is only doubted`() {
        let absent = judged(alerts + ["Ours"], rules, existing: everything)
        #expect(absent.statement == "Series of the alerts are missing")
        let unread = PrometheusRules(rules: [rule("Ours", "rate(up[5m]")])
        #expect(judged(["Ours"], unread, existing: []).statement == "Some alerts may never come")
    }

    @Test func `each kind of fault has its own line`() {
        let rules = PrometheusRules(rules: [rule("Ours", "gone < 1"), rule("Ill", "up", fault: "many-to-many")])
        let findings = findings(["Ours", "Ill", "Theirs"], rules, SeriesSightings(present: ["up"]))
        #expect(findings.map(\.verdict) == [.failure, .failure, .failure])
        #expect(
            findings.map { $0.observed.split(separator: " ").prefix(3).joined(separator: " ") }
                == ["there is no", "Ill cannot be", "Ours cannot fire:"])
    }

    @Test func `an alert of Loki's ruler needs no rule and no series here`() {
        let judged = AlertSeries(
            rules: PrometheusRules(rules: []), elsewhere: ["Ours"], sightings: SeriesSightings(present: []), address: ""
        )
        #expect(judged.findings(["Ours"]).map(\.verdict) == [.ok])
        #expect(judged.findings(["Other"]).map(\.verdict) == [.failure])
    }

    @Test func `a series that is gone is told from one that never was`() {
        let rules = PrometheusRules(rules: [rule("Ours", "job:up:sum < 1 and kube_node_info")])
        let end = Timestamp(seconds: 1_800_000_000)
        let gone = SeriesSightings(present: ["kube_node_info"], lastSeen: ["job:up:sum": end])
        #expect(
            findings(["Ours"], rules, gone)[0].observed
                == "Ours cannot fire: job:up:sum stopped being written at about 2027-01-15T08:00Z")
        let never = findings(["Ours"], rules, SeriesSightings(present: ["kube_node_info"]))[0]
        #expect(never.observed == "Ours cannot fire: there is no job:up:sum, and was none in the last 24 h")
        #expect(never.advice == "Load deploy/prometheus/rules.yaml, whose rule job:up:sum makes it.")
    }

    @Test func `without spans for a while an alert may only be quiet`() {
        let rules = PrometheusRules(rules: [rule("Ours", "rate(traces_spanmetrics_calls_total[5m]) > 1")])
        let end = Timestamp(seconds: 1_800_000_000)
        let quiet = findings(
            ["Ours"], rules, SeriesSightings(present: [], lastSeen: ["traces_spanmetrics_calls_total": end]))
        #expect(quiet.map(\.verdict) == [.warning] && quiet[0].statement == "Some alerts may never come")
        let never = findings(["Ours"], rules, SeriesSightings(present: []))
        #expect(never.map(\.verdict) == [.failure])
    }

    @Test func `on a laptop without a cluster the shipped alert on nodes is not missed`() {
        let present = everything.filter { !$0.contains(":") && !$0.hasPrefix("kube_") }
        let findings = findings(alerts, rules, SeriesSightings(present: present), platforms: [.jenkins])
        #expect(findings.map(\.verdict) == [.ok, .skipped])
        #expect(findings[1].observed.hasPrefix("SpotAgentLost would need kube_"))
    }

    @Test func `series of what is not there are not missed`() {
        let rules = PrometheusRules(rules: [
            rule("OfNodes", "kube_node_info and up"), rule("OfBuilds", "default_jenkins_up"), rule("Other", "up"),
        ])
        let sightings = SeriesSightings(present: ["up"])
        let neither = findings(["OfNodes", "OfBuilds", "Other"], rules, sightings, platforms: [])
        #expect(neither.map(\.verdict) == [.ok, .skipped, .skipped])
        #expect(neither[0].observed == "Other can fire")
        #expect(
            neither[1].observed
                == "OfNodes would need kube_node_info from kube-state-metrics, and kubernetes is not configured")
        #expect(neither[2].observed.hasSuffix("and no playbook says jenkins: true"))
        #expect(findings(["OfNodes"], rules, sightings).map(\.verdict) == [.failure])
    }

    private func rule(_ name: String, _ query: String, isAlert: Bool = true, fault: String? = nil)
        -> PrometheusRules.Rule
    {
        PrometheusRules.Rule(name: name, query: query, isAlert: isAlert, labels: [:], fault: fault)
    }

    @Test func `a recording rule that an alert needs and that cannot be evaluated is told`() {
        func finding(_ query: String) -> Finding {
            let rules = PrometheusRules(rules: [
                rule("Ours", query), rule("job:up:sum", "sum(up)", isAlert: false, fault: "many-to-many"),
            ])
            return judged(["Ours"], rules, existing: ["up"])
        }
        let needed = finding("job:up:sum < 1")
        #expect(needed.verdict == .failure)
        #expect(needed.observed == "job:up:sum, which alerts need, cannot be evaluated: many-to-many")
        #expect(finding("up < 1").verdict == .ok)
    }

    @Test func `an expression that cannot be read is no sign that its alert can fire`() {
        let rules = PrometheusRules(rules: [rule("Ours", "rate(up[5m]"), rule("Other", "up < 1")])
        let finding = judged(["Ours", "Other"], rules, existing: ["up"])
        #expect(finding.verdict == .warning && finding.observed == "the expression of Ours cannot be read here")
        #expect(judged(["Other"], rules, existing: ["up"]).verdict == .ok)
        let recorded = PrometheusRules(rules: [
            rule("Ours", "job:up:sum < 1"), rule("job:up:sum", "sum(up", isAlert: false),
        ])
        let unread = judged(["Ours"], recorded, existing: [])
        #expect(unread.verdict == .warning && unread.observed.contains("of job:up:sum"))
        #expect(judged(["Ours"], recorded, existing: ["job:up:sum"]).verdict == .ok)
    }
}
