import Languages
import Telemetry

/// A change of a workload that replaced its pods by others.
struct Rollout: Hashable, Sendable {
    let workload: WorkloadState
    let change: WorkloadState.Change

    /// Changes that replace pods.
    static let replacing: Set<WorkloadState.Change.Kind> = [.rollout, .rollback, .restart]

    /// Whether a pod of this name is the workload's: by its owner where the pod is known, else by its name, for pods of a
    /// StatefulSet are numbered, and those of a Deployment have their ReplicaSet's name.
    static func isPod(_ name: String, of workload: WorkloadState, in cluster: ClusterView) -> Bool {
        if let pod = cluster.pods[name], pod.owner != nil { return workload.owns(pod) }
        switch workload.kind {
        case "StatefulSet":
            return name.hasPrefix(workload.name + "-")
                && name.dropFirst(workload.name.count + 1).allSatisfy(\.isNumber)
        case "Deployment": return workload.changes.contains { made($0, name) }
        default: return false
        }
    }

    /// The change that made a pod of this name, as far as that is known.
    static func change(thatMade name: String, of workload: WorkloadState, in cluster: ClusterView)
        -> WorkloadState.Change?
    {
        if let pod = cluster.pods[name], let change = workload.change(thatMade: pod) { return change }
        guard workload.kind == "Deployment" else { return nil }
        return workload.changes.last { made($0, name) }
    }

    private static func made(_ change: WorkloadState.Change, _ pod: String) -> Bool {
        !change.revisionName.isEmpty && pod.hasPrefix(change.revisionName + "-")
    }

    /// `by a rollout of StatefulSet jenkins`
    var words: Phrase {
        switch change.kind {
        case .rollback: "by a rollback of \(workload.kind) `\(workload.name)`"
        case .restart: "by a rollout restart of \(workload.kind) `\(workload.name)`"
        default: "by a rollout of \(workload.kind) `\(workload.name)`"
        }
    }

    /// The images that became others, in the order of their containers' names.
    var images: [(before: String, after: String)] {
        guard change.changesImages else { return [] }
        return change.images.sorted { $0.key < $1.key }.compactMap { container, image in
            guard let before = change.previousImages[container], before != image else { return nil }
            return (before, image)
        }
    }

    /// `image jenkins/jenkins:2.516.3 became jenkins/jenkins:2.528.1, by helm`; nil where nothing is told of it.
    var details: Phrase? {
        var parts: [Phrase] = images.map { "image \($0.before) became \($0.after)" }
        if !change.cause.isEmpty { parts.append(Phrase(verbatim: Words.short(change.cause, characters: 80))) }
        if !change.actor.isEmpty { parts.append("by \(change.actor)") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    func finding(weight: Double) -> Finding {
        let details: Phrase = details.map { ": \($0)" } ?? .empty
        let text: Phrase =
            switch change.kind {
            case .restart: "\(workload.kind) \(workload.name) was restarted\(details)"
            case .rollback: "\(workload.kind) \(workload.name) was rolled back\(details)"
            default: "\(workload.kind) \(workload.name) was rolled out\(details)"
            }
        return Finding(.pods, at: change.at, text: text, weight: weight)
    }
}
