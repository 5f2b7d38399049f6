import Telemetry

/// An agent needs more memory than it may.
package enum AgentMemoryFamily: WorldFamily {
    package static let cause = "agent-oom-killed"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.killAgentForMemory() },
            .plain("child-process") { $0.killAgentForMemory(.process, leavesPod: false) },
            .plain("gke", cloud: .gke) { $0.killAgentForMemory() },
            .plain("beside-flaky-test") { world in
                world.everyday = .withFlakyTest
                return world.killAgentForMemory()
            },
            .missing("no-events", [.events]) { $0.killAgentForMemory() },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.killAgentForMemory() },
            .missing("no-logs", [.logs]) { $0.killAgentForMemory() },
            .missing("truncated", [.rootSpans, .pods]) { $0.killAgentForMemory() },
            .decoy("killed-after-stop") { world in
                // A person stops it, it does not stop, and SIGKILL ends it: 137 as well.
                let stopped = world.stopByPerson(builds: 2, on: world.pickNode(.spot))
                for build in stopped { world.endUnwillingly(build) }
                return .unknown
            },
            .decoy("evicted") { $0.evictUnderPressure(.memory, builds: 1) },
            .decoy("node-shutdown", cloud: .gke) { $0.preemptSpotNode(builds: 1) },
            .decoy("word-in-test") { world in
                // A test about memory speaks of OutOfMemoryError and passes; another one fails.
                let label = world.breakTests()
                for index in world.builds.indices where world.builds[index].isIncident {
                    world.builds[index].moreLines += [
                        .init(
                            at: world.stop(index) - .seconds(9),
                            text: "java.lang.OutOfMemoryError: simulated by com.example.HeapGuardTest"),
                        .init(
                            at: world.stop(index) - .seconds(8),
                            text:
                                "[INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.31 s -- in com.example.HeapGuardTest"
                        ),
                    ]
                }
                return label
            },
        ]
    }
}
