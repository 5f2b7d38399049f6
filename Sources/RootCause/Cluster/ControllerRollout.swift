import Telemetry

/// What somebody changed about the controller's workload shortly before it went down.
enum ControllerRollout {
    /// From a change to the end of the old pod: the grace period, and the time in which the change is noticed.
    private static let delay = Duration.seconds(600)

    /// - Parameter instant: the first that was seen of the restart.
    static func find(in scene: Scene, before instant: Timestamp) -> Rollout? {
        let own = scene.evidence.workloads.filter { workload in
            scene.controller.pods.contains { Rollout.isPod($0, of: workload, in: scene.cluster) }
        }
        let changes = own.flatMap { workload in
            workload.changes.filter { change in
                Rollout.replacing.contains(change.kind) && change.at <= instant + BuildReader.clockSkew
                    && instant - change.at <= delay
            }.map { Rollout(workload: workload, change: $0) }
        }
        return changes.max { ($0.change.at, $1.workload.name) < ($1.change.at, $0.workload.name) }
    }
}
