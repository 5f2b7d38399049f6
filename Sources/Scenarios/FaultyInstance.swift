import Languages
import Telemetry

/// Nothing can be put into the cart where one of its three pods answers; that pod still reads, and shares its node with a
/// sibling that is well. Once, another pod fails as well, for a reason of its own.
enum FaultyInstance: ScenarioGenerator {
    static let name = "faulty-instance"
    static let title = "Some customers cannot put anything into their cart"
    /// Friday, 14:20:00 in Central Europe.
    static let alertedAt = Timestamp(seconds: 1_795_180_800)

    static func alert(startsAt: Timestamp) -> ScenarioAlert {
        ScenarioAlert(
            labels: [
                "alertname": "HighTraceErrorRate", "namespace": "shop", "service_name": "storefront",
                "severity": "warning",
            ],
            annotations: ["summary": "storefront fails 0.05 requests a second"], startsAt: startsAt,
            endsAt: startsAt + .seconds(1140), fingerprint: "7be2109c4d5a8f36",
            groupedBy: ["alertname", "service_name"])
    }

    static func evidence(alertedAt: Timestamp) -> Evidence {
        var random = SplitMix(seed: 611)
        let window = TimeWindow(start: alertedAt - .seconds(900), end: alertedAt + .seconds(300))
        let baseline = TimeWindow(start: window.start - .seconds(3600), end: window.start)
        var traffic = CartTraffic(failover: alertedAt - .seconds(262))
        for index in 0..<40 { traffic.add(at: baseline.start + .seconds(20 + Int64(index) * 88), &random) }
        for index in 0..<16 { traffic.show(at: baseline.start + .seconds(41 + Int64(index) * 220), &random) }
        for index in 0..<74 { traffic.add(at: window.start + .seconds(5 + Int64(index) * 16), &random) }
        for index in 0..<30 { traffic.show(at: window.start + .seconds(11 + Int64(index) * 39), &random) }
        traffic.tellOfFailover(&random)
        let others = ShopCluster.pods.filter { !$0.name.hasPrefix("cart-") }
        return Evidence(
            scope: Scope(services: ["storefront"], namespaces: ["shop"]), window: window, baseline: baseline,
            traces: Trace.grouping(traffic.spans), logs: ShopLog.sorted(traffic.lines),
            events: ShopCluster.events(alertedAt),
            pods: others
                + CartTraffic.pods.map {
                    PodState(
                        name: $0.pod, namespace: "shop", node: $0.node, labels: ["app.kubernetes.io/name": $0.name])
                }, nodes: ShopCluster.nodes(alertedAt),
            gaps: [Gap(.metrics, "not part of the scenario", isTotal: true)])
    }
}
