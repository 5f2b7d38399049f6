import Telemetry

/// A service works and is not seen any more.
enum TelemetryGapFamily: ShopFamily {
    static let cause = "telemetry-gap"
    static let members = [
        "plain", "all-signals", "no-logs", "no-metrics", "no-cluster", "nobody-calls", "scaled-to-none",
        "needed-and-scaled-to-none",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.alertedAt - .seconds(Int64(made.world.random.number(360...420)))
        let service = "shipping"
        made.alert = .silence(of: service)
        switch member {
        case "nobody-calls":
            // Orders are placed with fixed rates for a while: checkout was told so.
            made.variant = .decoy
            Self.switchOff(&made.world, from: onset)
        case "scaled-to-none":
            made.variant = .decoy
            Self.switchOff(&made.world, from: onset)
            made.world.scaleToNone(service, at: onset + .seconds(20))
        case "needed-and-scaled-to-none":
            // It is silent because it is gone, and whoever needs it fails.
            made.variant = .decoy
            made.alert = .errors(of: "checkout")
            made.world.scaleToNone(service, at: onset)
            made.label = .init("dependency-failure", "service", service)
        default:
            made.world.silent[service] = onset
            made.label = .init(cause, "service", service)
            if member == "all-signals" {
                // The machine's collectors, all three of them.
                made.world.mute[service] = onset
                made.world.unscraped[service] = onset
            } else {
                made.world.repeatLine(
                    of: service, every: 30, from: onset, .error,
                    "traces export: context deadline exceeded: rpc error: code = Unavailable desc = connection error: "
                        + "desc = \"transport: Error while dialing: dial tcp 10.0.113.25:4317: connect: connection "
                        + "refused\"")
            }
            switch member {
            case "no-logs": made.missing = [.source(.logs)]
            case "no-metrics": made.missing = [.source(.metrics)]
            case "no-cluster": made.missing = [.cluster, .source(.metrics)]
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    private static func switchOff(_ world: inout ShopWorld, from: Timestamp) {
        world.switchedOff[ShopMap.quote] = from
        for pod in world.pods(of: "checkout") {
            world.lines.append(
                ShopSpeech.line(
                    of: pod, from - .seconds(1), .info, "configuration reloaded: live_rates=false, table rates are used"
                ))
        }
    }
}
