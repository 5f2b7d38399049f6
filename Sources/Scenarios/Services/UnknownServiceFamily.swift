import Telemetry

/// An alert for which the evidence has no cause.
enum UnknownServiceFamily: ShopFamily {
    static let cause = "unknown"
    static let members = [
        "nothing-differs", "slow-clients", "noisy-as-always", "stopped-on-purpose", "nothing-differs-no-metrics",
        "alert-only", "deploy-without-harm", "few-but-plain-words",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        switch member {
        case "slow-clients":
            // The shop answers as quickly as ever; the way to the browsers is long.
            made.alert = .latency(of: "shop-web")
            made.world.slowBrowsersFrom = onset
        case "noisy-as-always":
            Self.makeNoise(&made.world)
        case "stopped-on-purpose":
            Self.stopImport(&made.world, at: onset)
            made.alert = .errors(of: "catalog")
        case "nothing-differs-no-metrics":
            made.variant = .evidenceMissing
            made.missing = [.source(.metrics), .cluster]
        case "alert-only":
            // Something was wrong; nobody can say what.
            made.variant = .evidenceMissing
            made.world.faults = [FaultyInstanceFamily.staleCache(on: made.world.pods(of: "inventory")[0], from: onset)]
            made.missing = [.source(.traces), .source(.logs), .source(.metrics), .source(.events)]
        case "deploy-without-harm":
            made.variant = .decoy
            made.world.deploy("cart", version: made.world.nextVersion(of: "cart"), at: onset)
            Self.makeNoise(&made.world)
        case "few-but-plain-words":
            // One of the carrier's servers has the old certificate; most requests do not notice.
            made.variant = .decoy
            made.alert = .errors(of: "shipping")
            made.world.faults = [CertificateFamily.expired(ShopMap.carrier, from: onset, percent: 30)]
            made.label = .init("certificate-expired", "host", ShopMap.carrier)
        default: break
        }
        return made
    }

    /// Errors that somebody means to look at one day.
    private static func makeNoise(_ world: inout ShopWorld) {
        world.repeatLine(
            of: "checkout", every: 45, from: world.baseline.start, .error, onAllPods: false,
            "newsletter webhook refused: 410 Gone, {number} messages dropped")
        world.repeatLine(
            of: "catalog", every: 90, from: world.baseline.start, .error, onAllPods: false,
            "image index: connection to legacy-images.example.com timed out, old thumbnails kept")
    }

    /// An import that reads all products is ended by whoever began it.
    private static func stopImport(_ world: inout ShopWorld, at stop: Timestamp) {
        world.rushes = [
            ShopRush(
                operation: ShopMap.readProduct, from: world.window.start - .seconds(1200), until: stop,
                millisecondsBetween: 9000)
        ]
        world.faults = [
            ShopFault(
                place: .service("catalog"), from: stop - .seconds(20), until: stop, percent: 80,
                operation: ShopMap.readProduct.name,
                effect: .fails(
                    ShopError(type: "ClientAbortException", message: "client closed request", status: 499),
                    milliseconds: 2...40))
        ]
        let name = "product-import-\(world.random.suffix(5))"
        world.record(stop - .seconds(1), "Pod", name, "Killing", "Stopping container import", by: "kubelet")
        world.record(
            stop - .seconds(1), "Job", "product-import", "SuccessfulDelete", "Deleted pod: \(name)",
            by: "job-controller")
    }
}
