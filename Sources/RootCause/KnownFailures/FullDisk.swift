import Signatures
import Telemetry

/// Whose disk is full: the node's, the controller's, or that of one pod.
///
/// The words are the same for all of them. The node's disk is full when the kubelet says so, or when several of its pods
/// have no room in the same time. The controller's is when its own log says so: builds fail with it wherever they run.
/// What is left is a volume of the pod, or the pod's own limit.
struct FullDisk {
    private let around: Surroundings
    /// Nodes that their kubelet says have no room.
    private var pressed: Set<String> = []
    /// Nodes of which several agents found no room.
    private var crowded: Set<String> = []
    private var controller: String?

    private static let fewestAgents = 2
    private static let condition = "DiskPressure"

    /// Leaves in the names of the sightings only the place whose disk is full: the subject is taken from there.
    static func settle(_ sightings: inout [Sighting], of signatures: [Signature], in around: Surroundings) {
        let own = sightings.indices.filter { number in
            signatures[sightings[number].signature].cause == Cause.diskFull.rawValue
                && sightings[number].role == .sign && sightings[number].isCurrent
                && sightings[number].bearing != .everyday
        }
        guard !own.isEmpty else { return }
        let disk = FullDisk(own.map { sightings[$0] }, in: around)
        for number in own { disk.place(&sightings[number]) }
    }

    private init(_ signs: [Sighting], in around: Surroundings) {
        self.around = around
        let nodes = Set(signs.compactMap { $0.names[Place.node.rawValue] }).union(around.cluster.nodes.keys)
        pressed = Set(
            nodes.filter { node in
                around.cluster.pressure(node)?.type == Self.condition
                    || signs.contains { $0.source == .events && $0.names[Place.object.rawValue] == node }
            })
        controller = signs.lazy.filter(Self.isOfController).compactMap { $0.names[Place.controller.rawValue] }.min()
        var agents: [String: Set<String>] = [:]
        for sign in signs where !Self.isOfController(sign) {
            guard let node = sign.names[Place.node.rawValue], let agent = sign.agent else { continue }
            agents[node, default: []].insert(agent)
        }
        crowded = Set(agents.filter { $0.value.count >= Self.fewestAgents }.keys)
    }

    /// Whether the controller says it of itself, and not of an agent or in a build's log.
    private static func isOfController(_ sign: Sighting) -> Bool {
        sign.names[Place.controller.rawValue] != nil && sign.names[Place.agent.rawValue] == nil && sign.builds.isEmpty
    }

    private func place(_ sign: inout Sighting) {
        let node = sign.names[Place.node.rawValue]
        if let node, pressed.contains(node) { return }
        if let controller {
            sign.names[Place.node.rawValue] = nil
            sign.names[Place.agent.rawValue] = nil
            sign.names[Place.pod.rawValue] = controller
            sign.names[Place.controller.rawValue] = controller
        } else if node == nil, pressed.count == 1, let only = pressed.first {
            // Where the pod ran is not known, but only one node has no room.
            sign.names[Place.node.rawValue] = only
        } else if node.map({ !crowded.contains($0) }) ?? false {
            sign.names[Place.node.rawValue] = nil
        }
    }
}
