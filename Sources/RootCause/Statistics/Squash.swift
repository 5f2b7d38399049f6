/// Turns what has no upper end into 0…1.
enum Squash {
    /// The score of a signal that is `z` standard errors strong: 0.5 at `half`, never quite 1, so that a stronger
    /// signal always scores higher.
    static func score(z: Double, half: Double) -> Double {
        guard z.isFinite else { return z > 0 ? 1 : 0 }
        return z <= 0 ? 0 : z / (z + half)
    }

    /// The logistic function: the probability that belongs to log-odds.
    static func probability(logOdds: Double) -> Double { 1 / (1 + Exponential.exp(-logOdds)) }
}
