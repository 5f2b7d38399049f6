/// Limits how many of the differences that are called real are chance, when many are tested.
enum FalseDiscovery {
    /// For each test, the smallest share of false discoveries at which it would still be among the discoveries: those
    /// with `q <= 0.05` are wrong in at most one of twenty cases.
    ///
    /// Source: Benjamini and Hochberg, "Controlling the false discovery rate", J. R. Statist. Soc. B 57 (1995); holds
    /// for independent tests and for those that tend to be right or wrong together, as ours do.
    ///
    /// - Parameters:
    ///   - probabilities: of all tests that were made, not only of the promising ones; NaN counts as 1.
    ///   - tests: how many were made, when more than are in the list; the others count as 1.
    static func limits(_ probabilities: [Double], tests: Int = 0) -> [Double] {
        let count = Double(max(tests, probabilities.count))
        let clean = probabilities.map { $0.isNaN ? 1 : min(max($0, 0), 1) }
        let order = clean.indices.sorted { (clean[$0], $0) < (clean[$1], $1) }
        var limits = clean
        var smallest = 1.0
        for (rank, index) in order.enumerated().reversed() {
            smallest = min(smallest, clean[index] * count / Double(rank + 1))
            limits[index] = smallest
        }
        return limits
    }
}
