import Telemetry

/// A service takes longer than it did, and fails no more than before.
enum LatencyRegressionFamily: ShopFamily {
    static let cause = "latency-regression"
    static let members = [
        "plain", "behind-two-callers", "no-metrics", "no-baseline", "no-logs-no-cluster", "truncated-traces",
        "saturated", "outside-times-out", "slow-pod",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        made.alert = .latency(of: "storefront")
        switch member {
        case "behind-two-callers":
            // The alert is checkout's; the time goes by in inventory, behind it.
            made.alert = .latency(of: "checkout")
            made.world.faults = [
                ShopFault(
                    place: .service("inventory"), from: onset,
                    effect: .slower(made.world.random.number(180...240)))
            ]
            made.label = .init(cause, "service", "inventory")
        case "saturated":
            // It is slow because it got no processor any more, and neither more requests nor a new version.
            made.variant = .decoy
            made.world.faults = [Self.slowCatalog(from: onset, &made.world.random)]
            made.world.strains = [ShopStrain(place: "catalog", from: onset - .seconds(45), cpu: 0.99)]
            made.label = .init("resource-saturation", "service", "catalog")
        case "outside-times-out":
            // So slow that nearly all calls are given up: what payments needs does not work.
            made.variant = .decoy
            made.alert = .latency(of: "checkout")
            made.world.faults = [
                ShopFault(
                    place: .dependency(ShopMap.acquirer), from: onset, percent: 96, effect: .slower(50))
            ]
            made.label = .init("dependency-failure", "service", ShopMap.acquirer)
        case "slow-pod":
            made.variant = .decoy
            made.alert = .latency(of: "catalog")
            made.world.favour(ShopMap.search, everySeconds: 14, secondsBetweenOthers: 15)
            let pod = made.world.random.element(of: made.world.pods(of: "catalog"))
            made.world.faults = [ShopFault(place: .pod(pod.name), from: onset, effect: .slower(60))]
            made.label = .init("faulty-instance", "pod", pod.name)
        default:
            made.world.favour(ShopMap.search, everySeconds: 25, secondsBetweenOthers: 13)
            made.world.faults = [Self.slowCatalog(from: onset, &made.world.random)]
            made.label = .init(cause, "service", "catalog")
            switch member {
            case "no-metrics": made.missing = [.source(.metrics)]
            // The first ten minutes of the window are as it was before.
            case "no-baseline": made.missing = [.baseline]
            case "no-logs-no-cluster": made.missing = [.source(.logs), .cluster]
            // Its callers' spans say how long it takes.
            case "truncated-traces": made.missing = [.spans(of: "catalog")]
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    /// Its own work, not that of its database.
    private static func slowCatalog(from onset: Timestamp, _ random: inout SplitMix) -> ShopFault {
        ShopFault(place: .service("catalog"), from: onset, effect: .slower(random.number(50...60)))
    }
}
