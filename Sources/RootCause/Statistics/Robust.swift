/// The middle of a sample and its spread, which a few wild values do not move.
struct Robust: Hashable, Sendable {
    let median: Double
    /// The median distance from the median, scaled to the standard deviation of a normal distribution.
    let deviation: Double

    /// For a normal distribution, the standard deviation is 1.4826 times the median absolute deviation.
    static let normalScale = 1.4826

    /// - Parameter values: in any order; those that are not finite are left out. nil when none is left.
    init?(_ values: some Sequence<Double>) {
        let sorted = values.filter(\.isFinite).sorted()
        guard let median = sorted.quantile(0.5) else { return nil }
        self.median = median
        let distances = sorted.map { abs($0 - median) }.sorted()
        deviation = (distances.quantile(0.5) ?? 0) * Self.normalScale
    }
}

extension [Double] {
    /// The quantile of values that are sorted already, interpolated between neighbours; nil of no values.
    ///
    /// - Parameter share: 0.5 for the median; clamped to 0…1.
    func quantile(_ share: Double) -> Double? {
        guard let last = indices.last else { return nil }
        let position = Swift.min(Swift.max(0, share), 1) * Double(last)
        let below = Int(position)
        let above = Swift.min(below + 1, last)
        let difference = self[above] - self[below]
        let rest = position - Double(below)
        // The difference of two doubles may be more than a double holds.
        return difference.isFinite ? self[below] + difference * rest : self[below] * (1 - rest) + self[above] * rest
    }

    var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
