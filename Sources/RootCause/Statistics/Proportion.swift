/// How far a share of yes-or-no observations lies from what it was before, by an exact test.
enum Proportion {
    /// Signed standard errors; positive when the window's share is higher.
    ///
    /// Where the baseline's own stretches differ by more than chance, the observations depend on each other, and the
    /// result is scaled down as for a quasi-binomial distribution.
    /// - Parameters:
    ///   - hits: by stretch, the window's last.
    ///   - trials: as many, each at least as great as its hits.
    static func z(hits: [Double], of trials: [Double]) -> Double {
        guard hits.count == trials.count, hits.count > 1, let window = trials.last, let found = hits.last else {
            return 0
        }
        let before = Int(hits.dropLast().reduce(0, +))
        let all = Int(trials.dropLast().reduce(0, +))
        let more = ExactTest.fisher(hits: Int(found), of: Int(window), baselineHits: before, of: all)
        let less = ExactTest.fisher(
            hits: Int(window - found), of: Int(window), baselineHits: all - before, of: all)
        let z = more <= less ? ExactTest.z(ofTail: more) : -ExactTest.z(ofTail: less)
        return z / dispersion(hits: hits.dropLast(), of: trials.dropLast()).squareRoot()
    }

    /// Pearson's statistic for each degree of freedom, at least 1.
    private static func dispersion(hits: ArraySlice<Double>, of trials: ArraySlice<Double>) -> Double {
        let all = trials.reduce(0, +)
        let share = all > 0 ? hits.reduce(0, +) / all : 0
        guard share > 0, share < 1 else { return 1 }
        var statistic = 0.0
        var stretches = 0
        for (hits, trials) in zip(hits, trials) where trials > 0 {
            let difference = hits - trials * share
            statistic += difference * difference / (trials * share * (1 - share))
            stretches += 1
        }
        return stretches > 1 ? max(1, statistic / Double(stretches - 1)) : 1
    }
}
