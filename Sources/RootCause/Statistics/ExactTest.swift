/// Exact tests for counts, where there are too few for the normal distribution.
enum ExactTest {
    /// Fisher's exact test, one-sided: the probability of at least this many hits in the window if window and baseline
    /// had the same rate. 1 when a group is empty.
    static func fisher(hits: Int, of total: Int, baselineHits: Int, of baselineTotal: Int) -> Double {
        guard total > 0, baselineTotal > 0, hits > 0, hits <= total, baselineHits >= 0, baselineHits <= baselineTotal
        else { return 1 }
        let allHits = hits + baselineHits
        let all = total + baselineTotal
        let denominator = logChoose(all, allHits)
        var probability = 0.0
        for count in hits...max(hits, min(total, allHits)) where allHits - count <= baselineTotal {
            let term = Exponential.exp(
                logChoose(total, count) + logChoose(baselineTotal, allHits - count) - denominator)
            probability += term
            // Past the mode the terms only fall: what follows cannot change a double any more.
            if term < probability * 1e-16 { break }
        }
        return min(1, probability)
    }

    /// The z of a normal distribution whose one-sided tail has this probability; between 0 and about 37.
    ///
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23 (error below 4.5e-4).
    static func z(ofTail probability: Double) -> Double {
        let smallest = 1e-300
        guard probability < 0.5 else { return 0 }
        let t = (-2 * Exponential.log(max(probability, smallest))).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        return max(0, t - numerator / denominator)
    }

    static func logChoose(_ n: Int, _ k: Int) -> Double {
        guard k >= 0, k <= n else { return -.infinity }
        return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
    }

    /// ln n!: summed for small n, by Stirling's series with three terms above.
    static func logFactorial(_ n: Int) -> Double {
        let summed = 32
        guard n > 1 else { return 0 }
        if n <= summed { return (2...n).reduce(0) { $0 + Exponential.log(Double($1)) } }
        let x = Double(n)
        let halfLogTwoPi = 0.918_938_533_204_672_7
        let series = 1 / (12 * x) - 1 / (360 * x * x * x)
        return (x + 0.5) * Exponential.log(x) - x + halfLogTwoPi + series
    }
}
