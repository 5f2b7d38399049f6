import Telemetry

/// One pod of several fails while the others do the same work well.
enum FaultyInstanceFamily: ShopFamily {
    static let cause = "faulty-instance"
    static let members = [
        "plain", "slow", "no-cluster", "no-logs", "places-only-in-logs", "sampled-traces", "node-gone", "canary",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.alertedAt - .seconds(Int64(made.world.random.number(380...410)))
        let pod = made.world.random.element(of: made.world.pods(of: "inventory"))
        made.label = .init(cause, "pod", pod.name)
        made.world.favour(ShopMap.add, everySeconds: 15, secondsBetweenOthers: 17)
        switch member {
        case "slow":
            made.alert = .latency(of: "inventory")
            made.world.faults = [
                ShopFault(
                    place: .pod(pod.name), from: onset, effect: .slower(made.world.random.number(250...400)))
            ]
        case "node-gone":
            // All pods of the machine are out of reach, of whichever service.
            made.variant = .decoy
            let node = pod.node
            made.world.loseNode(node, at: made.world.onset)
            made.label = .init("node-lost", "node", node)
        case "canary":
            // One pod fails, and it is the only one of the new version.
            made.variant = .decoy
            made.alert = .errors(of: "inventory")
            let version = made.world.nextVersion(of: "inventory")
            made.world.deploy("inventory", version: version, at: onset, count: 1)
            made.world.faults = [
                ShopFault(
                    place: .version(version, of: "inventory"), from: onset, percent: 90,
                    effect: .fails(
                        ShopError(
                            type: "java.lang.NoSuchMethodError",
                            message: "'long shop.stock.StockLevel.available()'"), milliseconds: 1...4))
            ]
            made.label = .init("bad-deploy", "service", "inventory")
        default:
            made.world.faults = [Self.staleCache(on: pod, from: onset)]
            switch member {
            case "no-cluster": made.missing = [.cluster]
            case "no-logs": made.missing = [.source(.logs), .source(.metrics)]
            // The failing pod's lines are all from one.
            case "places-only-in-logs": made.missing = [.places]
            case "sampled-traces":
                made.alert = .errors(of: "inventory")
                made.missing = [.sampledTraces(oneOf: 2), .source(.metrics)]
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    /// Its local copy of the stock is broken; it still answers its probes.
    static func staleCache(on pod: ShopPod, from onset: Timestamp) -> ShopFault {
        ShopFault(
            place: .pod(pod.name), from: onset, percent: 94,
            effect: .fails(
                ShopError(
                    type: "java.io.StreamCorruptedException", message: "stock snapshot: invalid stream header: 00000000"
                ),
                milliseconds: 1...5))
    }
}
