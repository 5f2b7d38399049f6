import Telemetry

/// A host's certificate is no longer valid.
enum CertificateFamily: ShopFamily {
    static let cause = "certificate-expired"
    static let members = [
        "plain", "database", "no-logs", "no-traces", "words-only-in-logs", "no-words", "expires-in-20-days",
        "expired-elsewhere",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        let host = made.world.random.element(of: [ShopMap.acquirer, ShopMap.carrier])
        made.alert = .errors(of: "checkout")
        switch member {
        case "database":
            let store = ShopMap.Store.ordersDB.rawValue
            made.world.faults = [
                ShopFault(
                    place: .dependency(store), from: onset,
                    effect: .fails(
                        ShopError(
                            type: "*pgconn.ConnectError",
                            message:
                                "failed to connect to `user=checkout database=orders`: 10.0.87.14:5432 (\(store)): "
                                + "tls error: tls: failed to verify certificate: x509: certificate has expired or is not "
                                + "yet valid: current time {now} is after \(Timestamp(seconds: onset.seconds))"),
                        milliseconds: 3...12))
            ]
            made.label = .init(cause, "host", store)
        case "expires-in-20-days":
            // True, and of no consequence yet; the same host answers 503.
            made.variant = .decoy
            made.world.repeatLine(
                of: "payments", every: 300, from: made.world.baseline.start, .warn,
                "certificate of \(ShopMap.acquirer) expires in 20 days")
            made.world.faults = [
                ShopFault(
                    place: .dependency(ShopMap.acquirer), from: onset, percent: 90,
                    effect: .fails(.answered(503, by: ShopMap.acquirer, in: .java), milliseconds: 30...80))
            ]
            made.label = .init("dependency-failure", "service", ShopMap.acquirer)
        case "expired-elsewhere":
            // A statistics host that nobody has looked after for months; what is new is a version of cart.
            made.variant = .decoy
            made.world.repeatLine(
                of: "recommendations", every: 120, from: made.world.baseline.start, .error, onAllPods: false,
                "statistics not sent to stats.tracker.example.org: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify "
                    + "failed: certificate has expired (_ssl.c:1006)")
            let version = made.world.nextVersion(of: "cart")
            made.world.deploy("cart", version: version, at: onset)
            made.world.faults = [BadDeployFamily.broken("cart", version, from: onset, &made.world.random)]
            made.alert = .errors(of: "storefront")
            made.label = .init("bad-deploy", "service", "cart")
        default:
            made.world.faults = [Self.expired(host, from: onset)]
            made.label = .init(cause, "host", host)
            switch member {
            case "no-logs": made.missing = [.source(.logs), .source(.metrics)]
            case "no-traces": made.missing = [.source(.traces)]
            case "words-only-in-logs": made.missing = [.exceptions, .cluster]
            case "no-words":
                made.missing = [.exceptions, .failureTypes, .source(.logs)]
                made.label = .init("dependency-failure", "service", host)
            default: break
            }
            if !made.missing.isEmpty { made.variant = .evidenceMissing }
        }
        return made
    }

    static func expired(_ host: String, from onset: Timestamp, percent: Int = 100) -> ShopFault {
        let caller = host == ShopMap.acquirer ? "payments" : "shipping"
        return ShopFault(
            place: .dependency(host), from: onset, percent: percent,
            effect: .fails(
                .expired(host, since: onset, in: ShopMap.language(of: caller)), milliseconds: 18...60))
    }
}
