/// The controller needs more memory than it has.
package enum ControllerMemoryFamily: WorldFamily {
    package static let cause = "controller-oom-killed"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.endController(.outOfMemory) },
            .plain("heap") { $0.endController(.outOfHeap) },
            .plain("eks", cloud: .eks) { $0.endController(.outOfMemory) },
            .missing("no-events", [.events]) { $0.endController(.outOfMemory) },
            .missing("no-pods", [.pods]) { $0.endController(.outOfMemory) },
            .missing("no-logs", [.logs]) { $0.endController(.outOfMemory) },
            .missing("heap-no-cluster", EvidenceLoss.cluster) { $0.endController(.outOfHeap) },
            .missing("no-cluster", EvidenceLoss.cluster) { world in
                // Only that it began anew is to be seen: no farewell, no reason.
                _ = world.endController(.outOfMemory)
                return .init("controller-restart", "pod", world.controller.pod)
            },
            .decoy("killed-after-grace-period") { $0.endController(.killedAfterGracePeriod) },
            .decoy("agent-out-of-memory") { $0.killAgentForMemory() },
            .decoy("heap-of-a-build") { $0.exhaustHeapOfBuild() },
        ]
    }
}
