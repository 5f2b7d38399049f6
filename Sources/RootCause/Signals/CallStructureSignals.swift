import Telemetry

/// Calls that no longer happen, calls that happen more often, and callers that stop after a certain call.
///
/// An exception or an early return often leaves no other mark in a trace than the children that are missing. Who no
/// longer calls is suspected first; but where several callers all stop after they called one service, that service is.
enum CallStructureSignals {
    private struct Key: Hashable {
        let parent: Int
        /// -1 for "no call at all".
        let child: Int
    }

    private struct Pair {
        let key: Key
        /// How often the child was called, by run of the parent.
        var calls: [Moments]
        /// In how many runs of the parent it was the last child.
        var last: [Moments]
        var sample = -1
    }

    private static let fewestRuns = 5.0
    /// Where an operation runs this many times more or less often than before, other requests reach it than before, and
    /// what it does differently says little about itself.
    private static let comparableRuns = 2.0
    private static let incomparable = 0.5
    /// More calls than before are a consequence more often than missing ones.
    private static let surplus = 0.7

    static func find(in table: SpanTable) -> [Signal] {
        let window = table.stretches.count
        let runs = table.runs
        var pairs = pairs(of: table)
        var signals: [Signal] = []
        var cuts: [Cut] = []
        for position in pairs.indices {
            let pair = pairs[position]
            for stretch in 0...window {
                let all = runs[pair.key.parent][stretch]
                pairs[position].calls[stretch].addZeros(all - pair.calls[stretch].count)
                pairs[position].last[stretch].addZeros(all - pair.last[stretch].count)
            }
            let parent = table.operations[pair.key.parent]
            let trials = pairs[position].calls.prefix(window).reduce(0) { $0 + $1.count }
            guard trials >= fewestRuns, runs[pair.key.parent][window] > 0 else { continue }
            let effect = effect(of: pair.key.parent, runs: runs, table: table)
            if pair.key.child >= 0 {
                let shift = shift(pairs[position].calls)
                let child = table.operations[pair.key.child]
                signals.append(
                    Signal(
                        .callStructure, service: table.services[parent.service], z: abs(shift.z),
                        effect: shift.z > 0 ? effect * surplus : effect,
                        operation: "\(parent.name) → \(table.operations[child.callee ?? pair.key.child].name)",
                        before: shift.before, after: shift.after, count: Int(runs[pair.key.parent][window]),
                        span: pair.sample))
                if let callee = child.callee, table.operations[callee].service != parent.service {
                    let last = Self.shift(pairs[position].last)
                    cuts.append(
                        Cut(
                            caller: parent.service, callee: table.operations[callee].service, shift: last,
                            callerOperation: parent.name, operation: table.operations[callee].name,
                            count: Int(runs[pair.key.parent][window]), sample: pair.sample))
                }
            }
        }
        return signals + cutShort(cuts, table: table)
    }

    private struct Cut {
        let caller: Int
        let callee: Int
        let shift: Shift
        let callerOperation: String
        let operation: String
        let count: Int
        let sample: Int
    }

    /// Services after which more callers stop than before: most of those that have called it must, and two at least.
    private static func cutShort(_ cuts: [Cut], table: SpanTable) -> [Signal] {
        var result: [Signal] = []
        for callee in Set(cuts.map(\.callee)).sorted() {
            let own = cuts.filter { $0.callee == callee }
            let callers = Set(own.map(\.caller))
            let stopping = own.filter { $0.shift.z >= Signal.least }
            let stoppingCallers = Set(stopping.map(\.caller))
            guard stoppingCallers.count > 1, stoppingCallers.count * 2 > callers.count else { continue }
            for cut in stopping {
                result.append(
                    Signal(
                        .cutShort, service: table.services[callee], caller: table.services[cut.caller],
                        z: cut.shift.z, operation: cut.operation, before: cut.shift.before, after: cut.shift.after,
                        count: cut.count, span: cut.sample))
            }
        }
        return result
    }

    private static func shift(_ moments: [Moments]) -> Shift {
        let trials = moments.dropLast().reduce(0) { $0 + $1.count }
        return Shift(
            baseline: moments.dropLast(), window: moments.last ?? Moments(), floor: 0.01,
            variance: 1 / (trials + 1) + 0.01)
    }

    private static func effect(of operation: Int, runs: [[Double]], table: SpanTable) -> Double {
        let window = table.stretches.count
        let before = runs[operation].prefix(window).reduce(0, +) / max(table.tracesBefore, 1)
        let after = runs[operation][window] / max(table.tracesInWindow, 1)
        let isComparable = after < before * comparableRuns && before < after * comparableRuns
        return isComparable ? 1 : incomparable
    }

    private static func pairs(of table: SpanTable) -> [Pair] {
        var pairs: [Pair] = []
        var numbers: [Key: Int] = [:]
        let empty = [Moments](repeating: Moments(), count: table.stretches.count + 1)
        var counts: [(operation: Int, count: Double, row: Int)] = []
        // Where an operation stands in `counts`, or -1.
        var slots = [Int](repeating: -1, count: table.operations.count)
        func number(_ key: Key) -> Int {
            if let known = numbers[key] { return known }
            numbers[key] = pairs.count
            pairs.append(Pair(key: key, calls: empty, last: empty))
            return pairs.count - 1
        }
        for trace in table.traceRows {
            guard let stretch = table.stretches.index(of: trace.compared) else { continue }
            for row in trace.rows where table.rows[row].firstChild >= 0 {
                let parent = Int(table.rows[row].operation)
                counts.removeAll(keepingCapacity: true)
                var last = -1
                for child in table.children(of: row) {
                    let operation = Int(table.rows[child].operation)
                    last = operation
                    if slots[operation] < 0 {
                        slots[operation] = counts.count
                        counts.append((operation, 1, child))
                    } else {
                        counts[slots[operation]].count += 1
                    }
                }
                for (operation, count, child) in counts {
                    slots[operation] = -1
                    let pair = number(Key(parent: parent, child: operation))
                    pairs[pair].calls[stretch].add(count)
                    if stretch == table.stretches.count, pairs[pair].sample < 0 { pairs[pair].sample = child }
                    if operation == last { pairs[pair].last[stretch].add(1) }
                }
            }
        }
        return pairs
    }
}
