/// Count, sum and sum of squares of a sample: enough for its mean and variance, and cheap to keep per minute.
struct Moments: Hashable, Sendable {
    private(set) var count = 0.0
    private(set) var sum = 0.0
    private(set) var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        sum += value
        squares += value * value
    }

    /// Adds trials of which none counted: calls that did not happen.
    mutating func addZeros(_ zeros: Double) {
        count += max(0, zeros)
    }

    static func + (left: Moments, right: Moments) -> Moments {
        var total = left
        total.count += right.count
        total.sum += right.sum
        total.squares += right.squares
        return total
    }

    var mean: Double { count > 0 ? sum / count : 0 }

    var variance: Double { count > 1 ? max(0, (squares - sum * sum / count) / (count - 1)) : 0 }
}
