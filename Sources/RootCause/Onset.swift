import Telemetry

/// When it began, found in the data: the split of time that best divides a quiet stretch from a troubled one.
///
/// Failures, slow traces and error lines are each counted in bins; for every possible split the
/// likelihood ratio tells how much better two rates describe the bins than one does. The series with the clearest split
/// decides. The alert's own time plays no part: it comes late by the rule's `for` and the evaluation interval.
enum Onset {
    private struct Bin {
        var hits = 0.0
        var trials = 0.0
    }

    /// Bins in the window: fine enough to name the moment, coarse enough to hold something.
    private static let binsInWindow = 30.0
    private static let mostBins = 600.0
    /// Twice the log-likelihood ratio follows about a chi-square distribution; over a few hundred splits, 8 comes by
    /// chance about once in a hundred times.
    private static let leastLogRatio = 8.0
    /// Of the baseline's traces with the same root, the share that is quicker than what counts as slow.
    private static let slowShare = 0.95

    /// Counts in bins, and the moments of what was counted.
    private struct Series {
        var bins: [Bin]
        var hits: [Int64] = []

        mutating func add(_ instant: Int64, in bin: Int, isHit: Bool) {
            bins[bin].trials += 1
            guard isHit else { return }
            bins[bin].hits += 1
            hits.append(instant)
        }

        /// The first hit at or after an instant.
        func first(from instant: Timestamp) -> Timestamp? {
            hits.filter { $0 >= instant.nanoseconds }.min().map { Timestamp(nanoseconds: $0) }
        }
    }

    static func find(table: SpanTable, logs: LogTable, failures: Failures, builds: [Build]) -> Timestamp? {
        let window = table.stretches.window
        let from = min(table.stretches.baseline.start, window.start)
        let span = (window.end - from).inSeconds
        guard window.duration > .zero, span > 0, span.isFinite else { return nil }
        let width = max(window.duration.inSeconds / binsInWindow, span / mostBins)
        let count = Int(min(max((span / width).rounded(.up), 1), mostBins + 1))
        func bin(_ instant: Int64) -> Int? {
            let position = (Timestamp(nanoseconds: instant) - from).inSeconds / width
            return position >= 0 && position < Double(count) ? Int(position) : nil
        }
        var failed = Series(bins: [Bin](repeating: Bin(), count: count))
        var slow = failed
        var errors = failed
        let limits = slowLimits(in: table)
        let failedTraces = Set(failures.traces)
        for (number, trace) in table.traceRows.enumerated() where !trace.isPipeline && trace.population != .neither {
            let root = table.rows[trace.rows.lowerBound]
            guard let position = bin(root.start) else { continue }
            failed.add(root.start, in: position, isHit: failedTraces.contains(number))
            slow.add(root.start, in: position, isHit: Double(root.duration) > limits[root.operation] ?? .infinity)
        }
        for build in builds where build.population != .neither {
            let instant = build.failedAt.nanoseconds
            if let position = bin(instant) { failed.add(instant, in: position, isHit: build.isFailure) }
        }
        for (row, entry) in zip(logs.rows, logs.entries) {
            let instant = entry.at.nanoseconds
            if let position = bin(instant) { errors.add(instant, in: position, isHit: logs.isErrorLike(row.template)) }
        }
        let earliest = max(0, bin(window.start.nanoseconds) ?? 0)
        let candidates = [failed, slow, errors].map { (series: $0, split: split($0.bins, from: earliest)) }
        guard let best = candidates.max(by: { $0.split.ratio < $1.split.ratio }), best.split.ratio >= leastLogRatio
        else { return failed.first(from: window.start) }
        // A failure that the clearest series noticed a little later is where it began.
        let start = max(from + .seconds(Double(best.split.bin) * width), window.start)
        return [best.series.first(from: start), failed.first(from: start)].compactMap(\.self).min()
    }

    /// The split with the greatest likelihood ratio among those after which the rate is higher.
    private static func split(_ bins: [Bin], from earliest: Int) -> (bin: Int, ratio: Double) {
        var before = Bin()
        var after = bins.reduce(into: Bin()) { sum, bin in
            sum.hits += bin.hits
            sum.trials += bin.trials
        }
        let whole = logLikelihood(after)
        var best = (bin: 0, ratio: 0.0)
        for (position, bin) in bins.enumerated() {
            if position >= earliest, after.trials > 0, before.trials > 0,
                after.hits / after.trials > before.hits / before.trials
            {
                let ratio = logLikelihood(before) + logLikelihood(after) - whole
                if ratio > best.ratio { best = (position, ratio) }
            }
            before.hits += bin.hits
            before.trials += bin.trials
            after.hits -= bin.hits
            after.trials -= bin.trials
        }
        return best
    }

    private static func logLikelihood(_ bin: Bin) -> Double {
        guard bin.hits > 0, bin.hits < bin.trials else { return 0 }
        let rate = bin.hits / bin.trials
        return bin.hits * Exponential.log(rate) + (bin.trials - bin.hits) * Exponential.log(1 - rate)
    }

    /// What counts as slow, by the root's operation: from the baseline.
    private static func slowLimits(in table: SpanTable) -> [Int32: Double] {
        var durations: [Int32: [Double]] = [:]
        for trace in table.traceRows {
            guard case .baseline = trace.compared else { continue }
            let root = table.rows[trace.rows.lowerBound]
            durations[root.operation, default: []].append(Double(root.duration))
        }
        return durations.compactMapValues { $0.sorted().quantile(slowShare) }
    }
}
