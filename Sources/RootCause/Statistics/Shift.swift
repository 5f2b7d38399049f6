/// How far the mean of the window lies from that of the baseline, in standard errors that admit how much the baseline's
/// own minutes differ from each other.
struct Shift: Hashable, Sendable {
    let before: Double
    let after: Double
    /// Signed; positive when the window's mean is higher. 0 when there is nothing to compare.
    let z: Double

    /// - Parameters:
    ///   - baseline: one for each stretch of the baseline that is as long as the window, empty ones too.
    ///   - floor: a difference in the variable's own unit that never matters; added to the standard error.
    ///   - variance: the least variance of one observation that is believed in, so that a constant baseline of few
    ///     observations is not taken for a law.
    init(baseline: some Sequence<Moments>, window: Moments, floor: Double, variance least: Double) {
        var total = Moments()
        var stretches: [Moments] = []
        for stretch in baseline {
            total = total + stretch
            if stretch.count > 0 { stretches.append(stretch) }
        }
        before = total.mean
        after = window.mean
        guard total.count > 0, window.count > 0 else {
            z = 0
            return
        }
        let variance = max(total.variance, least)
        // Welch: the window may vary more than the baseline did. One observation says nothing of how it varies.
        let windowVariance = max(variance, window.variance)
        // What the stretches' means differ by beyond what their sizes explain.
        var excess = 0.0
        if stretches.count > 2, let spread = Robust(stretches.map(\.mean)) {
            let explained = (Robust(stretches.map { variance / $0.count })?.median ?? 0)
            excess = max(0, spread.deviation * spread.deviation - explained)
        }
        let error = (variance / total.count + windowVariance / window.count + excess).squareRoot() + floor
        let difference = after - before
        guard error > 0, difference.isFinite else {
            z = 0
            return
        }
        // Not even complete separation of so few observations would be rarer than this.
        let rarest = ExactTest.z(
            ofTail: Exponential.exp(-ExactTest.logChoose(Int(total.count + window.count), Int(window.count))))
        z = min(max(difference / error, -rarest), rarest)
    }
}
