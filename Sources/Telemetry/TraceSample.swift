/// How the fetched traces of the window stand for all that were counted there.
///
/// Failing and slow traces are fetched first, the others are only sampled: shares and averages of what was fetched are
/// wrong unless each trace counts for those that it stands for. Traces that were chosen alike are a stratum; each of
/// them stands for its stratum's count divided by how many of it were fetched (Horvitz and Thompson's estimator, the
/// usual one for a stratified sample).
package struct TraceSample: Hashable, Sendable {
    /// Traces that were chosen alike.
    package struct Stratum: Hashable, Sendable {
        /// How many were counted.
        package let counted: Int
        /// Those of them that were fetched.
        package let fetched: Set<TraceID>

        package init(counted: Int, fetched: Set<TraceID>) {
            self.counted = counted
            self.fetched = fetched
        }
    }

    package let strata: [Stratum]
    /// Whether what was counted is all of the window; otherwise there are more, and these are the newest.
    package let isComplete: Bool

    package init(strata: [Stratum], isComplete: Bool) {
        self.strata = strata.filter { $0.counted > 0 }
        self.isComplete = isComplete
    }

    /// At most `Int.max`: counts come from outside.
    package var counted: Int {
        strata.reduce(0) { sum, stratum in
            let (next, isTooLarge) = sum.addingReportingOverflow(stratum.counted)
            return isTooLarge ? .max : next
        }
    }

    /// Whether every trace of the window was fetched.
    package var isEverything: Bool { isComplete && strata.allSatisfy { $0.counted == $0.fetched.count } }

    /// For how many of the counted each fetched trace stands; a trace that is not in here stands for none. nil when some
    /// were counted for which no fetched one stands.
    package var weights: [TraceID: Double]? {
        var weights: [TraceID: Double] = [:]
        for stratum in strata {
            guard !stratum.fetched.isEmpty else { return nil }
            let weight = Double(stratum.counted) / Double(stratum.fetched.count)
            for id in stratum.fetched { weights[id] = weight }
        }
        return weights
    }
}
