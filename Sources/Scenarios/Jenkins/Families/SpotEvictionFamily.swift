/// A spot node is taken back under its builds.
package enum SpotEvictionFamily: WorldFamily {
    package static let cause = "spot-eviction"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.preemptSpotNode(builds: 3) },
            .plain("five-builds") { $0.preemptSpotNode(builds: 5) },
            .plain("eks", cloud: .eks) { $0.preemptSpotNode(builds: 3, at: -95) },
            .plain("gke", cloud: .gke) { $0.preemptSpotNode(builds: 3) },
            .plain("two-nodes") { world in
                // Either may be named first; more builds were on this one.
                let label = world.preemptSpotNode(builds: 4)
                _ = world.preemptSpotNode(builds: 2, at: -205)
                return label
            },
            .missing("no-events", [.events]) {
                $0.preemptSpotNode(builds: 3, traces: [.notice, .notReady, .taintEviction], leavesPods: true)
            },
            .missing("no-logs", [.logs]) { $0.preemptSpotNode(builds: 3) },
            .missing("truncated", [.rootSpans]) { $0.preemptSpotNode(builds: 3) },
            .missing("sampled", [.sampling(oneIn: 4)]) { $0.preemptSpotNode(builds: 2) },
            .missing("vanished", []) { world in
                // The node is in no list any more and no event tells of it; where the pods were, their first events say.
                let node = world.pickNode(.spot)
                let lost = world.addBuilds(3, on: node, endingAt: -48)
                for build in lost { world.loseAgent(build, .deleted) }
                world.vanish(node, at: -72, builds: lost)
                return .init(cause, "node", node)
            },
            .missing("only-metrics", EvidenceLoss.cluster) { world in
                world.hasClusterMetrics = true
                return world.preemptSpotNode(builds: 3)
            },
            .missing("no-cluster", EvidenceLoss.cluster) { world in
                // Nothing says where the pod was: an agent that is gone is all that there is to say.
                _ = world.preemptSpotNode(builds: 1)
                return .init("agent-disconnected", "pod", world.builds[0].agent.name)
            },
            .decoy("stopped-by-person") { world in
                _ = world.stopByPerson(builds: 2, on: world.pickNode(.spot))
                return .unknown
            },
            .decoy("replaced-by-newer") { world in
                world.replaceByNewer(builds: 2, on: world.pickNode(.spot))
                return .unknown
            },
            .decoy("node-later") { world in
                // The node goes when the build has long failed by itself.
                let node = world.pickNode(.spot)
                let label = world.breakCompilation(at: [-640, -420], on: node)
                world.preempt(node, at: -110, builds: [], traces: [.notice, .notReady, .removal])
                return label
            },
            .decoy("empty-node") { world in
                // The autoscaler gives back a node on which nothing runs.
                let node = world.pickNode(.spot)
                world.nodeEvent(
                    world.at(-300), node, "ScaleDown", "marked the node as toBeDeleted/unschedulable",
                    by: "cluster-autoscaler")
                world.leave(node, silentAt: world.at(-260), builds: [], traces: [.notReady, .removal])
                return world.breakTests()
            },
        ]
    }
}
