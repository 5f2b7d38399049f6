import Telemetry

/// More is asked than the shop can answer.
enum TrafficSurgeFamily: ShopFamily {
    static let cause = "traffic-surge"
    static let members = [
        "plain", "one-route", "no-metrics", "no-logs-no-cluster", "no-traces", "retries", "harmless-rise",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        // Room for the rest below the limits of a scenario.
        made.world.secondsBetween = 20
        made.label = .init(cause, "service", "storefront")
        switch member {
        case "one-route":
            // A partner reads catalog's products, past the front.
            made.alert = .errors(of: "catalog")
            made.world.rushes = [ShopRush(operation: ShopMap.readProduct, from: onset, millisecondsBetween: 900)]
            Self.overload(&made.world, "catalog", from: onset + .seconds(20))
            made.label = .init(cause, "service", "catalog")
        case "retries":
            // Each failed payment is tried four times: payments is asked more, the shop is not.
            made.variant = .decoy
            made.world.secondsBetween = 10
            made.alert = .errors(of: "checkout")
            made.world.faults = [
                ShopFault(
                    place: .dependency(ShopMap.acquirer), from: onset, percent: 93,
                    effect: .fails(.answered(503, by: ShopMap.acquirer, in: .java), milliseconds: 40...90))
            ]
            made.world.insistence = (service: "payments", attempts: 4)
            made.label = .init("dependency-failure", "service", ShopMap.acquirer)
        case "harmless-rise":
            // A campaign brings more visitors, whom everything serves well but one pod of inventory.
            made.variant = .decoy
            made.world.favour(ShopMap.add, everySeconds: 20, secondsBetweenOthers: 18)
            made.world.rushes.append(
                ShopRush(operation: ShopMap.product, from: onset - .seconds(260), millisecondsBetween: 9000))
            let pod = made.world.random.element(of: made.world.pods(of: "inventory"))
            made.world.faults = [FaultyInstanceFamily.staleCache(on: pod, from: made.world.alertedAt - .seconds(400))]
            made.label = .init("faulty-instance", "pod", pod.name)
        default:
            made.world.rushes = [ShopRush(from: onset, millisecondsBetween: 3300)]
            Self.overload(&made.world, "storefront", from: onset + .seconds(20))
            switch member {
            // The traces and the front's access log are counted.
            case "no-metrics": made.missing = [.source(.metrics)]
            case "no-logs-no-cluster": made.missing = [.source(.logs), .cluster]
            case "no-traces": made.missing = [.source(.traces)]
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    private static func overload(_ world: inout ShopWorld, _ service: String, from: Timestamp) {
        world.strains = [ShopStrain(place: service, from: from, cpu: 0.97)]
        world.faults = [
            ShopFault(place: .service(service), from: from, effect: .slower(14)),
            ShopFault(
                place: .service(service), from: from, percent: 30,
                effect: .fails(
                    ShopError(
                        type: "OverloadedError", message: "too many requests in progress ({number} waiting), rejected",
                        status: 503), milliseconds: 1...3)),
        ]
        world.record(
            from + .seconds(75), "HorizontalPodAutoscaler", service, "SuccessfulRescale",
            "New size: \(world.pods(of: service).count + 2); reason: cpu resource utilization (percentage of request) "
                + "above target", by: "horizontal-pod-autoscaler")
    }
}
