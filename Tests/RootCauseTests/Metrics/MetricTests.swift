import Languages
import Telemetry
import Testing

@testable import RootCause

struct MetricTests {
    /// A shop whose cart takes 50 ms, or more in the window.
    private func shop(slowBy extra: Double = 0) -> Story {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 1)
            story.call(
                "shop", "cart", "GET /cart", under: root, at: at + 0.01,
                takes: 0.05 + Double(number * 7 % 10) * 0.001 + (at >= 0 ? extra : 0))
            story.call("shop", "stock", "GET /stock", under: root, at: at + 0.6, takes: 0.03)
        }
        return story
    }

    private static let quiet = [0.20, 0.22, 0.19, 0.21, 0.2, 0.23, 0.18, 0.2, 0.21, 0.2]

    @Test(arguments: [
        ("container_cpu_cfs_throttled_periods_total", MetricMeaning.throttling),
        ("kube_pod_container_status_restarts_total", .restarts), ("default_jenkins_builds_queue_size_value", .queue),
        ("http_server_request_duration_seconds_sum", .latency), ("pod_success_rate", .success),
        ("nginx_http_5xx_errors_total", .errors), ("container_cpu_usage_seconds_total", .cpu),
        ("jvm_memory_used_bytes", .memory), ("container_network_receive_bytes_total", .traffic),
    ])
    func `a metric is understood by its name`(name: String, meaning: MetricMeaning) {
        #expect(MetricVocabulary.meaning(of: name) == meaning)
    }

    @Test(arguments: [
        "kube_pod_info", "kube_pod_container_resource_limits", "kube_pod_container_resource_requests",
        "node_memory_available_bytes", "go_goroutines", "http_request_duration_seconds_bucket",
    ])
    func `a name that says nothing of use is no use`(name: String) {
        #expect(MetricVocabulary.meaning(of: name) == nil)
    }

    @Test func `processor time that is used up is the cause of slow answers`() {
        var story = shop(slowBy: 0.2)
        for service in ["shop", "cart", "stock"] {
            story.metric(
                "pod_cpu_usage_rate", ["service": service, "pod": "\(service)-1"], before: Self.quiet,
                after: service == "cart" ? [0.97, 0.99] : [0.2, 0.21])
        }
        let hypothesis = story.diagnosis().hypotheses[0]
        #expect(hypothesis.cause == .resourceSaturation && hypothesis.subject.name == "cart")
        #expect(hypothesis.statement.english.contains("99 %, before 20 %"))
        #expect(hypothesis.statement.english.contains("runs of `GET /cart` take up to 258 ms, before 58 ms (30 runs)"))
    }

    @Test(arguments: [1.0, 100.0])
    func `shares count to one or to a hundred`(scale: Double) {
        var story = shop()
        story.metric(
            "cpu_usage_percent", ["service": "cart"], before: Self.quiet.map { $0 * scale },
            after: [0.98 * scale, 0.99 * scale])
        #expect(Scene(story.evidence, alert: nil).blame.first?.service == "cart")
    }

    @Test func `a resource that was always used up is no news`() {
        var story = shop()
        story.metric("cpu_usage_ratio", ["service": "cart"], before: Self.quiet.map { _ in 0.98 }, after: [0.99, 0.98])
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `a metric that merely jumps blames nobody`() {
        var story = shop()
        for (number, service) in ["shop", "cart", "stock", "a", "b", "c"].enumerated() {
            story.metric(
                "network_receive_bytes", ["service": service], before: Self.quiet.map { $0 * 1000 },
                after: number == 1 ? [90_000, 80_000] : [210, 200])
        }
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `a restart is worth a look and no cause by itself`() {
        var story = shop()
        story.metric(
            "kube_pod_container_status_restarts_total", ["pod": "cart-1", "service": "cart"],
            before: Self.quiet.map { _ in 4 }, after: [5, 5])
        story.metric(
            "kube_pod_container_status_restarts_total", ["pod": "stock-1", "service": "stock"],
            before: Self.quiet.map { _ in 9 }, after: [9, 9])
        #expect(Scene(story.evidence, alert: nil).blame.map(\.service) == ["cart"])
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `of several pods the one at its limit is named`() {
        var story = shop(slowBy: 0.2)
        for pod in 1...3 {
            story.metric(
                "cpu_usage_ratio", ["service": "cart", "pod": "cart-\(pod)", "node": "node-\(pod)"], before: Self.quiet,
                after: pod == 2 ? [0.97, 0.99] : [0.2, 0.21])
        }
        let diagnosis = story.diagnosis()
        #expect(diagnosis.hypotheses[0].statement.english.hasPrefix("Pod `cart-2` of `cart` has used up"))
        let pod = diagnosis.suspects.first { $0.kind == .pod }
        #expect(pod.map { [$0.name, $0.service ?? "", $0.node ?? ""] } == ["cart-2", "cart", "node-2"])
    }

    @Test func `a rate with a unit is no share`() {
        var story = shop()
        story.metric(
            "container_cpu_usage_seconds:sum_rate", ["service": "cart"], before: Self.quiet, after: [1.0, 1.0])
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `a queue that is a thousand times longer needs no siblings to be noticed`() {
        var story = shop()
        story.metric("queue_length", ["service": "cart"], before: Self.quiet.map { _ in 5 }, after: [4000, 5000])
        #expect(Scene(story.evidence, alert: nil).blame.first?.service == "cart")
    }

    @Test func `a node's metric does not count against the services on it`() {
        var story = shop()
        story.metric(
            "node_cpu_usage_rate", ["pod": "cart-1", "service": "cart"], before: Self.quiet, after: [0.99, 0.99])
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "unknown" && !diagnosis.suspects.contains { $0.kind == .service })
    }

    @Test func `a node that is used up is a suspect itself`() {
        var story = shop()
        story.metric("node_cpu_usage_ratio", ["node": "node-7"], before: Self.quiet, after: [0.99, 0.99])
        #expect(story.diagnosis().suspects.map(\.name) == ["node-7"])
    }

    @Test func `what the configuration says of a metric counts more than its name`() {
        var story = shop()
        story.metric("acme_alpha", ["service": "cart"], before: Self.quiet, after: [0.99, 0.99])
        #expect(story.diagnosis().verdict == "unknown")
        let analyzer = RootCauseAnalyzer(options: .init(metricMeanings: ["acme_alpha": .memory]))
        #expect(analyzer.diagnose(story.evidence, alert: nil).verdict == "resource-saturation cart")
    }

    @Test func `values that are no numbers are left out`() {
        var story = shop()
        story.metric(
            "cpu_usage_ratio", ["service": "cart"], before: Self.quiet, after: [.nan, .infinity, -.infinity])
        #expect(story.diagnosis().verdict == "unknown")
    }
}
