import Alerts
import Languages
import RootCause
import Telemetry
import Testing

@Suite struct OtherAlertTests {
    /// A sample every half minute, as a range query gives them.
    private func fired(
        _ name: String, _ labels: [String: String] = [:], from: Double, to: Double = 120, state: String = "firing",
        in story: inout Story
    ) {
        story.metrics.append(
            MetricSeries(
                name: MetricSeries.alerts,
                labels: labels.merging(["alertname": name, "alertstate": state]) { $1 },
                samples: stride(from: from, through: to, by: 30).map { .init(at: Story.at($0), value: 1) }))
    }

    /// Three builds die with a spot node at about 41 s.
    private var preemption: Story {
        var story = Story.quiet
        story.node("aks-spot-3", spot: true, ready: false)
        for number in 1...3 {
            story.agentPod("maven-\(number)", node: "aks-spot-3")
            story.build("shop/main", number, on: "maven-\(number)", at: 0, takes: 41, .agentRemoved)
        }
        story.event("PreemptScheduled", "Node", "aks-spot-3", at: 39)
        story.event("NodeNotReady", "Node", "aks-spot-3", at: 45)
        return story
    }

    private func told(_ diagnosis: Diagnosis) -> [String] {
        diagnosis.timeline.map(\.text.english).filter { $0.hasPrefix("also fired") }
    }

    private func evidence(_ diagnosis: Diagnosis) -> [String] {
        (diagnosis.hypotheses.first?.evidence ?? []).map(\.text.english).filter { $0.hasPrefix("also fired") }
    }

    @Test func `an alert about the node that was lost is told and speaks for it`() throws {
        var story = preemption
        let without = try #require(story.diagnosis().hypotheses.first)
        fired("KubeNodeNotReady", ["node": "aks-spot-3", "severity": "warning"], from: 60, in: &story)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "spot-eviction aks-spot-3")
        #expect(told(diagnosis) == ["also fired: KubeNodeNotReady on aks-spot-3"])
        let sentence = try #require(evidence(diagnosis).first)
        #expect(sentence.hasPrefix("also fired: KubeNodeNotReady on aks-spot-3 since 22:14:20 UTC, "))
        #expect(sentence.hasSuffix(" s after the onset"))
        #expect(sentence.split(separator: " ").count <= 15)
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.confidence >= without.confidence)
    }

    @Test func `an alert about something else is told and is no evidence`() {
        var story = preemption
        fired("KubeNodeNotReady", ["node": "aks-other-1"], from: 60, in: &story)
        let diagnosis = story.diagnosis()
        #expect(told(diagnosis) == ["also fired: KubeNodeNotReady on aks-other-1"])
        #expect(evidence(diagnosis).isEmpty)
    }

    @Test func `only alerts about the incident's own services, pods, nodes and jobs are told`() {
        var story = preemption
        story.services = ["jenkins"]
        fired("SabuesoDown", ["severity": "critical"], from: 60, in: &story)
        fired("SabuesoBehind", ["pod": "sabueso-0", "namespace": "ci", "service": "sabueso"], from: 60, in: &story)
        fired("SabuesoUnreachable", ["instance": "10.1.2.3:9093", "job": "alertmanager"], from: 60, in: &story)
        fired("KubeNodeNotReady", ["node": "aks-other-1"], from: 60, in: &story)
        #expect(told(story.diagnosis()).isEmpty)
        fired("KubeNodeNotReady", ["node": "aks-spot-3"], from: 60, in: &story)
        fired("KubePodNotReady", ["namespace": "ci", "pod": "maven-1"], from: 60, in: &story)
        fired("JenkinsDown", ["instance": "10.1.2.4:8080", "job": "jenkins"], from: 60, in: &story)
        #expect(
            told(story.diagnosis()) == [
                "also fired: JenkinsDown on 10.1.2.4", "also fired: KubeNodeNotReady on aks-spot-3",
                "also fired: KubePodNotReady on maven-1",
            ])
    }

    @Test func `many instances of one alert are one with a number`() {
        var story = preemption
        for number in 1...6 {
            fired("KubePodNotReady", ["namespace": "ci", "pod": "maven-\(number)"], from: 60, in: &story)
        }
        let diagnosis = story.diagnosis()
        #expect(told(diagnosis) == ["also fired: KubePodNotReady on 6 pods"])
        // The pods ran on the node.
        #expect(
            evidence(diagnosis).map { $0.prefix { $0 != "," } }.map(String.init)
                == ["also fired: KubePodNotReady on maven-1 and 5 more since 22:14:20 UTC"])
    }

    @Test func `the alert that is investigated is not another one`() {
        let group = AlertGroup(
            status: .firing, receiver: "sabueso", groupKey: "{}", commonLabels: ["alertname": "BuildsFail"],
            alerts: [
                Alert(
                    status: .firing, labels: ["job_name": "shop/main", "cluster": "a"], startsAt: Story.at(60),
                    fingerprint: "1")
            ])
        var story = preemption
        fired("BuildsFail", ["job_name": "shop/main", "prometheus": "b"], from: 60, in: &story)
        #expect(told(story.diagnosis(alert: group)).isEmpty)
        #expect(told(story.diagnosis()).count == 1)
        fired("BuildsFail", ["job_name": "team/app"], from: 60, in: &story)
        #expect(told(story.diagnosis(alert: group)) == ["also fired: BuildsFail on team/app"])
    }

    @Test(arguments: [
        ("firing since before the quiet time", -600.0, 120.0, "firing", [String: String]()),
        ("firing long before the quiet time was over", -400, 120, "firing", [:]),
        ("over before it began", -280, -120, "firing", [:]),
        ("not fired yet", 30, 120, "pending", [:]),
        ("about alerting itself", 30, 120, "firing", ["severity": "none"]),
    ])
    func `what is no news is not told`(why: String, from: Double, to: Double, state: String, labels: [String: String]) {
        var story = preemption
        fired("Noise", labels, from: from, to: to, state: state, in: &story)
        #expect(told(story.diagnosis()).isEmpty, "\(why)")
    }

    @Test func `what comes and goes all the time is no news, what came once before is`() {
        var story = preemption
        for from in [-590.0, -350, 30] { fired("Flapping", ["x": "y"], from: from, to: from + 60, in: &story) }
        let merged = story.metrics.flatMap(\.samples)
        story.metrics = [
            MetricSeries(name: MetricSeries.alerts, labels: ["alertname": "Flapping", "node": "n"], samples: merged)
        ]
        #expect(told(story.diagnosis()).isEmpty)
        story.metrics = [
            MetricSeries(
                name: MetricSeries.alerts, labels: ["alertname": "Flapping", "node": "n"],
                samples: Array(merged.dropFirst(3)))
        ]
        #expect(told(story.diagnosis()) == ["also fired: Flapping on n"])
    }

    @Test func `labels of the exporter do not name what an alert is about`() {
        var story = preemption
        fired(
            "KubePodCrashLooping",
            [
                "job": "kube-state-metrics", "pod": "kube-state-metrics-0", "instance": "10.1.2.3:8080",
                "exported_pod": "cart-1",
            ], from: 60, in: &story)
        #expect(told(story.diagnosis()) == ["also fired: KubePodCrashLooping on cart-1"])
    }

    @Test func `when nothing is known, the alerts that fired besides are where to look next`() throws {
        var story = Story.quiet
        fired("CertManagerDown", ["namespace": "cert-manager"], from: 10, to: 10, in: &story)
        fired("KafkaLag", ["service": "orders"], from: 30, in: &story)
        let first = try #require(story.diagnosis().hypotheses.first)
        #expect(first.cause == .unknown)
        #expect(
            evidence(story.diagnosis()) == [
                "also fired: CertManagerDown on cert-manager since 22:13:30 UTC",
                "also fired: KafkaLag on orders since 22:13:50 UTC",
            ])
    }

    @Test func `the order of the series changes nothing`() {
        var story = preemption
        for name in ["A", "B", "C"] {
            for node in ["aks-spot-3", "n2"] { fired(name, ["node": node], from: 60, in: &story) }
        }
        let expected = story.diagnosis()
        story.metrics.reverse()
        #expect(story.diagnosis() == expected)
    }
}
