import Telemetry

/// Steps that no longer happen, steps that happen more often, and runs that stop after a certain step.
///
/// An exception or an early return often leaves no other mark in a trace than the calls and lines that are missing. Who
/// stops is suspected first; but where several callers all stop after they called one service, that service is.
enum FlowSignals {
    private static let fewestTraces = 5.0
    /// Where a site is reached this many times more or less often than before, other requests reach it than before, and
    /// what it does differently says little about itself.
    private static let comparableRuns = 2.0
    private static let incomparable = 0.5
    /// More calls than before are a consequence more often than missing ones.
    private static let surplus = 0.7
    /// Other lines than before say a little less than other calls, unless they report failures.
    private static let plainLine = 0.8
    /// Failures that no longer come are good news, and what comes in their place is too.
    private static let goodNews = 0.3
    /// What happened in more than half of the runs is what ought to happen: that it now happens in all is good news.
    private static let usual = 0.5
    private static let quotedCharacters = 90

    static func find(in flow: Flow, spans table: SpanTable, logs: LogTable) -> [Signal] {
        let window = table.stretches.count
        let shifts = flow.pairs.map { change($0.counts, hits: $0.present, of: flow.trials(of: $0.key)) }
        var recovering: Set<Int> = []
        for (pair, shift) in zip(flow.pairs, shifts)
        where shift.z <= -Signal.least && isError(pair.key.step, spans: table, logs: logs) {
            recovering.insert(pair.key.site)
        }
        var signals: [Signal] = []
        var stops: [Stop] = []
        for (pair, shift) in zip(flow.pairs, shifts) {
            let runs = flow.trials(of: pair.key)
            guard runs.prefix(window).reduce(0, +) >= fewestTraces, runs[window] > 0 else { continue }
            let operation = table.operation(ofSite: pair.key.site)
            var effect = comparability(of: runs, table: table)
            let isError = isError(pair.key.step, spans: table, logs: logs)
            if recovering.contains(pair.key.site), isError == (shift.z < 0) { effect *= goodNews }
            if shift.z > 0, !isError, shift.before >= usual { effect *= goodNews }
            let name = name(of: pair.key.step, spans: table, logs: logs)
            switch pair.key.step {
            case .call:
                signals.append(
                    Signal(
                        .callStructure, service: table.services[operation.service], z: abs(shift.z),
                        effect: shift.z > 0 ? effect * surplus : effect, operation: name,
                        before: shift.before, after: shift.after, count: Int(runs[window]), span: pair.sample,
                        site: pair.key.site,
                        step: pair.key.step))
            case .line:
                let weight = isError ? (shift.z > 0 ? 1 : goodNews) : plainLine
                signals.append(
                    Signal(
                        .logs, service: table.services[operation.service], z: abs(shift.z), effect: effect * weight,
                        operation: name, before: shift.before, after: shift.after, count: Int(runs[window]),
                        span: pair.sample, site: pair.key.site,
                        step: pair.key.step))
            }
            let containing = pair.endings.prefix(window).reduce(0) { $0 + $1.count }
            guard containing >= fewestTraces, pair.endings[window].count > 0 else { continue }
            let ending = change(pair.endings, hits: pair.final, of: pair.present)
            guard ending.z > 0, ending.before < usual else { continue }
            var callee: Int?
            if case .call(let child) = pair.key.step, let answering = table.operations[child].callee,
                table.operations[answering].service != operation.service
            {
                callee = table.operations[answering].service
            }
            stops.append(
                Stop(
                    stopping: operation.service, callee: callee, shift: ending, operation: name,
                    count: Int(pair.endings[window].count), sample: pair.sample, key: pair.key))
        }
        return signals + blame(stops, table: table)
    }

    private struct Stop {
        let stopping: Int
        let callee: Int?
        let shift: Change
        let operation: String
        let count: Int
        let sample: Int
        let key: Flow.Key
    }

    /// Counts against who stops, or, when most of several callers stop after calls to one service, against that service.
    private static func blame(_ stops: [Stop], table: SpanTable) -> [Signal] {
        var callers: [Int: Set<Int>] = [:]
        var stopping: [Int: Set<Int>] = [:]
        for stop in stops {
            guard let callee = stop.callee else { continue }
            callers[callee, default: []].insert(stop.stopping)
            if stop.shift.z >= Signal.least { stopping[callee, default: []].insert(stop.stopping) }
        }
        return stops.map { stop in
            var blamed = stop.stopping
            var caller: Int?
            if let callee = stop.callee {
                let all = callers[callee]?.count ?? 0
                let stopped = stopping[callee]?.count ?? 0
                let isCallees = stopped > 1 && stopped * 2 > all && stop.shift.z >= Signal.least
                blamed = isCallees ? callee : stop.stopping
                caller = isCallees ? stop.stopping : nil
            }
            return Signal(
                .cutShort, service: table.services[blamed], caller: caller.map { table.services[$0] }, z: stop.shift.z,
                operation: stop.operation, before: stop.shift.before, after: stop.shift.after, count: stop.count,
                span: stop.sample, site: stop.key.site, step: stop.key.step)
        }
    }

    private struct Change {
        let before: Double
        let after: Double
        let z: Double
    }

    /// By means, or by an exact test of how many traces have it at all, whichever is clearer: means know of steps that
    /// come twice instead of once, the exact test of steps that never came before.
    private static func change(_ moments: [Moments], hits: [Double], of trials: [Double]) -> Change {
        let count = moments.dropLast().reduce(0) { $0 + $1.count }
        let shift = Shift(
            baseline: moments.dropLast(), window: moments.last ?? Moments(), floor: 0.01,
            variance: 1 / (count + 1) + 0.01)
        let exact = Proportion.z(hits: hits, of: trials)
        return Change(
            before: shift.before, after: shift.after, z: abs(exact) > abs(shift.z) ? exact : shift.z)
    }

    private static func comparability(of runs: [Double], table: SpanTable) -> Double {
        let window = table.stretches.count
        let before = runs.prefix(window).reduce(0, +) / max(table.tracesBefore, 1)
        let after = runs[window] / max(table.tracesInWindow, 1)
        let isComparable = after < before * comparableRuns && before < after * comparableRuns
        return isComparable ? 1 : incomparable
    }

    private static func isError(_ step: Flow.Step, spans table: SpanTable, logs: LogTable) -> Bool {
        switch step {
        case .line(let statement): logs.isErrorLike(logs.statements[statement].template)
        case .call(let operation): ErrorWords.areIn(table.operations[operation].name)
        }
    }

    private static func name(of step: Flow.Step, spans table: SpanTable, logs: LogTable) -> String {
        switch step {
        case .line(let statement):
            LogWords.quote(logs.entries[logs.statements[statement].example].line, characters: quotedCharacters)
        case .call(let operation): table.operations[table.operations[operation].callee ?? operation].name
        }
    }
}
