import Telemetry

extension Scene {
    /// The namespaces of agents that builds used, of all pods that are marked as agents, and of the controller; empty where
    /// neither pods nor events name one.
    var namespacesOfBuilds: Set<String> {
        let agents = Set(builds.flatMap(\.agents)).union(controller.pods)
        let ofPods = cluster.pods.values.filter { agents.contains($0.name) || cluster.isAgent($0) }.map(\.namespace)
        let ofEvents = cluster.events.filter { $0.object.kind == "Pod" && agents.contains($0.object.name) }
            .map(\.object.namespace)
        return Set(ofPods + ofEvents).subtracting([""])
    }
}
