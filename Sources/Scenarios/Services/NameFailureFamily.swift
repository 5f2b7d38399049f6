import Telemetry

/// A host's name cannot be looked up.
enum NameFailureFamily: ShopFamily {
    static let cause = "dns-failure"
    static let members = [
        "plain", "inside", "no-logs", "no-traces", "words-only-in-logs", "no-words", "warning-always-there",
        "healed-before",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        let host = made.world.random.element(of: [ShopMap.acquirer, ShopMap.carrier])
        made.alert = .errors(of: "checkout")
        switch member {
        case "inside":
            made.world.faults = [
                Self.unknown(
                    ShopMap.Store.ordersDB.rawValue, in: .go, isTemporary: made.world.random.number(0...1) == 0,
                    from: onset)
            ]
            made.label = .init(cause, "host", ShopMap.Store.ordersDB.rawValue)
        case "warning-always-there":
            // The front never finds its statistics; that is no news. The acquirer answers 503.
            made.variant = .decoy
            made.world.repeatLine(
                of: "storefront", every: 70, from: made.world.baseline.start, .warn, onAllPods: false,
                "statistics not sent: getaddrinfo ENOTFOUND stats.tracker.example.org")
            made.world.faults = [
                ShopFault(
                    place: .dependency(ShopMap.acquirer), from: onset, percent: 88,
                    effect: .fails(.answered(503, by: ShopMap.acquirer, in: .java), milliseconds: 30...80))
            ]
            made.label = .init("dependency-failure", "service", ShopMap.acquirer)
        case "healed-before":
            // Twenty seconds without names, minutes before; what fails since the rollout is something else.
            made.variant = .decoy
            let blip = made.world.window.start + .seconds(Int64(made.world.random.number(100...160)))
            made.world.faults = [
                Self.unknown(host, in: Self.language(host), isTemporary: true, from: blip, until: blip + .seconds(20))
            ]
            let version = made.world.nextVersion(of: "cart")
            made.world.deploy("cart", version: version, at: onset)
            made.world.faults.append(
                BadDeployFamily.broken("cart", version, from: onset, &made.world.random))
            made.alert = .errors(of: "storefront")
            made.label = .init("bad-deploy", "service", "cart")
        default:
            made.world.faults = [
                Self.unknown(
                    host, in: Self.language(host), isTemporary: made.world.random.number(0...1) == 0, from: onset)
            ]
            made.label = .init(cause, "host", host)
            switch member {
            case "no-logs": made.missing = [.source(.logs), .source(.metrics)]
            case "no-traces": made.missing = [.source(.traces)]
            case "words-only-in-logs": made.missing = [.exceptions, .cluster]
            case "no-words":
                // That the calls of the host fail is all that is left.
                made.missing = [.exceptions, .failureTypes, .source(.logs)]
                made.label = .init("dependency-failure", "service", host)
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    private static func language(_ host: String) -> ShopMap.Language {
        ShopMap.language(of: host == ShopMap.acquirer ? "payments" : "shipping")
    }

    /// - Parameter isTemporary: the name servers do not answer; otherwise they say that there is no such name.
    private static func unknown(
        _ host: String, in language: ShopMap.Language, isTemporary: Bool, from: Timestamp, until: Timestamp? = nil
    ) -> ShopFault {
        ShopFault(
            place: .dependency(host), from: from, until: until, percent: 93,
            effect: .fails(
                .lookup(of: host, in: language, isTemporary: isTemporary),
                milliseconds: isTemporary ? 900...2400 : 2...14))
    }
}
