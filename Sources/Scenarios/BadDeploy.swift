import Languages
import Telemetry

/// A new version of checkout cannot place some orders, and half of its pods run it; half of storefront's run a new
/// version as well, since about the same time, which is well.
enum BadDeploy: ScenarioGenerator {
    static let name = "bad-deploy"
    static let title = "Some orders cannot be placed"
    /// Wednesday, 16:05:00 in Central Europe.
    static let alertedAt = Timestamp(seconds: 1_795_014_300)

    static func alert(startsAt: Timestamp) -> ScenarioAlert {
        ScenarioAlert(
            labels: [
                "alertname": "HighTraceErrorRate", "namespace": "shop", "service_name": "storefront",
                "severity": "critical",
            ],
            annotations: ["summary": "storefront fails 0.04 requests a second"], startsAt: startsAt,
            endsAt: startsAt + .seconds(960), fingerprint: "b35d07f1e6924ca8",
            groupedBy: ["alertname", "service_name"])
    }

    static func evidence(alertedAt: Timestamp) -> Evidence {
        var random = SplitMix(seed: 733)
        let window = TimeWindow(start: alertedAt - .seconds(900), end: alertedAt + .seconds(300))
        let baseline = TimeWindow(start: window.start - .seconds(3600), end: window.start)
        var traffic = RolloutTraffic(rollout: alertedAt - .seconds(318))
        for index in 0..<24 { traffic.order(at: baseline.start + .seconds(15 + Int64(index) * 146), &random) }
        for index in 0..<64 { traffic.order(at: window.start + .seconds(3 + Int64(index) * 18), &random) }
        return Evidence(
            scope: Scope(services: ["storefront"], namespaces: ["shop"]), window: window, baseline: baseline,
            traces: Trace.grouping(traffic.spans), logs: ShopLog.sorted(traffic.lines),
            events: (ShopCluster.events(alertedAt) + traffic.events).enumerated()
                .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element),
            pods: ShopCluster.pods
                + RolloutTraffic.newPods.map {
                    PodState(
                        name: $0.pod, namespace: "shop", node: $0.node,
                        labels: ["app.kubernetes.io/name": $0.name, "app.kubernetes.io/version": $0.version])
                }, nodes: ShopCluster.nodes(alertedAt),
            gaps: [Gap(.metrics, "not part of the scenario", isTotal: true)])
    }
}
