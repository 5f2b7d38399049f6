/// A node runs low on memory or disk and throws agents out.
package enum NodePressureFamily: WorldFamily {
    package static let cause = "node-pressure-eviction"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.evictUnderPressure(.memory, builds: 2) },
            .plain("ephemeral-storage") { $0.evictUnderPressure(.ephemeralStorage, builds: 2) },
            .plain("eks", cloud: .eks) { $0.evictUnderPressure(.memory, builds: 3, pool: .build) },
            .plain("pods-removed") { $0.evictUnderPressure(.memory, builds: 2, leavesPods: false) },
            .missing("no-events", [.events]) { $0.evictUnderPressure(.memory, builds: 2) },
            .missing("no-logs", [.logs]) { $0.evictUnderPressure(.ephemeralStorage, builds: 2) },
            .missing("truncated", [.rootSpans]) { $0.evictUnderPressure(.memory, builds: 2) },
            .missing("only-metrics", EvidenceLoss.cluster) { world in
                world.hasClusterMetrics = true
                return world.evictUnderPressure(.memory, builds: 2)
            },
            .decoy("other-pod-evicted") { world in
                // A pod of the monitoring is thrown out of another node; the build has trouble of its own.
                world.evictStranger(at: -420)
                return world.killAgentForMemory()
            },
            .decoy("stopped-by-person") { world in
                world.evictStranger(at: -250)
                _ = world.stopByPerson(builds: 2, on: world.pickNode(.spot))
                return .unknown
            },
            .decoy("node-shutdown", cloud: .gke) { $0.preemptSpotNode(builds: 2) },
        ]
    }
}
