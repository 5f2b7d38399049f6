import Telemetry

/// Finds the moment at which a rate changed: counts in bins of time, and the split that two rates explain better than one.
enum ChangePoint {
    /// Cuts baseline and window into bins.
    struct Clock: Hashable, Sendable {
        let from: Timestamp
        let window: TimeWindow
        /// Of one bin, in seconds.
        let width: Double
        let count: Int

        /// Bins in the window: fine enough to name the moment, coarse enough to hold something.
        private static let binsInWindow = 30.0
        private static let mostBins = 600.0

        /// nil when there is no time to divide.
        init?(_ stretches: Stretches) {
            window = stretches.window
            from = min(stretches.baseline.start, window.start)
            let span = (window.end - from).inSeconds
            guard window.duration > .zero, span > 0, span.isFinite else { return nil }
            width = max(window.duration.inSeconds / Self.binsInWindow, span / Self.mostBins)
            count = Int(min(max((span / width).rounded(.up), 1), Self.mostBins + 1))
        }

        func bin(of instant: Int64) -> Int? {
            let position = (Timestamp(nanoseconds: instant) - from).inSeconds / width
            return position >= 0 && position < Double(count) ? Int(position) : nil
        }

        /// The beginning of the bin of an instant, not before the window's.
        func start(of instant: Timestamp) -> Timestamp {
            guard let bin = bin(of: instant.nanoseconds) else { return instant }
            return max(start(ofBin: bin), window.start)
        }

        func start(ofBin bin: Int) -> Timestamp { from + .seconds(Double(bin) * width) }

        /// The bin in which the window begins: nothing that an alert is about began before it.
        var earliest: Int { max(0, bin(of: window.start.nanoseconds) ?? 0) }
    }

    struct Bin: Hashable, Sendable {
        var hits = 0.0
        var trials = 0.0
    }

    /// What happened when, and which of it counts.
    struct Series: Sendable {
        let clock: Clock
        private(set) var bins: [Bin]
        private var hits: [Int64] = []

        init(_ clock: Clock) {
            self.clock = clock
            bins = [Bin](repeating: Bin(), count: clock.count)
        }

        /// - Parameter instant: nanoseconds since the epoch; what lies outside the time that is looked at is left out.
        mutating func add(_ instant: Int64, isHit: Bool) {
            guard let bin = clock.bin(of: instant) else { return }
            bins[bin].trials += 1
            guard isHit else { return }
            bins[bin].hits += 1
            hits.append(instant)
        }

        /// The first hit at or after an instant.
        func firstHit(from instant: Timestamp) -> Timestamp? {
            hits.filter { $0 >= instant.nanoseconds }.min().map { Timestamp(nanoseconds: $0) }
        }

        /// Where the number of hits in a time, rather than their share, changed to less than half or more than double.
        var volumeChange: Timestamp? {
            let counts = bins.map(\.hits)
            let earliest = clock.earliest
            let before = counts.prefix(earliest)
            guard before.count >= ChangePoint.fewestBins, let mean = Array(before).mean, mean > 0 else { return nil }
            // Traffic comes in waves: where it varies more than independent arrivals do, a difference says less.
            let variance = before.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(before.count)
            let dispersion = max(1, variance / mean)
            var best: (bin: Int, ratio: Double)?
            for bin in earliest..<counts.count {
                let rest = counts[bin...]
                guard let after = Array(rest).mean, after > 2 * mean || after * 2 < mean else { continue }
                let likelihood = after > 0 ? after * Exponential.log(after / mean) - (after - mean) : mean
                let ratio = likelihood * Double(rest.count) / dispersion
                if ratio > best?.ratio ?? ChangePoint.leastLogRatio { best = (bin, ratio) }
            }
            return best.map { max(clock.start(ofBin: $0.bin), clock.window.start) }
        }
    }

    /// Twice the log-likelihood ratio follows about a chi-square distribution; over a few hundred splits, 8 comes by
    /// chance about once in a hundred times.
    fileprivate static let leastLogRatio = 8.0
    fileprivate static let fewestBins = 10

    /// The first hit after the clearest split of all series; nil when none is clear.
    static func clearest(of series: [Series]) -> Timestamp? {
        let splits = series.map { (series: $0, split: split($0.bins, from: $0.clock.earliest)) }
        guard let best = splits.max(by: { $0.split.ratio < $1.split.ratio }), best.split.ratio >= leastLogRatio
        else { return nil }
        let clock = best.series.clock
        return best.series.firstHit(from: max(clock.start(ofBin: best.split.bin), clock.window.start))
    }

    /// The split with the greatest likelihood ratio among those after which the rate is higher.
    static func split(_ bins: [Bin], from earliest: Int) -> (bin: Int, ratio: Double) {
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
}
