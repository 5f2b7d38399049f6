/// The rules that a Prometheus has loaded.
struct PrometheusRules: Hashable, Sendable {
    struct Rule: Hashable, Sendable {
        let name: String
        let query: String
        let isAlert: Bool
        /// Its own labels: `severity` above all.
        let labels: [String: String]
        /// Why it could not be evaluated the last time; nil when it could.
        let fault: String?
    }

    let rules: [Rule]

    func alert(_ name: String) -> Rule? { rules.first { $0.isAlert && $0.name == name } }

    /// What the recorded series need; several rules of one name are alternatives. A rule that cannot be read needs nothing
    /// that is known.
    var recorded: [String: SeriesNeed] {
        var needs: [String: [SeriesNeed]] = [:]
        for rule in rules where !rule.isAlert {
            needs[rule.name, default: []].append(SeriesNeed(promQL: rule.query) ?? .nothing)
        }
        return needs.mapValues { $0.count == 1 ? $0[0] : .any($0) }
    }

    /// The metrics whose existence decides whether these alerts can fire, to be asked for.
    func metrics(of alerts: [String]) -> Set<String> {
        let recorded = recorded
        var names: Set<String> = []
        var waiting = alerts.compactMap(alert).compactMap { SeriesNeed(promQL: $0.query) }.flatMap(\.metrics)
        while let name = waiting.popLast() {
            guard names.insert(name).inserted else { continue }
            waiting += recorded[name]?.metrics ?? []
        }
        return names
    }
}
