import Telemetry

/// A new version of a service does worse than the one before.
enum BadDeployFamily: ShopFamily {
    static let cause = "bad-deploy"
    static let members = [
        "plain", "slow", "no-cluster", "no-versions", "no-logs", "template-hash-only", "innocent-while-outside-fails",
        "innocent-next-to-a-faulty-pod",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        let service = made.world.random.element(of: ["cart", "checkout", "inventory"])
        let version = made.world.nextVersion(of: service)
        switch member {
        case "slow":
            made.alert = .latency(of: "storefront")
            made.world.deploy("catalog", version: made.world.nextVersion(of: "catalog"), at: onset)
            made.world.faults = [
                ShopFault(
                    place: .version(made.world.nextVersion(of: "catalog"), of: "catalog"), from: onset,
                    effect: .slower(35))
            ]
            made.label = .init(cause, "service", "catalog")
        case "innocent-while-outside-fails":
            // checkout is new since five minutes before, on some minutes of good work; then the acquirer goes.
            made.variant = .decoy
            made.world.deploy("checkout", version: made.world.nextVersion(of: "checkout"), at: onset - .seconds(150))
            made.world.faults = [DependencyFailureFamily.acquirerFails(from: onset, &made.world.random)]
            made.label = .init("dependency-failure", "service", ShopMap.acquirer)
        case "innocent-next-to-a-faulty-pod":
            made.variant = .decoy
            made.world.favour(ShopMap.add, everySeconds: 15, secondsBetweenOthers: 17)
            let faulty = made.world.random.element(of: made.world.pods(of: "inventory"))
            let since = made.world.alertedAt - .seconds(395)
            made.world.deploy(
                "recommendations", version: made.world.nextVersion(of: "recommendations"), at: since - .seconds(20))
            made.world.faults = [FaultyInstanceFamily.staleCache(on: faulty, from: since)]
            made.label = .init("faulty-instance", "pod", faulty.name)
        default:
            made.world.deploy(service, version: version, at: onset)
            made.world.faults = [Self.broken(service, version, from: onset, &made.world.random)]
            made.label = .init(cause, "service", service)
            switch member {
            case "no-cluster": made.missing = [.cluster]
            // The events tell of the rollout.
            case "no-versions": made.missing = [.versions, .source(.metrics)]
            case "no-logs": made.missing = [.source(.logs), .exceptions]
            // New pods with a new hash in their names, and all that fails is theirs.
            case "template-hash-only": made.missing = [.versions, .cluster]
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    static func broken(
        _ service: String, _ version: String, from onset: Timestamp, _ random: inout SplitMix
    ) -> ShopFault {
        let error =
            switch ShopMap.language(of: service) {
            case .java:
                ShopError(
                    type: "java.lang.NullPointerException",
                    message: "Cannot invoke \"shop.stock.Warehouse.zone()\" because \"warehouse\" is null")
            default:
                ShopError(
                    type: "runtime.boundsError",
                    message: "panic recovered: runtime error: index out of range [3] with length 3")
            }
        return ShopFault(
            place: .version(version, of: service), from: onset, percent: random.number(55...90),
            effect: .fails(error, milliseconds: 1...6))
    }
}
