/// Decides which end of an edge a change on it speaks against.
///
/// A starved caller makes all its calls slow, whoever answers them; a slow network at the callee makes everybody's calls
/// to it slow. So an edge counts against the end that explains more of the edges around it; against the callee when
/// both explain as many, because an edge belongs to the callee unless something says otherwise.
enum EdgeBlame {
    private struct Edge: Hashable {
        let caller: String
        let callee: String
    }

    /// An unchanged edge weighs this much against an end that ought to have changed it.
    private static let unchangedWeight = 0.5
    /// An edge whose times lie this many standard errors from the baseline counts as changed: breadth makes it sure.
    private static let changedFrom = 2.5
    /// Strengths above this count no more: breadth decides, not size.
    private static let fullStrength = 10.0

    static func decide(_ signals: [Signal]) -> [Signal] {
        var strengths: [Edge: Double] = [:]
        for signal in signals where signal.kind == .slowness {
            guard let caller = signal.caller, caller != signal.service else { continue }
            let edge = Edge(caller: caller, callee: signal.service)
            strengths[edge] = max(strengths[edge] ?? 0, signal.z)
        }
        var asCaller: [String: Double] = [:]
        var asCallee: [String: Double] = [:]
        var changedCallees: [String: Int] = [:]
        for (edge, strength) in strengths.sorted(by: { ($0.key.caller, $0.key.callee) < ($1.key.caller, $1.key.callee) }
        ) {
            let isChanged = strength >= changedFrom
            let weight = isChanged ? min(strength, fullStrength) / fullStrength : -unchangedWeight
            asCaller[edge.caller, default: 0] += weight
            asCallee[edge.callee, default: 0] += weight
            if isChanged { changedCallees[edge.caller, default: 0] += 1 }
        }
        return signals.map { signal in
            guard signal.kind == .slowness, let caller = signal.caller, caller != signal.service,
                changedCallees[caller] ?? 0 > 1, asCaller[caller] ?? 0 > asCallee[signal.service] ?? 0
            else { return signal }
            var moved = signal
            moved.service = caller
            moved.caller = signal.service
            moved.isOutgoing = true
            return moved
        }
    }
}
