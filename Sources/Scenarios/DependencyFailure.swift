import Languages
import Telemetry

/// Requests to checkout fail where they need payments-gateway; next door, the search of the catalogue is slow and has
/// nothing to do with it.
enum DependencyFailure: ScenarioGenerator {
    static let name = "dependency-failure"
    static let title = "A part of the requests to checkout fails"
    /// Thursday, 10:45:00 in Central Europe.
    static let alertedAt = Timestamp(seconds: 1_795_081_500)

    /// The first failure, counted from the alert.
    private static func onset(_ alertedAt: Timestamp) -> Timestamp { alertedAt - .seconds(170) }

    static func alert(startsAt: Timestamp) -> ScenarioAlert {
        ScenarioAlert(
            labels: [
                "alertname": "HighTraceErrorRate", "namespace": "shop", "service_name": "checkout",
                "severity": "warning",
            ],
            annotations: ["summary": "checkout fails 0.12 requests a second"], startsAt: startsAt,
            endsAt: startsAt + .seconds(1260), fingerprint: "0f4be2a9c8d35716",
            groupedBy: ["alertname", "service_name"])
    }

    static func evidence(alertedAt: Timestamp) -> Evidence {
        var random = SplitMix(seed: 502)
        let window = TimeWindow(start: alertedAt - .seconds(900), end: alertedAt + .seconds(300))
        let baseline = TimeWindow(start: window.start - .seconds(3600), end: window.start)
        var shop = ShopTraffic(onset: onset(alertedAt), slowFrom: window.start - .seconds(1100))
        for index in 0..<24 { shop.checkout(at: baseline.start + .seconds(Int64(index) * 148), &random) }
        // One of them falls on the onset.
        for index in 0..<45 { shop.checkout(at: window.start + .seconds(2 + Int64(index) * 26), &random) }
        for index in 0..<14 { shop.search(at: baseline.start + .seconds(60 + Int64(index) * 330), &random) }
        shop.describePool(window, &random)
        return Evidence(
            scope: Scope(services: ["checkout"], namespaces: ["shop"]), window: window, baseline: baseline,
            traces: Trace.grouping(shop.spans),
            logs: ShopLog.sorted(shop.lines),
            events: ShopCluster.events(alertedAt), pods: ShopCluster.pods, nodes: ShopCluster.nodes(alertedAt),
            gaps: [Gap(.metrics, "not part of the scenario", isTotal: true)])
    }
}
