import Telemetry

/// A host or service that others need does not do its work any more.
enum DependencyFailureFamily: ShopFamily {
    static let cause = "dependency-failure"
    static let members = [
        "plain", "database-refuses", "service-behind", "no-logs", "no-metrics-no-cluster", "truncated-traces",
        "no-baseline", "one-pod-only", "impatient-caller",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        switch member {
        case "database-refuses":
            made.world.faults = [ShopFault.refusal(by: .ordersDB, seenBy: "checkout", from: onset)]
            made.alert = .errors(of: "checkout")
            made.label = .init(cause, "service", ShopMap.Store.ordersDB.rawValue)
        case "service-behind", "truncated-traces":
            // Its own data is at fault, on all of its pods, and nothing was changed.
            made.world.faults = [Self.noCalendar(of: "inventory", from: onset)]
            made.label = .init(cause, "service", "inventory")
            if member == "truncated-traces" {
                // Its callers' spans name it.
                made.variant = .evidenceMissing
                made.missing = [.spans(of: "inventory"), .source(.logs)]
            }
        case "one-pod-only":
            // The acquirer is well: one pod has a broken way to it.
            made.variant = .decoy
            made.world.favour(ShopMap.order, everySeconds: 24, secondsBetweenOthers: 26)
            let pod = made.world.random.element(of: made.world.pods(of: "payments"))
            made.world.faults = [
                ShopFault(
                    place: .dependencySeenBy(pod: pod.name, ShopMap.acquirer), from: onset,
                    effect: .fails(
                        .timeout(of: ShopMap.acquirer, 443, in: .java, isConnecting: true), milliseconds: 2000...2010))
            ]
            made.label = .init("faulty-instance", "pod", pod.name)
        case "impatient-caller":
            // The new version of checkout waits 120 ms for a payment that always took 150.
            made.variant = .decoy
            let version = made.world.nextVersion(of: "checkout")
            made.world.deploy("checkout", version: version, at: onset)
            made.world.faults = [
                ShopFault(
                    place: .impatience(of: "checkout", version: version, towards: "payments"), from: onset,
                    effect: .deadline(milliseconds: 120))
            ]
            made.label = .init("bad-deploy", "service", "checkout")
        default:
            made.world.faults = [Self.acquirerFails(from: onset, &made.world.random)]
            made.label = .init(cause, "service", ShopMap.acquirer)
            switch member {
            case "no-logs": made.missing = [.source(.logs)]
            case "no-metrics-no-cluster": made.missing = [.source(.metrics), .cluster]
            case "no-baseline": made.missing = [.baseline]
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    /// Overloaded or away, whichever.
    static func acquirerFails(from onset: Timestamp, _ random: inout SplitMix) -> ShopFault {
        let isSilent = random.number(0...1) == 0
        return ShopFault(
            place: .dependency(ShopMap.acquirer), from: onset, percent: random.number(70...95),
            effect: isSilent
                ? .fails(
                    .timeout(of: ShopMap.acquirer, 443, in: .java, isConnecting: true), milliseconds: 2000...2010)
                : .fails(.answered(503, by: ShopMap.acquirer, in: .java), milliseconds: 40...90))
    }

    private static func noCalendar(of service: String, from onset: Timestamp) -> ShopFault {
        ShopFault(
            place: .service(service), from: onset, percent: 85,
            effect: .fails(
                ShopError(
                    type: "java.lang.IllegalStateException",
                    message: "no warehouse calendar for the current week, item {number}"), milliseconds: 2...6))
    }
}

extension ShopFault {
    static func refusal(by store: ShopMap.Store, seenBy service: String, from: Timestamp) -> ShopFault {
        ShopFault(
            place: .dependency(store.rawValue), from: from, percent: 92,
            effect: .fails(
                .refused(by: store.rawValue, store.port, in: ShopMap.language(of: service)), milliseconds: 1...4))
    }
}
