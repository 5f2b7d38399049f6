import Telemetry

/// The runs of every operation, once a trace: where services are entered, and calls that nobody is seen to answer.
///
/// A run has failed when a failure begins in it or anywhere below: a bad version of a caller shows in failures of what it
/// calls. How long a run takes is its own part, with the way to it and back, as in `SlownessSignals`.
struct ServiceRuns: Sendable {
    /// What one trace says of an operation.
    private struct Run {
        let trace: Int
        /// The first run, the first that failed, and the one that took longest: which of several counts must not depend on
        /// anything but how they went.
        let first: Int
        var failed = -1
        var slowest: Int
        var seconds: Double
    }

    private let table: SpanTable
    /// Where each row's run of its service begins.
    private var entries: [Int32]
    /// Seconds, of entries and of calls that nobody answers.
    private var own: [Double]
    /// The row where a failure began, for each run that has one below it; -1 otherwise.
    private var origins: [Int32]
    /// Operations within a service in which failures begin.
    private var failsInside: [Bool]
    private var window: [[Run]]
    private var before: [[Run]]

    /// The share of the baseline's runs that are quicker than what counts as slow.
    private static let slowShare = 0.95
    private static let fewestBefore = 20
    /// Seconds that never matter.
    private static let negligible = 0.001
    /// Slow runs must have become more frequent than by chance alone.
    private static let chance = 0.01
    private static let fewestHits = 3
    private static let fewestRuns = 6
    /// Bounds the work: what went wrong most often is looked at first.
    private static let mostPopulations = 120
    private static let mostRuns = 200_000

    init(_ table: SpanTable, failures: Failures) {
        self.table = table
        entries = [Int32](repeating: -1, count: table.rows.count)
        own = [Double](repeating: 0, count: table.rows.count)
        origins = [Int32](repeating: -1, count: table.rows.count)
        failsInside = [Bool](repeating: false, count: table.operations.count)
        for origin in failures.origins { failsInside[Int(table.rows[origin.row].operation)] = true }
        window = [[Run]](repeating: [], count: table.operations.count)
        before = window
        mark(failures.origins)
        mark(failures.originsBefore)
        var numbers = [Int32](repeating: -1, count: table.operations.count)
        for (trace, found) in table.traceRows.enumerated() where found.compared != .neither {
            measure(found.rows)
            collect(trace, &numbers)
        }
    }

    // MARK: One trace

    private func isEntry(_ row: Int) -> Bool {
        let parent = Int(table.rows[row].parent)
        guard parent >= 0 else { return true }
        return table.service(of: parent) != table.service(of: row) || table.rows[row].kind == .server
            || table.rows[row].kind == .consumer
    }

    /// Whether it is a call to what sends no spans.
    private func isUnanswered(_ row: Int) -> Bool {
        table.rows[row].firstChild < 0 && (table.rows[row].kind == .client || table.rows[row].kind == .producer)
    }

    /// A failure counts for every run on the way up from it, and for who answered the call that failed.
    private mutating func mark(_ found: [Failures.Origin]) {
        for origin in found {
            var row = origin.row
            while row >= 0, origins[row] < 0 {
                origins[row] = Int32(clamping: origin.row)
                row = Int(table.rows[row].parent)
            }
            guard table.operation(of: origin.row).callee != nil else { continue }
            for child in table.children(of: origin.row) where isEntry(child) && origins[child] < 0 {
                origins[child] = Int32(clamping: origin.row)
            }
        }
    }

    private mutating func measure(_ range: Range<Int>) {
        var path: [Int] = []
        for start in range {
            var row = start
            while entries[row] < 0, !isEntry(row) {
                path.append(row)
                row = Int(table.rows[row].parent)
            }
            let entry = entries[row] < 0 ? Int32(clamping: row) : entries[row]
            entries[row] = entry
            while let inside = path.popLast() { entries[inside] = entry }
            let time = Double(table.rows[start].selfTime) * 1e-9
            own[Int(entry)] += time
            if isUnanswered(start), Int(entry) != start { own[start] += time }
            // The way to it and back.
            let parent = Int(table.rows[start].parent)
            if Int(entry) == start, parent >= 0, table.rows[parent].kind == .client {
                own[start] += Double(table.rows[parent].selfTime) * 1e-9
            }
        }
    }

    /// - Parameter numbers: for each operation its place in the list, -1 between traces.
    private mutating func collect(_ trace: Int, _ numbers: inout [Int32]) {
        let rows = table.traceRows[trace].rows
        var found: [(operation: Int, run: Run)] = []
        for row in rows {
            let operation = Int(table.rows[row].operation)
            guard Int(entries[row]) == row || isUnanswered(row) || failsInside[operation] else { continue }
            if numbers[operation] < 0 {
                numbers[operation] = Int32(clamping: found.count)
                found.append((operation, Run(trace: trace, first: row, slowest: row, seconds: own[row])))
            }
            let number = Int(numbers[operation])
            if found[number].run.failed < 0, origins[row] >= 0 { found[number].run.failed = row }
            if own[row] > found[number].run.seconds {
                found[number].run.slowest = row
                found[number].run.seconds = own[row]
            }
        }
        let isWindow = table.traceRows[trace].compared == .window
        for (operation, run) in found {
            numbers[operation] = -1
            if isWindow { window[operation].append(run) } else { before[operation].append(run) }
        }
    }

    // MARK: Populations

    /// Those with the most hits first.
    var populations: [RunPopulation] {
        var found: [RunPopulation] = []
        for kind in [Overrepresentation.Kind.failing, .slow] {
            var parts: [Int: [RunPopulation]] = [:]
            for operation in window.indices {
                guard let population = kind == .slow ? slow(operation) : failing(operation) else { continue }
                found.append(population)
                if population.labels != .request { parts[population.service, default: []].append(population) }
            }
            for service in parts.keys.sorted() {
                found += [RunPopulation.pooled(parts[service] ?? [])].compactMap(\.self)
                if kind == .failing { found += [placed(service)].compactMap(\.self) }
            }
        }
        found = found.filter(isTelling).map(\.contemporary).filter(isTelling)
        let sorted = found.enumerated().map { ($0.offset, $0.element.hits) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        var runs = 0
        return sorted.prefix(Self.mostPopulations).map { found[$0.0] }.filter {
            runs += $0.runs.count
            return runs <= Self.mostRuns
        }
    }

    private func isTelling(_ population: RunPopulation) -> Bool {
        let hits = population.hits
        guard population.runs.count >= Self.fewestRuns, hits >= Self.fewestHits, hits < population.runs.count else {
            return false
        }
        guard population.kind == .slow else { return true }
        let before = population.before
        return ExactTest.fisher(
            hits: hits, of: population.runs.count, baselineHits: before.count { $0.isHit }, of: before.count)
            <= Self.chance
    }

    private func failing(_ operation: Int) -> RunPopulation? {
        guard window[operation].contains(where: { $0.failed >= 0 }) else { return nil }
        func run(_ run: Run) -> RunPopulation.Run {
            let row = run.failed >= 0 ? run.failed : run.first
            return RunPopulation.Run(
                row: row, trace: run.trace, stratum: operation, isHit: run.failed >= 0,
                sample: run.failed >= 0 ? Int(origins[row]) : row, start: table.rows[row].start)
        }
        return population(.failing, operation, window[operation].map(run), before[operation].map(run))
    }

    private func slow(_ operation: Int) -> RunPopulation? {
        guard !window[operation].isEmpty, before[operation].count >= Self.fewestBefore else { return nil }
        let usual = before[operation].map(\.seconds).sorted().quantile(Self.slowShare) ?? 0
        let limit = usual + Self.negligible
        guard window[operation].contains(where: { $0.seconds > limit }) else { return nil }
        func run(_ run: Run) -> RunPopulation.Run {
            RunPopulation.Run(
                row: run.slowest, trace: run.trace, stratum: operation, isHit: run.seconds > limit,
                sample: run.slowest, start: table.rows[run.slowest].start)
        }
        return population(.slow, operation, window[operation].map(run), before[operation].map(run))
    }

    /// Where only those that fail say in which pod they ran, because a good run writes no line: they beside every other run of
    /// the service that says it. Pods of one service share its work; one that never did any of it well is no sibling.
    private func placed(_ service: Int) -> RunPopulation? {
        func isPlaced(_ row: Int) -> Bool { table.places[Int(table.rows[row].place)].pod != nil }
        func run(_ run: Run) -> RunPopulation.Run {
            let row = run.failed >= 0 ? run.failed : run.first
            return RunPopulation.Run(
                row: row, trace: run.trace, stratum: 0, isHit: run.failed >= 0,
                sample: run.failed >= 0 ? Int(origins[row]) : row, start: table.rows[row].start)
        }
        let operations = window.indices.filter { operation in
            table.operations[operation].service == service
                && (window[operation] + before[operation]).contains { Int(entries[$0.first]) == $0.first }
        }
        let failing = operations.filter { window[$0].contains { $0.failed >= 0 } }
        let well = failing.flatMap { window[$0].filter { $0.failed < 0 } }
        guard 2 * well.count(where: { isPlaced($0.first) }) < well.count else { return nil }
        let runs = operations.flatMap { operation in window[operation].map { run($0) } }
            .filter { isPlaced($0.row) }
        let earlier = operations.flatMap { operation in before[operation].map { run($0) } }
            .filter { isPlaced($0.row) }
        func pod(_ run: RunPopulation.Run) -> String { table.places[Int(table.rows[run.row].place)].pod ?? "" }
        let siblings = Set((runs + earlier).filter { !$0.isHit }.map(pod))
        return RunPopulation(
            kind: .failing, service: service, operation: nil, labels: .place,
            runs: RunPopulation.oncePerTrace(runs.filter { siblings.contains(pod($0)) }),
            before: RunPopulation.oncePerTrace(earlier))
    }

    private func population(
        _ kind: Overrepresentation.Kind, _ operation: Int, _ runs: [RunPopulation.Run], _ before: [RunPopulation.Run]
    ) -> RunPopulation {
        // An inner span runs where its entry runs: only what it says itself is new.
        let isEntry = runs.contains { Int(entries[$0.row]) == $0.row }
        return RunPopulation(
            kind: kind, service: table.operations[operation].service, operation: operation,
            labels: isEntry ? .placeAndRequest : .request, runs: runs, before: before)
    }
}
