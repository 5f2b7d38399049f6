/// The controller goes away and comes back.
package enum ControllerRestartFamily: WorldFamily {
    package static let cause = "controller-restart"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.endController(.replaced) },
            .plain("crashed") { $0.endController(.crashed) },
            .plain("gke", cloud: .gke) { $0.endController(.replaced) },
            .missing("no-events", [.events]) { $0.endController(.crashed) },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.endController(.replaced) },
            .missing("no-logs", [.logs]) { $0.endController(.replaced) },
            .missing("only-build-logs", EvidenceLoss.cluster + [.controllerLog]) { $0.endController(.replaced) },
            .decoy("out-of-memory") { $0.endController(.outOfMemory) },
            .decoy("killed-for-being-slow") { $0.overloadController(restarts: true) },
            .decoy("node-preempted") { $0.preemptSpotNode(builds: 6) },
            .decoy("long-ago") { world in
                // It was restarted an hour before the window, and nobody lost anything; now tests fail.
                _ = world.endController(.replaced, builds: 0, at: -5400)
                return world.breakTests()
            },
        ]
    }
}
