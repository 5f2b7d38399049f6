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
        everything = AlertSeries.metrics(alerts, rules: rules)
    }

    /// Nothing has failed yet, so nothing is recorded.
    private func finding(without missing: (String) -> Bool) -> Finding {
        AlertSeries.finding(
            alerts, rules: rules, existing: everything.filter { !$0.contains(":") && !missing($0) }, on: "prometheus")
    }

    @Test func `with all that they need the alerts can fire`() {
        #expect(finding { _ in false }.verdict == .ok)
        #expect(everything.contains("traces_spanmetrics_calls_total") && everything.contains("kube_node_info"))
    }

    @Test func `a recorded series that has samples needs nothing else`() {
        let recorded = everything.filter { $0.contains(":") || $0 == "kube_node_info" }
        #expect(AlertSeries.finding(alerts, rules: rules, existing: recorded, on: "").verdict == .ok)
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
        let finding = AlertSeries.finding(["HighTraceErrorRate"], rules: rules, existing: [], on: "prometheus")
        #expect(finding.verdict == .failure)
        #expect(finding.observed == "HighTraceErrorRate cannot fire: there is no traces_total")
        #expect(finding.advice?.contains("deploy/prometheus/traces_total.yaml") == true)
    }

    @Test func `rules that are not loaded or not evaluated are told`() {
        let none = AlertSeries.finding(alerts, rules: PrometheusRules(rules: []), existing: everything, on: "")
        #expect(none.verdict == .failure && none.advice?.contains("deploy/prometheus/rules.yaml") == true)
        let some = AlertSeries.finding(alerts + ["Ours"], rules: rules, existing: everything, on: "")
        #expect(some.verdict == .warning && some.observed == "there is no rule for Ours")
        let ill = PrometheusRules(rules: [
            PrometheusRules.Rule(name: "Ours", query: "up", isAlert: true, labels: [:], fault: "many-to-many")
        ])
        #expect(AlertSeries.finding(["Ours"], rules: ill, existing: ["up"], on: "").observed.hasSuffix("many-to-many"))
        #expect(AlertSeries.finding([], rules: rules, existing: [], on: "").verdict == .skipped)
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
            return AlertSeries.finding(["Ours"], rules: rules, existing: ["up"], on: "")
        }
        let needed = finding("job:up:sum < 1")
        #expect(needed.verdict == .failure)
        #expect(needed.observed == "job:up:sum, which alerts need, cannot be evaluated: many-to-many")
        #expect(finding("up < 1").verdict == .ok)
    }

    @Test func `an expression that cannot be read is no sign that its alert can fire`() {
        let rules = PrometheusRules(rules: [rule("Ours", "rate(up[5m]"), rule("Other", "up < 1")])
        let finding = AlertSeries.finding(["Ours", "Other"], rules: rules, existing: ["up"], on: "")
        #expect(finding.verdict == .warning && finding.observed == "the expression of Ours cannot be read here")
        #expect(AlertSeries.finding(["Other"], rules: rules, existing: ["up"], on: "").verdict == .ok)
        let recorded = PrometheusRules(rules: [
            rule("Ours", "job:up:sum < 1"), rule("job:up:sum", "sum(up", isAlert: false),
        ])
        let unread = AlertSeries.finding(["Ours"], rules: recorded, existing: [], on: "")
        #expect(unread.verdict == .warning && unread.observed.contains("of job:up:sum"))
        #expect(AlertSeries.finding(["Ours"], rules: recorded, existing: ["job:up:sum"], on: "").verdict == .ok)
    }
}
