/// The controller is too slow for what is asked of it.
package enum ControllerOverloadFamily: WorldFamily {
    package static let cause = "controller-overload"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.overloadController() },
            .plain("no-metrics") { $0.overloadController(withMetrics: false) },
            .plain("eks", cloud: .eks) { $0.overloadController() },
            .missing("no-events", [.events]) { $0.overloadController() },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.overloadController() },
            .missing("no-logs", [.logs]) { $0.overloadController() },
            .missing("only-logs-and-traces", EvidenceLoss.cluster) { $0.overloadController(withMetrics: false) },
            .decoy("no-place-for-agents") { $0.crowdOut(.poolIsFull) },
            .decoy("restart") { $0.endController(.replaced) },
            .decoy("one-agent") { $0.disconnect() },
        ]
    }
}
