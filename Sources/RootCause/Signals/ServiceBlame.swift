/// How strongly the signals speak against each service, after blame has moved from symptom to cause.
struct ServiceBlame: Hashable, Sendable {
    let service: String
    /// Combined strength of its signals, in standard errors.
    let strength: Double
    /// The strongest first.
    let signals: [Signal]

    /// Signals of different kinds, or on edges to different services, are taken for independent; of those that are
    /// alike only the strongest counts. More than this many add nothing.
    private static let combinedGroups = 3
    /// What is left of a signal when somebody below shows as much as the service itself: its trouble is explained.
    private static let explainedShare = 0.55
    /// A callee of callees explains less: trouble rarely passes through somebody who shows nothing of it.
    private static let shareOfHop = 0.8
    /// Weaker than this, a service explains nobody.
    static let least = 2.0
    /// Weaker signals than this are chance even together.
    private static let audible = 1.0

    static func rank(_ signals: [Signal], spans table: SpanTable) -> [ServiceBlame] {
        let byService = Dictionary(grouping: signals.filter { $0.strength >= audible }, by: \.service)
        let own = byService.mapValues { combined($0, by: \.strength) }
        // Where failures begin is a fact, however few they are.
        let failing = Set(
            signals.filter { $0.kind == .failureOrigin && $0.strength >= Signal.least }.map(\.service))
        let reach = Reach(table)
        return byService.map { service, signals in
            let full = own[service] ?? 0
            let strength = combined(signals) { signal in
                var explanation = 0.0
                for (callee, hops) in signal.explainers(in: reach, table: table) where callee != service {
                    let isFailing = failing.contains(callee)
                    let strength = isFailing ? full : own[callee] ?? 0
                    guard full > 0, isFailing || strength >= least else { continue }
                    var share = min(1, strength / full)
                    for _ in 1..<hops { share *= shareOfHop }
                    explanation = max(explanation, share)
                }
                return signal.strength * (1 - (1 - explainedShare) * explanation)
            }
            return ServiceBlame(service: service, strength: strength, signals: signals.sorted(by: Signal.precedes))
        }.sorted { ($0.strength, $1.service) > ($1.strength, $0.service) }
    }

    /// The root of the sum of squares, as for independent errors.
    private static func combined(_ signals: [Signal], by strength: (Signal) -> Double) -> Double {
        struct Group: Hashable {
            let aspect: Int
            let other: String
        }
        var strongest: [Group: Double] = [:]
        for signal in signals {
            let group = Group(
                aspect: signal.kind.aspect, other: signal.kind == .slowness ? signal.caller ?? "" : "")
            strongest[group] = max(strongest[group] ?? 0, strength(signal))
        }
        let top = strongest.values.sorted(by: >).prefix(combinedGroups)
        return top.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}

extension Signal {
    /// Who takes part in what differs, and so may explain it, with the distance.
    ///
    /// Slowness, failures that nothing below explains and what is used up are the service's own: nobody explains them.
    fileprivate func explainers(in reach: Reach, table: SpanTable) -> [(service: String, hops: Int)] {
        guard site >= 0 else { return [] }
        return reach.services(below: site)
    }
}

extension Signal.Kind {
    /// Kinds with the same number see one and the same fact: a run that stops short makes fewer calls and writes fewer
    /// lines.
    fileprivate var aspect: Int {
        switch self {
        case .failureOrigin: 0
        case .slowness: 1
        case .callStructure, .cutShort, .logs: 2
        case .metrics: 3
        }
    }
}
