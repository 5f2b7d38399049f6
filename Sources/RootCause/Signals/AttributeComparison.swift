import Telemetry

/// The runs of one population with their labels.
struct AttributeComparison: Sendable {
    let population: RunPopulation
    /// For each run, in the population's order.
    private let labels: [[Int]]

    private static let fewestBuilds = 4
    private static let fewestFailed = 3

    init(_ population: RunPopulation, book: inout LabelBook) {
        self.population = population
        labels = population.runs.map { Self.labels(of: $0, population.labels, book: &book) }
    }

    /// Failed builds and good ones; nil when there are too few.
    init?(_ builds: [Build], table: SpanTable, book: inout LabelBook) {
        func runs(_ wanted: (Population) -> Bool) -> [(Build, RunPopulation.Run)] {
            builds.filter { wanted($0.population) && ($0.isFailure || $0.outcome == .success) }.compactMap { build in
                guard let trace = build.trace else { return nil }
                let row = build.step?.row ?? table.traceRows[trace].rows.lowerBound
                return (
                    build,
                    RunPopulation.Run(
                        row: row, trace: trace, stratum: 0, isHit: build.isFailure, sample: row,
                        start: build.start.nanoseconds)
                )
            }
        }
        let found = runs { $0 == .window }
        let failed = found.count { $0.0.isFailure }
        guard failed >= Self.fewestFailed, found.count >= Self.fewestBuilds, failed < found.count else { return nil }
        population = RunPopulation(
            kind: .builds, service: table.service(of: found[0].1.row), operation: nil, labels: .place,
            runs: found.map(\.1), before: [])
        labels = found.map { book.labels(of: $0.0) }
    }

    static func labels(of run: RunPopulation.Run, _ wanted: RunPopulation.Labels, book: inout LabelBook) -> [Int] {
        switch wanted {
        case .place: book.place(of: run.row)
        case .request: book.request(of: run.row)
        case .placeAndRequest: book.place(of: run.row) + book.request(of: run.row)
        }
    }

    /// What the runs say of an attribute.
    private struct Name {
        var values = 0
        var hits = 0
        var elsewhere = 0
    }

    /// One candidate for each way in which a label divides the runs.
    ///
    /// - Parameter tests: counts those that were made.
    func candidates(
        book: LabelBook, mostValues: Int, mostPlaces: Int, leastPresence: Double, leastAttainable: Double,
        tests: inout Int
    ) -> [AttributeCandidate] {
        var members: [Int: [Int32]] = [:]
        var names: [String: Name] = [:]
        for (index, run) in population.runs.enumerated() {
            for label in labels[index] {
                let name = book.labels[label].name
                if members[label, default: []].isEmpty { names[name, default: Name()].values += 1 }
                // A label that comes twice in one run counts once.
                if members[label]?.last == Int32(clamping: index) { continue }
                members[label, default: []].append(Int32(clamping: index))
                if run.isHit { names[name]?.hits += 1 } else { names[name]?.elsewhere += 1 }
            }
        }
        var divisions: [[Int32]: [Int]] = [:]
        for (label, runs) in members where runs.count < population.runs.count && !book.isGivenUp(label) {
            let values = names[book.labels[label].name]?.values ?? 0
            let role = book.labels[label].role
            guard values > 1, values <= (role == .request || role == .process ? mostValues : mostPlaces) else {
                continue
            }
            divisions[runs, default: []].append(label)
        }
        let strata = Strata(population.runs)
        return divisions.sorted { $0.value.min() ?? 0 < $1.value.min() ?? 0 }.compactMap { runs, labels in
            let tables = strata.tables(labelled: runs, in: population.runs)
            let result = StratifiedTest.test(tables)
            guard result.least <= leastAttainable else { return nil }
            tests += 1
            let told = labels.sorted().filter { label in
                let name = names[book.labels[label].name] ?? Name()
                let total = strata.whole
                return Double(name.elsewhere) * Double(total.of)
                    >= leastPresence * Double(name.hits) * Double(total.elsewhereOf)
            }
            guard !told.isEmpty else { return nil }
            return AttributeCandidate(
                population: population, labels: told, runs: runs, tables: tables, probability: result.probability,
                values: told.map { names[book.labels[$0].name]?.values ?? 0 })
        }
    }
}

/// Counts runs by their stratum.
struct Strata: Sendable {
    private let numbers: [Int: Int]
    private let totals: [StratifiedTest.Table]

    init(_ runs: [RunPopulation.Run]) {
        var numbers: [Int: Int] = [:]
        var totals: [StratifiedTest.Table] = []
        for run in runs {
            let number = numbers[run.stratum] ?? totals.count
            if number == totals.count {
                numbers[run.stratum] = number
                totals.append(StratifiedTest.Table())
            }
            if run.isHit { totals[number].of += 1 } else { totals[number].elsewhereOf += 1 }
        }
        self.numbers = numbers
        self.totals = totals
    }

    var whole: StratifiedTest.Table { totals.reduce(StratifiedTest.Table(), +) }

    func tables(labelled: [Int32], in runs: [RunPopulation.Run]) -> [StratifiedTest.Table] {
        var tables = totals
        for index in labelled {
            let run = runs[Int(index)]
            guard let number = numbers[run.stratum] else { continue }
            if run.isHit { tables[number].hits += 1 } else { tables[number].elsewhereHits += 1 }
        }
        return tables
    }
}
