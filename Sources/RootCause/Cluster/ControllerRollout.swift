import Telemetry

/// What somebody changed about the controller's workload shortly before it went down.
struct ControllerRollout: Hashable, Sendable {
    let workload: WorkloadState
    let change: WorkloadState.Change

    /// From a change to the end of the old pod: the grace period, and the time in which the change is noticed.
    private static let delay = Duration.seconds(600)
    /// Changes that replace pods.
    private static let replacing: Set<WorkloadState.Change.Kind> = [.rollout, .rollback, .restart]

    /// - Parameter instant: the first that was seen of the restart.
    static func find(in scene: Scene, before instant: Timestamp) -> ControllerRollout? {
        let own = scene.evidence.workloads.filter { workload in
            scene.controller.pods.contains { isPod($0, of: workload, in: scene) }
        }
        let changes = own.flatMap { workload in
            workload.changes.filter { change in
                replacing.contains(change.kind) && change.at <= instant + BuildReader.clockSkew
                    && instant - change.at <= delay
            }.map { ControllerRollout(workload: workload, change: $0) }
        }
        return changes.max { ($0.change.at, $1.workload.name) < ($1.change.at, $0.workload.name) }
    }

    /// By its owner where the pod is known, else by its name: pods of a StatefulSet are numbered.
    private static func isPod(_ name: String, of workload: WorkloadState, in scene: Scene) -> Bool {
        if let pod = scene.cluster.pods[name], pod.owner != nil { return workload.owns(pod) }
        return workload.kind == "StatefulSet" && name.hasPrefix(workload.name + "-")
            && name.dropFirst(workload.name.count + 1).allSatisfy(\.isNumber)
    }

    /// `by a rollout of StatefulSet jenkins`
    var words: String {
        let noun =
            switch change.kind {
            case .rollback: "rollback"
            case .restart: "rollout restart"
            default: "rollout"
            }
        return "by a \(noun) of \(workload.kind) `\(workload.name)`"
    }

    /// `image jenkins/jenkins:2.516.3 became jenkins/jenkins:2.528.1, by helm`; nil where nothing is told of it.
    var details: String? {
        var parts: [String] = []
        if change.changesImages {
            for (container, image) in change.images.sorted(by: { $0.key < $1.key }) {
                guard let before = change.previousImages[container], before != image else { continue }
                parts.append("image \(before) became \(image)")
            }
        }
        if !change.cause.isEmpty { parts.append(Phrases.short(change.cause, characters: 80)) }
        if !change.actor.isEmpty { parts.append("by \(change.actor)") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    func finding(weight: Double) -> Finding {
        let noun = change.kind == .restart ? "restarted" : change.kind == .rollback ? "rolled back" : "rolled out"
        let details = details.map { ": \($0)" } ?? ""
        return Finding(
            .pods, at: change.at, text: "\(workload.kind) \(workload.name) was \(noun)\(details)", weight: weight)
    }
}
