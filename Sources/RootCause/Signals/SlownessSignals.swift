import Telemetry

/// Where a trace's time goes that it did not take in the baseline, by call site.
///
/// A call site is an operation under the operation that called it: one query may be quick for one caller and slow for
/// another. What a call spends on its way to the server and back belongs to the edge between the two services; whom
/// an edge speaks against is decided with all edges in view (`EdgeBlame`).
enum SlownessSignals {
    /// Differences below this are never the reason of an alert; keeps sub-millisecond spans from making noise.
    private static let negligible = 0.001
    /// A delay that hits only some calls shows in how many exceed what one call in ten exceeded before.
    private static let tailShare = 0.9
    private static let fewestBefore = 5
    /// A kilobyte each. Where every call has another name, operations are told apart without their callers.
    private static let mostSites = 100_000
    /// In the place of a caller; numbers of operations are smaller.
    private static let anywhere = Int(Int32.max)
    /// Added time that is this share of all time of all traces counts half as much as any amount would.
    private static let halfShare = 0.02
    /// What a slowdown counts that adds nothing to the traces' duration worth mentioning.
    private static let leastEffect = 0.3

    static func find(in table: SpanTable) -> [Signal] {
        let sites = sites(of: table)
        let perTrace = secondsPerTrace(in: table)
        return sites.compactMap { signal(of: $0, in: table, secondsPerTrace: perTrace) }
    }

    private static func signal(of site: Site, in table: SpanTable, secondsPerTrace: Double) -> Signal? {
        guard site.before.count >= fewestBefore, !site.after.isEmpty else { return nil }
        let logarithm = Shift(
            baseline: site.baseline.lazy.map(\.logarithm), window: site.window.logarithm, floor: 0.02, variance: 0.01)
        let seconds = Shift(
            baseline: site.baseline.lazy.map(\.seconds), window: site.window.seconds, floor: negligible / 2,
            variance: negligible * negligible)
        let tail = Shift(
            baseline: site.baseline.lazy.map(\.tail), window: site.window.tail, floor: 0.01, variance: 0.05)
        let z = max(logarithm.z, seconds.z, tail.z)
        guard z > 0 else { return nil }
        let added = max(0, seconds.after - seconds.before) * Double(site.after.count)
        let share = secondsPerTrace > 0 ? added / (secondsPerTrace * table.tracesInWindow) : 0
        let effect = leastEffect + (1 - leastEffect) * share / (share + halfShare)
        let operation = table.operations[site.operation]
        let callee = operation.callee.map { table.operations[$0] }
        if callee != nil, isOnDevice(site.slowest, in: table) { return nil }
        let service = table.services[operation.service]
        let answering = callee.map { table.services[$0.service] } ?? operation.peer
        let own = Signal.Own(
            before: site.before.sorted().quantile(tailShare) ?? 0, after: site.after.sorted().quantile(tailShare) ?? 0)
        let before = site.wholeBefore.sorted().quantile(tailShare) ?? 0
        let after = site.wholeAfter.sorted().quantile(tailShare) ?? 0
        return Signal(
            .slowness, service: answering ?? service, caller: answering.map { _ in service }, z: z, effect: effect,
            operation: callee?.name ?? operation.name, before: before, after: after, count: site.after.count,
            span: site.slowest, own: own)
    }

    /// Whether a call comes from a browser or telephone: its way leads through networks that are nobody's here, and how long
    /// it takes speaks against no service. What the answering service takes is in its own spans.
    private static func isOnDevice(_ row: Int, in table: SpanTable) -> Bool {
        guard row >= 0 else { return false }
        let resource = table.span(of: row).resource
        return resource.text("telemetry.sdk.language") == "webjs"
            || resource.contains { $0.name.hasPrefix("browser.") || $0.name.hasPrefix("device.") }
    }

    private static func secondsPerTrace(in table: SpanTable) -> Double {
        var durations: [Double] = []
        for trace in table.traceRows {
            guard case .baseline = trace.compared else { continue }
            durations.append(trace.rows.reduce(0) { $0 + Double(table.rows[$1].selfTime) * 1e-9 })
        }
        return durations.mean ?? 0
    }

    private struct Site {
        let operation: Int
        var baseline: [Sample]
        var window = Sample()
        /// Self-times in seconds.
        var before: [Double] = []
        var after: [Double] = []
        /// From beginning to end, in seconds.
        var wholeBefore: [Double] = []
        var wholeAfter: [Double] = []
        /// The row of the window with the longest self-time.
        var slowest = -1
        var limit = Double.infinity
    }

    private struct Sample {
        var logarithm = Moments()
        var seconds = Moments()
        var tail = Moments()

        /// One observation for a trace: the means over the runs of the site in it, which share its fate.
        mutating func add(_ runs: ArraySlice<Run>, limit: Double) {
            let count = Double(runs.count)
            logarithm.add(runs.reduce(0) { $0 + Exponential.log($1.seconds + negligible) } / count)
            seconds.add(runs.reduce(0) { $0 + $1.seconds } / count)
            tail.add(runs.reduce(0) { $0 + ($1.seconds > limit ? 1 : 0) } / count)
        }
    }

    private struct Run {
        let site: Int32
        let trace: Int32
        let stretch: Int32
        /// Its self-time.
        let seconds: Double
    }

    private static func sites(of table: SpanTable) -> [Site] {
        var sites: [Site] = []
        var numbers: [Int: Int] = [:]
        let empty = [Sample](repeating: Sample(), count: table.stretches.count)
        var runs: [Run] = []
        runs.reserveCapacity(table.rows.count)
        for (number, trace) in table.traceRows.enumerated() {
            guard let stretch = table.stretches.index(of: trace.compared) else { continue }
            let first = runs.count
            for row in trace.rows {
                let span = table.rows[row]
                let above = span.parent >= 0 ? Int(table.rows[Int(span.parent)].operation) + 1 : 0
                var key = Int(span.operation) << 32 | above
                let known = numbers[key]
                if known == nil, sites.count >= mostSites { key = Int(span.operation) << 32 | anywhere }
                let site = known ?? numbers[key] ?? sites.count
                if site == sites.count {
                    numbers[key] = site
                    sites.append(Site(operation: Int(span.operation), baseline: empty))
                }
                let seconds = Double(span.selfTime) * 1e-9
                runs.append(
                    Run(
                        site: Int32(clamping: site), trace: Int32(clamping: number), stretch: Int32(clamping: stretch),
                        seconds: seconds))
                if stretch < empty.count {
                    sites[site].before.append(seconds)
                    sites[site].wholeBefore.append(Double(span.duration) * 1e-9)
                } else {
                    sites[site].after.append(seconds)
                    sites[site].wholeAfter.append(Double(span.duration) * 1e-9)
                    let slowest = sites[site].slowest
                    if slowest < 0 || span.selfTime > table.rows[slowest].selfTime { sites[site].slowest = row }
                }
            }
            // The runs of one site side by side; the sort is stable in effect, for equal ones are summed.
            runs[first...].sort { ($0.site, $0.seconds) < ($1.site, $1.seconds) }
        }
        for site in sites.indices {
            sites[site].limit = (sites[site].before.sorted().quantile(tailShare) ?? .infinity) + negligible
        }
        var position = 0
        while position < runs.count {
            let run = runs[position]
            let site = Int(run.site)
            let end =
                runs[position...].firstIndex { $0.site != run.site || $0.trace != run.trace } ?? runs.endIndex
            if Int(run.stretch) < empty.count {
                sites[site].baseline[Int(run.stretch)].add(runs[position..<end], limit: sites[site].limit)
            } else {
                sites[site].window.add(runs[position..<end], limit: sites[site].limit)
            }
            position = end
        }
        return sites
    }
}
