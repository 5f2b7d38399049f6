/// Fisher's exact test over several tables at once: do hits and a label go together within the strata?
///
/// What differs between the strata, the failure rates of two operations for instance, cannot make them look related.
/// Given each table's margins, the number of hits with the label is the sum of hypergeometric numbers, whose distribution
/// is computed in full (the exact form of the Cochran-Mantel-Haenszel test).
enum StratifiedTest {
    struct Table: Hashable, Sendable {
        /// Hits with the label, and all hits.
        var hits = 0
        var of = 0
        /// The rest with the label, and all of the rest.
        var elsewhereHits = 0
        var elsewhereOf = 0

        var labelled: Int { hits + elsewhereHits }
        var total: Int { of + elsewhereOf }
        /// Whether the margins leave any choice of where the hits fall.
        fileprivate var isTelling: Bool { labelled > 0 && labelled < total && of > 0 && elsewhereOf > 0 }

        static func + (left: Table, right: Table) -> Table {
            Table(
                hits: left.hits + right.hits, of: left.of + right.of,
                elsewhereHits: left.elsewhereHits + right.elsewhereHits,
                elsewhereOf: left.elsewhereOf + right.elsewhereOf)
        }
    }

    struct Result: Hashable, Sendable {
        /// The probability of at least as many hits with the label, if the label had nothing to do with them.
        let probability: Double
        /// The smallest that these margins can give, however the hits fall: a test that cannot reach significance needs
        /// not be made.
        let least: Double
    }

    static func test(_ tables: [Table]) -> Result {
        var distribution = [1.0]
        var excess = 0
        for table in tables where table.isTelling {
            let own = hypergeometric(table)
            excess += table.hits - own.from
            distribution = convolved(distribution, own.probabilities)
        }
        guard distribution.count > 1 else { return Result(probability: 1, least: 1) }
        let tail = distribution[min(max(excess, 0), distribution.count - 1)...].reversed().reduce(0, +)
        return Result(probability: min(tail, 1), least: min(distribution.last ?? 1, 1))
    }

    /// The distribution of the labelled hits and the least number of them, outwards from its mode, so that nothing
    /// overflows.
    private static func hypergeometric(_ table: Table) -> (from: Int, probabilities: [Double]) {
        let labelled = table.labelled
        let least = max(0, labelled + table.of - table.total)
        let most = min(labelled, table.of)
        let mode = min(max((labelled + 1) * (table.of + 1) / (table.total + 2), least), most)
        var values = [Double](repeating: 0, count: most - least + 1)
        values[mode - least] = 1
        /// How many times likelier one hit more is.
        func ratio(_ count: Int) -> Double {
            Double(labelled - count) * Double(table.of - count)
                / (Double(count + 1) * Double(table.total - labelled - table.of + count + 1))
        }
        for count in stride(from: mode, to: most, by: 1) {
            values[count + 1 - least] = values[count - least] * ratio(count)
        }
        for count in stride(from: mode - 1, through: least, by: -1) {
            values[count - least] = values[count + 1 - least] / ratio(count)
        }
        let sum = values.reduce(0, +)
        return (least, values.map { $0 / sum })
    }

    private static func convolved(_ left: [Double], _ right: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: left.count + right.count - 1)
        for (shift, factor) in left.enumerated() where factor > 0 {
            for (place, value) in right.enumerated() { result[shift + place] += factor * value }
        }
        return result
    }
}
