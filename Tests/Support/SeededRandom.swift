/// Random numbers that are the same in every run, so that a property that fails once fails again.
///
/// SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// 0 to below 1, with 53 bits.
    package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// About normal with mean 0 and deviation 1: the sum of twelve uniform numbers less its mean.
    package mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }

    package mutating func values(_ count: Int, _ draw: (inout SeededRandom) -> Double) -> [Double] {
        (0..<count).map { _ in draw(&self) }
    }
}
