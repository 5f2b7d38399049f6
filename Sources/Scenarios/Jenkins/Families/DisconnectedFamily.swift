import Telemetry

/// The connection to an agent breaks, and pod and node are well.
package enum DisconnectedFamily: WorldFamily {
    package static let cause = "agent-disconnected"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.disconnect() },
            .plain("agent-process-ended") { $0.endAgentProcess() },
            .plain("gke", cloud: .gke) { $0.disconnect() },
            .missing("no-events", [.events]) { $0.disconnect() },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.disconnect() },
            .missing("no-logs", [.logs]) { $0.disconnect() },
            .missing("truncated", [.rootSpans]) { $0.disconnect() },
            .decoy("came-back") { world in
                // The channel breaks for some seconds and the build goes on; tests fail elsewhere.
                world.reconnectOnce()
                return world.breakTests()
            },
            .decoy("out-of-memory") { world in
                world.killAgentForMemory()
            },
            .decoy("controller-restart") { $0.endController(.replaced) },
            .decoy("stopped-by-person") { world in
                _ = world.stopByPerson(builds: 3, on: world.pickNode(.spot))
                return .unknown
            },
        ]
    }
}
