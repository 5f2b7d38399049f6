/// Exponential function and natural logarithm from basic arithmetic only.
///
/// The C library's choose their instructions by the processor and may differ in the last bit from machine to machine;
/// a diagnosis has to be the same bytes everywhere. Relative error below 1e-14.
enum Exponential {
    private static let logOfTwo = 0.693_147_180_559_945_3

    /// ln x; minus infinity for 0 and below, NaN stays NaN.
    static func log(_ x: Double) -> Double {
        guard x > 0 else { return x.isNaN ? x : -.infinity }
        guard x.isFinite else { return x }
        // x = 2^e · m with m in 1..<2, moved to about 0.71…1.41 where the series is quickest.
        var exponent = Double(x.exponent)
        var significand = x.significand
        if significand > 1.414_213_562_373_095_1 {
            significand /= 2
            exponent += 1
        }
        // ln m = 2 · artanh((m − 1) / (m + 1)), whose argument is below 0.172.
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        var term = ratio
        var sum = 0.0
        var divisor = 1.0
        while divisor < 24 {
            sum += term / divisor
            term *= square
            divisor += 2
        }
        return exponent * logOfTwo + 2 * sum
    }

    /// e to the power of x; 0 and infinity outside what a double can hold.
    static func exp(_ x: Double) -> Double {
        guard x > -745 else { return x.isNaN ? x : 0 }
        guard x < 709 else { return .infinity }
        // e^x = 2^n · e^r with r within ±0.35.
        let power = (x / logOfTwo).rounded()
        let rest = x - power * logOfTwo
        var term = 1.0
        var sum = 1.0
        var number = 1.0
        while number < 20 {
            term *= rest / number
            sum += term
            number += 1
        }
        return Double(sign: .plus, exponent: Int(power), significand: sum)
    }
}
