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
    /// Of a service's failures, those that must have begun since: some begin at any time.
    private static let leastShare = 0.75
    private static let fewestFailures = 2

    /// In the order of the nodes.
    static func all(
        nodes: [NodeTrouble], blame: [ServiceBlame], failures: Failures, spans: SpanTable,
        nodesOfPods: [String: String], onset: Timestamp?
    ) -> [NodeToll] {
        guard nodes.contains(where: { $0.notReady != nil }) else { return [] }
        let blamed = Set(blame.filter { $0.strength >= ServiceBlame.least }.map(\.service))
        var begun: [String: [Timestamp]] = [:]
        for origin in failures.origins {
            begun[FailureTarget.service(of: origin.row, in: spans), default: []].append(
                spans.span(of: origin.row).start)
        }
        return nodes.compactMap { trouble in
            guard let notReady = trouble.notReady else { return nil }
            let earliest = notReady - NodeTrouble.reportingDelay - tolerance
            let isOnset = onset.map { earliest <= $0 && $0 <= notReady + tolerance } ?? false
            func hasSuffered(_ service: String) -> Bool {
                guard blamed.contains(service) else { return false }
                let all = begun[service] ?? []
                let since = all.count { earliest <= $0 }
                return isOnset || since >= fewestFailures && Double(since) >= leastShare * Double(all.count)
            }
            let places = spans.places.filter { place in
                place.pod.map { nodesOfPods[$0] == trouble.node } ?? false && hasSuffered(spans.services[place.service])
            }
            guard !places.isEmpty else { return nil }
            return NodeToll(
                node: trouble.node, notReady: notReady,
                services: Set(places.map { spans.services[$0.service] }).sorted(),
                pods: Set(places.compactMap(\.pod)).sorted())
        }
    }
}
