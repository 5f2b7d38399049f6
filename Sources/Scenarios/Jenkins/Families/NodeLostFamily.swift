/// A node that nobody wanted to take away falls silent.
package enum NodeLostFamily: WorldFamily {
    package static let cause = "node-lost"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.loseKeptNode(builds: 3) },
            .plain("rebooted") { $0.loseKeptNode(builds: 2, comesBack: true, leavesPods: false) },
            .plain("eks", cloud: .eks) { $0.loseKeptNode(builds: 2) },
            .missing("no-events", [.events]) { $0.loseKeptNode(builds: 3) },
            .missing("no-logs", [.logs]) { $0.loseKeptNode(builds: 3) },
            .missing("truncated", [.rootSpans]) { $0.loseKeptNode(builds: 3) },
            .missing("no-cluster", EvidenceLoss.cluster) { world in
                _ = world.loseKeptNode(builds: 1)
                return .init("agent-disconnected", "pod", world.builds[0].agent.name)
            },
            .decoy("node-later") { world in
                let node = world.pickNode(.spot)
                let label = world.breakTests(at: [-700, -480], on: node)
                world.leave(node, silentAt: world.at(-90), builds: [], traces: [.notReady])
                return label
            },
            .decoy("flap-beside-oom") { world in
                world.flap(world.pickNode(.build), at: -330)
                return world.killAgentForMemory()
            },
            .decoy("preempted") { world in
                // It is not ready in the end because the cloud took it.
                world.preemptSpotNode(builds: 2, traces: [.notice, .notReady, .taintEviction], leavesPods: true)
            },
            .decoy("stopped-by-person") { world in
                world.flap(world.pickNode(.build), at: -600)
                _ = world.stopByPerson(builds: 2, on: world.pickNode(.build))
                return .unknown
            },
        ]
    }
}
