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
    /// What is left of a caller's blame when one that it calls shows something of its own: its trouble is explained.
    private static let explainedShare = 0.6
    /// A callee explains its caller when its own strength is at least this share of the caller's…
    private static let explainingShare = 0.4
    /// …and beyond chance.
    static let least = 2.0
    /// Weaker signals than this are chance even together.
    private static let audible = 1.0

    /// - Parameter calls: who calls whom.
    static func rank(_ signals: [Signal], calls: [String: Set<String>]) -> [ServiceBlame] {
        let byService = Dictionary(grouping: signals.filter { $0.strength >= audible }, by: \.service)
        var own: [String: Double] = [:]
        for (service, signals) in byService { own[service] = combined(signals) }
        // Where failures begin is a fact, however few they are.
        let failing = Set(
            signals.filter { $0.kind == .failureOrigin && $0.strength >= Signal.least }.map(\.service))
        var result: [ServiceBlame] = []
        for (service, signals) in byService {
            let strength = own[service] ?? 0
            let isExplained = (calls[service] ?? []).contains { callee in
                guard callee != service, let callees = own[callee] else { return false }
                return callees >= max(least, explainingShare * strength) || failing.contains(callee)
            }
            let rest = isExplained ? explained(signals, full: strength) : strength
            result.append(
                ServiceBlame(service: service, strength: rest, signals: signals.sorted(by: Signal.precedes)))
        }
        return result.sorted { ($0.strength, $1.service) > ($1.strength, $0.service) }
    }

    /// Slowness and failures that nothing below explains are the service's own; what else it shows may be a consequence.
    private static func explained(_ signals: [Signal], full: Double) -> Double {
        let certain = combined(signals.filter { $0.kind == .slowness || $0.kind == .failureOrigin })
        return max(certain, explainedShare * full)
    }

    /// The root of the sum of squares, as for independent errors.
    private static func combined(_ signals: [Signal]) -> Double {
        struct Group: Hashable {
            let aspect: Int
            let other: String
        }
        var strongest: [Group: Double] = [:]
        for signal in signals {
            let group = Group(
                aspect: signal.kind.aspect, other: signal.kind == .slowness ? signal.caller ?? "" : "")
            strongest[group] = max(strongest[group] ?? 0, signal.strength)
        }
        let top = strongest.values.sorted(by: >).prefix(combinedGroups)
        return top.reduce(0) { $0 + $1 * $1 }.squareRoot()
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
