import Telemetry

/// A service runs out of processor, memory or connections without being asked more than before.
enum ResourceSaturationFamily: ShopFamily {
    static let cause = "resource-saturation"
    static let members = [
        "plain", "memory", "connections", "memory-no-metrics", "processor-no-logs", "processor-no-metrics",
        "connections-no-metrics-no-cluster", "busy-job", "always-busy",
    ]

    static func prepare(_ member: String, seed: UInt64) -> ShopCase {
        var made = ShopCase(cause, member, seed: seed)
        let onset = made.world.onset
        switch member {
        case "memory", "memory-no-metrics":
            Self.runOutOfMemory(&made.world, from: onset)
            made.label = .init(cause, "service", "recommendations")
            made.alert = .errors(of: "recommendations")
            if member == "memory-no-metrics" {
                // The pods' last ends say it.
                made.missing = [.source(.metrics)]
            }
        case "connections", "connections-no-metrics-no-cluster":
            Self.runOutOfConnections(&made.world, from: onset)
            made.label = .init(cause, "service", "inventory")
            if member != "connections" { made.missing = [.source(.metrics), .cluster] }
        case "busy-job":
            // An hourly job that always takes all it gets, while one pod of inventory fails.
            made.variant = .decoy
            made.world.favour(ShopMap.add, everySeconds: 15, secondsBetweenOthers: 17)
            Self.runJob(&made.world)
            let pod = made.world.random.element(of: made.world.pods(of: "inventory"))
            made.world.faults = [FaultyInstanceFamily.staleCache(on: pod, from: made.world.alertedAt - .seconds(400))]
            made.label = .init("faulty-instance", "pod", pod.name)
        case "always-busy":
            // recommendations uses its processor to the full on every day; orders-db is away.
            made.variant = .decoy
            made.world.strains = [
                ShopStrain(place: "recommendations", from: made.world.baseline.start - .seconds(600), cpu: 0.96)
            ]
            made.world.faults = [ShopFault.refusal(by: .ordersDB, seenBy: "checkout", from: onset)]
            made.label = .init("dependency-failure", "service", ShopMap.Store.ordersDB.rawValue)
        default:
            made.alert = .latency(of: "storefront")
            made.world.favour(ShopMap.search, everySeconds: 25, secondsBetweenOthers: 13)
            made.world.strains = [ShopStrain(place: "catalog", from: onset - .seconds(40), cpu: 0.99)]
            made.world.faults = [
                ShopFault(place: .service("catalog"), from: onset, effect: .slower(made.world.random.number(50...60)))
            ]
            made.label = .init(cause, "service", "catalog")
            if member == "processor-no-logs" { made.missing = [.source(.logs), .cluster] }
            if member == "processor-no-metrics" {
                // Nothing that is left speaks of the processor: it is slower than before, and that is all.
                made.missing = [.source(.metrics)]
                made.label = .init("latency-regression", "service", "catalog")
            }
        }
        if !made.missing.isEmpty { made.variant = .evidenceMissing }
        return made
    }

    /// Its pods are killed in turn, every four minutes.
    private static func runOutOfMemory(_ world: inout ShopWorld, from onset: Timestamp) {
        world.strains = [ShopStrain(place: "recommendations", from: onset - .seconds(200), memory: 0.99)]
        for (index, pod) in world.pods(of: "recommendations").enumerated() {
            let first = onset + .seconds(Int64(index) * 11)
            world.killForMemory(
                pod,
                at: stride(from: Int64(0), to: (world.window.end - first).inWholeSeconds, by: 130).map {
                    first + .seconds($0)
                })
        }
        // Between two ends it has little left to work with.
        world.faults = [
            ShopFault(
                place: .service("recommendations"), from: onset - .seconds(30), percent: 60,
                effect: .fails(
                    ShopError(type: "MemoryError", message: "Unable to allocate {number}.0 MiB for an array"),
                    milliseconds: 200...900))
        ]
        world.repeatLine(
            of: "recommendations", every: 60, from: onset - .seconds(60), .warn,
            "resident memory above soft limit, batch size reduced to {number}")
    }

    /// Its own pool is empty: the database answers whoever has a connection as quickly as ever.
    private static func runOutOfConnections(_ world: inout ShopWorld, from onset: Timestamp) {
        world.faults = [
            ShopFault(
                place: .service("inventory"), from: onset, percent: 80,
                effect: .fails(
                    ShopError(
                        type: "java.sql.SQLTransientConnectionException",
                        message: "HikariPool-1 - Connection is not available, request timed out after 3000ms "
                            + "(total=10, active=10, idle=0, waiting={number})"), milliseconds: 3000...3008))
        ]
        world.repeatLine(
            of: "inventory", every: 45, from: onset - .seconds(20), .warn,
            "HikariPool-1 - Pool stats (total=10, active=10, idle=0, waiting={number})")
    }

    private static func runJob(_ world: inout ShopWorld) {
        let name = "price-index-\(world.random.suffix(5))"
        let node = world.random.element(of: world.nodes)
        let samples = stride(from: Int64(0), to: 4800, by: 60).map { second in
            MetricSeries.Sample(
                at: world.baseline.start + .seconds(second),
                value: Double(world.random.number(9700...9990)) / 10_000)
        }
        let labels = ["namespace": ShopWorld.namespace, "pod": name]
        world.otherSeries.append(MetricSeries(name: "pod_cpu_share_of_limit", labels: labels, samples: samples))
        world.otherSeries.append(
            MetricSeries(
                name: "pod_cpu_throttled_share", labels: labels,
                samples: samples.map { .init(at: $0.at, value: $0.value - 0.4) }))
        world.otherPods.append(
            PodState(name: name, namespace: ShopWorld.namespace, node: node, labels: ["job-name": "price-index"]))
    }
}

extension Duration {
    var inWholeSeconds: Int64 { nanoseconds / 1_000_000_000 }
}
