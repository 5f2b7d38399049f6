import Alerts
import Telemetry

/// When it began, found in the data: the split of time that best divides a quiet stretch from a troubled one.
///
/// What the first suspect shows decides, where it shows something that has a time: runs that are slow, fail, stop short or
/// write other lines. Then failures, slow traces and error lines of all, and at last how many traces there are. The
/// alert's own time is only a bound: it comes late by the rule's `for` and the evaluation interval, and never early.
enum Onset {
    /// What was found, but not later than the alert's own start: what made it fire had begun by then. A sample of traces
    /// may begin later than what it is taken of.
    ///
    /// - Parameter window: of a group's alerts, those that began in it are the ones that are looked at.
    static func bounded(_ found: Timestamp?, by alert: AlertGroup?, in window: TimeWindow) -> Timestamp? {
        guard let found, let alert else { return found }
        let starts = (alert.firing.isEmpty ? alert.alerts : alert.firing).map(\.startsAt)
        guard let start = starts.filter({ $0 >= window.start }).min() ?? starts.max() else { return found }
        return min(found, start)
    }

    static func find(
        table: SpanTable, logs: LogTable, failures: Failures, builds: [Build], suspect: ServiceBlame?
    ) -> Timestamp? {
        guard let clock = ChangePoint.Clock(table.stretches) else { return nil }
        let failed = failureSeries(table: table, failures: failures, builds: builds, clock: clock)
        var general = [failed, slowSeries(table: table, clock: clock)]
        var errors = ChangePoint.Series(clock)
        for (row, entry) in zip(logs.rows, logs.entries) {
            errors.add(entry.at.nanoseconds, isHit: logs.isErrorLike(row.template))
        }
        general.append(errors)
        let own = suspect.map { ofSuspect($0, table: table, logs: logs, clock: clock) } ?? []
        for series in [own, general] {
            guard let found = ChangePoint.clearest(of: series) else { continue }
            // A failure that the clearest series noticed a little later is where it began.
            return [found, failed.firstHit(from: clock.start(of: found))].compactMap(\.self).min()
        }
        return failed.firstHit(from: table.stretches.window.start) ?? volumeChange(table: table, clock: clock)
    }

    /// Of the first suspect's signals, as many as tell when it began.
    private static let mostSignals = 3
    /// A signal that is weaker than this share of the strongest does not say when it began.
    private static let comparable = 0.6
    /// Of the baseline's traces with the same root, the share that is quicker than what counts as slow.
    private static let slowShare = 0.95

    private static func ofSuspect(
        _ suspect: ServiceBlame, table: SpanTable, logs: LogTable, clock: ChangePoint.Clock
    ) -> [ChangePoint.Series] {
        guard suspect.strength >= Signal.least else { return [] }
        let strongest = suspect.signals.first?.strength ?? 0
        return suspect.signals.prefix(mostSignals).filter { $0.strength >= comparable * strongest }.compactMap {
            signal in
            var series = ChangePoint.Series(clock)
            if let step = signal.step, signal.site >= 0 {
                let isMore = signal.after > signal.before
                for run in Flow.runs(of: signal.site, step: step, spans: table, logs: logs) {
                    let isHit = signal.kind == .cutShort ? run.endsWithIt : run.has == isMore
                    series.add(table.rows[run.row].start, isHit: isHit)
                }
            } else if signal.kind == .failureOrigin, signal.span >= 0 {
                let operation = table.rows[signal.span].operation
                for row in table.rows where row.operation == operation { series.add(row.start, isHit: row.failed) }
            } else if signal.kind == .slowness, signal.span >= 0 {
                addSlowRuns(like: signal.span, to: &series, table: table)
            } else {
                return nil
            }
            return series
        }
    }

    private static func addSlowRuns(like sample: Int, to series: inout ChangePoint.Series, table: SpanTable) {
        func above(_ row: Int) -> Int32 {
            table.rows[row].parent >= 0 ? table.rows[Int(table.rows[row].parent)].operation : -1
        }
        let same = table.rows.indices.filter {
            table.rows[$0].operation == table.rows[sample].operation && above($0) == above(sample)
        }
        let before = same.filter {
            if case .baseline = table.population(of: $0) { true } else { false }
        }.map { Double(table.rows[$0].selfTime) }
        guard let limit = before.sorted().quantile(slowShare) else { return }
        for row in same { series.add(table.rows[row].start, isHit: Double(table.rows[row].selfTime) > limit) }
    }

    private static func failureSeries(
        table: SpanTable, failures: Failures, builds: [Build], clock: ChangePoint.Clock
    ) -> ChangePoint.Series {
        var series = ChangePoint.Series(clock)
        let failed = Set(failures.traces)
        for (number, trace) in table.traceRows.enumerated() where !trace.isPipeline && trace.population != .neither {
            series.add(table.rows[trace.rows.lowerBound].start, isHit: failed.contains(number))
        }
        for build in builds where build.population != .neither {
            series.add(build.failedAt.nanoseconds, isHit: build.isFailure)
        }
        return series
    }

    /// Traces that took longer than nearly all of the baseline's with the same root.
    private static func slowSeries(table: SpanTable, clock: ChangePoint.Clock) -> ChangePoint.Series {
        var durations: [Int32: [Double]] = [:]
        for trace in table.traceRows {
            guard case .baseline = trace.compared else { continue }
            let root = table.rows[trace.rows.lowerBound]
            durations[root.operation, default: []].append(Double(root.duration))
        }
        let limits = durations.compactMapValues { $0.sorted().quantile(slowShare) }
        var series = ChangePoint.Series(clock)
        for trace in table.traceRows where trace.compared != .neither {
            let root = table.rows[trace.rows.lowerBound]
            series.add(root.start, isHit: Double(root.duration) > limits[root.operation] ?? .infinity)
        }
        return series
    }

    private static func volumeChange(table: SpanTable, clock: ChangePoint.Clock) -> Timestamp? {
        var series = ChangePoint.Series(clock)
        for trace in table.traceRows where trace.compared != .neither {
            series.add(table.rows[trace.rows.lowerBound].start, isHit: true)
        }
        return series.volumeChange
    }
}
