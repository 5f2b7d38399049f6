import Telemetry

/// Makes one of an event that the API server and Loki both tell, or that was sent to Loki each time it came again.
struct EventMerger {
    /// What all tellings of one event share. The namespace is compared apart: a line may have lost it on its way.
    private struct Key: Hashable {
        let kind: String
        let name: String
        let reason: String
        let message: String

        init(_ event: ClusterEvent) {
            (kind, name, reason, message) = (event.object.kind, event.object.name, event.reason, event.message)
        }
    }

    /// - Parameters:
    ///   - listed: what the API server tells; each different one is kept.
    ///   - shipped: what Loki tells.
    /// - Returns: in no order that means anything.
    static func merged(listed: [ClusterEvent], shipped: [ShippedEvent]) -> [ClusterEvent] {
        var groups: [Key: [ClusterEvent]] = [:]
        for event in Set(listed) { groups[Key(event), default: []].append(event) }
        for key in groups.keys { groups[key]?.sort(by: ClusterEvent.precedes) }
        for shipped in Set(shipped).sorted(by: { ClusterEvent.precedes($0.event, $1.event) }) {
            let event = shipped.event
            let group = groups[Key(event), default: []]
            if let index = group.firstIndex(where: { isSame($0, shipped) }) {
                groups[Key(event)]?[index] = union(group[index], event)
            } else {
                groups[Key(event), default: []].append(event)
            }
        }
        return groups.values.flatMap(\.self)
    }

    /// Whether the two are seen at the same time, to the second, which is all that an event has; or the line counts on
    /// where the other one stopped.
    private static func isSame(_ known: ClusterEvent, _ shipped: ShippedEvent) -> Bool {
        let event = shipped.event
        let (left, right) = (known.object.namespace, event.object.namespace)
        guard left == right || left.isEmpty || right.isEmpty else { return false }
        let touches = event.at.seconds <= known.lastSeen.seconds && known.at.seconds <= event.lastSeen.seconds
        return touches || (shipped.isContinued && event.count > known.count && event.at >= known.at)
    }

    private static func union(_ known: ClusterEvent, _ other: ClusterEvent) -> ClusterEvent {
        let namespace = known.object.namespace.isEmpty ? other.object.namespace : known.object.namespace
        return ClusterEvent(
            at: min(known.at, other.at), lastSeen: max(known.lastSeen, other.lastSeen), reason: known.reason,
            message: known.message, type: known.type,
            object: ClusterEvent.Object(kind: known.object.kind, namespace: namespace, name: known.object.name),
            count: max(known.count, other.count), reporter: known.reporter.isEmpty ? other.reporter : known.reporter)
    }
}
