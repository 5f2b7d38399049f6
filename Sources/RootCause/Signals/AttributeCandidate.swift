import Telemetry

/// One way to divide the runs of a population by a label, or by several that go together.
struct AttributeCandidate: Sendable {
    let population: RunPopulation
    /// Ascending numbers of the labels that all divide the runs like this.
    let labels: [Int]
    /// Places in the population's runs, ascending.
    let runs: [Int32]
    let tables: [StratifiedTest.Table]
    let probability: Double
    /// How many values the attribute of each label has.
    let values: [Int]
    var limit = 1.0

    var table: StratifiedTest.Table { tables.reduce(StratifiedTest.Table(), +) }

    /// How much larger the share of the bad runs with the label is than that of the good ones in the same strata.
    var effect: Double { Self.effect(tables) }

    /// How often runs with the label go wrong.
    var rate: Double { Self.rate(table) }

    /// The traces of the hits.
    var explained: Set<Int> {
        Set(runs.lazy.map { population.runs[Int($0)] }.filter(\.isHit).map(\.trace))
    }

    /// The log-likelihood ratio: how much better two rates describe the runs than one.
    var gain: Double {
        let whole = table
        return Self.logLikelihood(whole.hits, of: whole.labelled)
            + Self.logLikelihood(whole.of - whole.hits, of: whole.total - whole.labelled)
            - Self.logLikelihood(whole.of, of: whole.total)
    }

    /// What the same labels showed in the baseline.
    func before(book: inout LabelBook) -> (effect: Double, rate: Double) {
        let wanted = Set(labels)
        var labelled: [Int32] = []
        for (index, run) in population.before.enumerated()
        where AttributeComparison.labels(of: run, population.labels, book: &book).contains(where: wanted.contains) {
            labelled.append(Int32(clamping: index))
        }
        let tables = Strata(population.before).tables(labelled: labelled, in: population.before)
        return (Self.effect(tables), Self.rate(tables.reduce(StratifiedTest.Table(), +)))
    }

    /// The test again, without the traces that are explained already.
    func rest(without explained: Set<Int>) -> (tables: [StratifiedTest.Table], probability: Double) {
        let kept = population.runs.filter { !explained.contains($0.trace) }
        var numbers: [Int: Int32] = [:]
        for (index, run) in kept.enumerated() { numbers[run.row] = Int32(clamping: index) }
        let labelled = runs.compactMap { numbers[population.runs[Int($0)].row] }
        let tables = Strata(kept).tables(labelled: labelled, in: kept)
        return (tables, StratifiedTest.test(tables).probability)
    }

    static func effect(_ tables: [StratifiedTest.Table]) -> Double {
        var hits = 0.0
        var expected = 0.0
        var total = 0.0
        for table in tables where table.of > 0 {
            hits += Double(table.hits)
            total += Double(table.of)
            // Without good runs there is nothing to compare with.
            expected +=
                table.elsewhereOf > 0
                ? Double(table.of) * Double(table.elsewhereHits) / Double(table.elsewhereOf) : Double(table.hits)
        }
        return total > 0 ? (hits - expected) / total : 0
    }

    private static func rate(_ table: StratifiedTest.Table) -> Double {
        table.labelled > 0 ? Double(table.hits) / Double(table.labelled) : 0
    }

    private static func logLikelihood(_ hits: Int, of total: Int) -> Double {
        guard hits > 0, hits < total else { return 0 }
        let rate = Double(hits) / Double(total)
        return Double(hits) * Exponential.log(rate) + Double(total - hits) * Exponential.log(1 - rate)
    }
}
