/// Where the true share lies, with 95 % confidence, when some of a number of observations were hits.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). It keeps within 0
/// and 1 and is right for few observations and for none or all of them, where the usual ± is not.
enum WilsonInterval {
    /// Of the normal distribution, for 95 %.
    private static let z = 1.959964

    /// - Parameter hits: may be a fraction: an incident on which people disagree.
    static func bounds(hits: Double, of count: Int) -> ClosedRange<Double> {
        guard count > 0 else { return 0...1 }
        let n = Double(count)
        let share = min(max(hits / n, 0), 1)
        let denominator = 1 + z * z / n
        let centre = (share + z * z / (2 * n)) / denominator
        let half = z / denominator * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let lower = hits <= 0 ? 0 : max(0, centre - half)
        return lower...(hits >= n ? 1 : max(lower, min(1, centre + half)))
    }
}
