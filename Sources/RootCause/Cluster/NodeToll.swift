import Telemetry

/// Services that go wrong since a node went away on which some of their pods ran.
struct NodeToll: Hashable, Sendable {
    let node: String
    let notReady: Timestamp
    /// In the order of their names.
    let services: [String]
    /// Their pods on the node, in the order of their names.
    let pods: [String]

    /// A node is called NotReady some time after it fell silent (`NodeTrouble.reportingDelay`); requests fail from the
    /// first moment on, and the onset is found to some seconds.
    private static let tolerance = Duration.seconds(60)

    /// In the order of the nodes.
    static func all(
        nodes: [NodeTrouble], blame: [ServiceBlame], spans: SpanTable, nodesOfPods: [String: String], onset: Timestamp?
    ) -> [NodeToll] {
        guard let onset else { return [] }
        let blamed = Set(blame.filter { $0.strength >= ServiceBlame.least }.map(\.service))
        return nodes.compactMap { trouble in
            guard let notReady = trouble.notReady, notReady - NodeTrouble.reportingDelay - tolerance <= onset,
                onset <= notReady + tolerance
            else { return nil }
            let places = spans.places.filter { place in
                place.pod.map { nodesOfPods[$0] == trouble.node } ?? false
                    && blamed.contains(spans.services[place.service])
            }
            guard !places.isEmpty else { return nil }
            return NodeToll(
                node: trouble.node, notReady: notReady,
                services: Set(places.map { spans.services[$0.service] }).sorted(),
                pods: Set(places.compactMap(\.pod)).sorted())
        }
    }
}
