import Telemetry

/// What happens inside the runs of each site, step by step: the calls that are made and the lines that are written.
///
/// Counted once a trace: what one trace repeats proves no more than one trace.
struct Flow: Sendable {
    enum Step: Hashable, Sendable {
        /// An operation below it.
        case call(Int)
        /// A statement that logs.
        case line(Int)
    }

    struct Key: Hashable, Sendable {
        let site: Int
        let step: Step
    }

    struct Pair: Sendable {
        let key: Key
        /// How often the step came in a run of the site: one observation a trace, by stretch, the window's last.
        var counts: [Moments]
        /// In which share of the runs that had the step it was the last one.
        var endings: [Moments]
        /// In how many traces it came at all, and in how many it was mostly the last step, by stretch.
        var present: [Double]
        var final: [Double]
        /// A row of the window that has the step: of the child, or of the span that wrote the line; or -1.
        var sample = -1
    }

    private(set) var pairs: [Pair] = []
    /// Steps of runs that are not among the pairs.
    private(set) var leftOut = 0
    /// Traces that have the site, by stretch, the window's last.
    private(set) var traces: [[Double]]
    /// Of these, the ones of which any line is in the evidence.
    private(set) var tracesWithLines: [[Double]]
    /// Whether the lines of some traces were fetched and those of others not: then only the ones that have any can be
    /// compared with each other.
    private let linesAreSampled: Bool

    /// What one trace adds to a pair.
    private struct Tally {
        var steps = 0.0
        var runs = 0.0
        var last = 0.0
        /// The last run that has it.
        var run = -1
    }

    /// A kilobyte each. Where every call has another name there is nothing to compare: more than this many are left out.
    static let mostPairs = 100_000

    /// Traces in which the step could have been seen, by stretch, the window's last.
    func trials(of key: Key) -> [Double] {
        if linesAreSampled, case .line = key.step { return tracesWithLines[key.site] }
        return traces[key.site]
    }

    init(spans table: SpanTable, logs: LogTable, linesAreSampled: Bool = false) {
        self.linesAreSampled = linesAreSampled
        let stretches = table.stretches.count + 1
        traces = [[Double]](repeating: [Double](repeating: 0, count: stretches), count: table.sites.count)
        tracesWithLines = traces
        let empty = [Moments](repeating: Moments(), count: stretches)
        let nothing = [Double](repeating: 0, count: stretches)
        let (starts, lines) = logs.linesBySpan(count: table.rows.count)
        var numbers: [Key: Int] = [:]
        var runs = [Double](repeating: 0, count: table.sites.count)
        var tallies: [Tally] = []
        var steps: [(step: Step, row: Int)] = []
        for trace in table.traceRows {
            guard let stretch = table.stretches.index(of: trace.compared) else { continue }
            var sites: [Int] = []
            var touched: [Int] = []
            for row in trace.rows {
                let site = Int(table.rows[row].site)
                if runs[site] == 0 { sites.append(site) }
                runs[site] += 1
                let end = Self.collect(
                    &steps, of: row, lines: lines[starts[row]..<starts[row + 1]], table: table, logs: logs)
                for (position, (step, sample)) in steps.enumerated() {
                    let key = Key(site: site, step: step)
                    let pair = numbers[key] ?? pairs.count
                    guard pair < Self.mostPairs else {
                        leftOut += 1
                        continue
                    }
                    if pair == pairs.count {
                        numbers[key] = pair
                        pairs.append(
                            Pair(key: key, counts: empty, endings: empty, present: nothing, final: nothing))
                        tallies.append(Tally())
                    }
                    if tallies[pair].steps == 0 { touched.append(pair) }
                    if tallies[pair].run != row {
                        tallies[pair].run = row
                        tallies[pair].runs += 1
                    }
                    tallies[pair].steps += 1
                    if position >= end { tallies[pair].last += 1 }
                    if stretch == stretches - 1, pairs[pair].sample < 0 { pairs[pair].sample = sample }
                }
            }
            for pair in touched {
                let tally = tallies[pair]
                pairs[pair].counts[stretch].add(tally.steps / runs[pairs[pair].key.site])
                pairs[pair].endings[stretch].add(tally.last / tally.runs)
                pairs[pair].present[stretch] += 1
                if 2 * tally.last > tally.runs { pairs[pair].final[stretch] += 1 }
                tallies[pair] = Tally()
            }
            let hasLines = starts[trace.rows.lowerBound] < starts[trace.rows.upperBound]
            for site in sites {
                traces[site][stretch] += 1
                if hasLines { tracesWithLines[site][stretch] += 1 }
                runs[site] = 0
            }
        }
        for pair in pairs.indices {
            let trials = trials(of: pairs[pair].key)
            for stretch in 0..<stretches {
                pairs[pair].counts[stretch].addZeros(trials[stretch] - pairs[pair].counts[stretch].count)
            }
        }
    }

    /// One run of a site.
    struct Run: Sendable {
        /// The row of its span.
        let row: Int
        let has: Bool
        let endsWithIt: Bool
    }

    /// All runs of a site, and what became of a step in each, in the order of the table.
    static func runs(of site: Int, step: Step, spans table: SpanTable, logs: LogTable) -> [Run] {
        let (starts, lines) = logs.linesBySpan(count: table.rows.count)
        var steps: [(step: Step, row: Int)] = []
        return table.rows.indices.filter { Int(table.rows[$0].site) == site }.map { row in
            let end = collect(
                &steps, of: row, lines: lines[starts[row]..<starts[row + 1]], table: table, logs: logs)
            return Run(
                row: row, has: steps.contains { $0.step == step },
                endsWithIt: steps[end...].contains { $0.step == step })
        }
    }

    /// The calls and lines of one run, in the order of time; a line may be two steps, for what it says and for its place.
    ///
    /// - Returns: where the last call or line begins among the steps.
    private static func collect(
        _ steps: inout [(step: Step, row: Int)], of row: Int, lines: ArraySlice<Int>, table: SpanTable, logs: LogTable
    ) -> Int {
        steps.removeAll(keepingCapacity: true)
        var last = 0
        var upcoming = lines.startIndex
        func write() {
            let line = logs.rows[lines[upcoming]]
            last = steps.count
            steps.append((.line(line.statement), row))
            if line.whole >= 0 { steps.append((.line(line.whole), row)) }
            upcoming += 1
        }
        for child in table.children(of: row) {
            let start = table.rows[child].start
            while upcoming < lines.endIndex, logs.entries[lines[upcoming]].at.nanoseconds <= start { write() }
            last = steps.count
            steps.append((.call(Int(table.rows[child].operation)), child))
        }
        while upcoming < lines.endIndex { write() }
        return last
    }
}
