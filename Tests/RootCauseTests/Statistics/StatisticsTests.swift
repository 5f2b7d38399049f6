import Testing

@testable import RootCause

struct StatisticsTests {
    @Test func `a wild value moves neither the median nor the deviation`() throws {
        let calm = try #require(Robust([9, 10, 10, 11, 10]))
        let wild = try #require(Robust([9, 10, 10, 11, 1e12]))
        #expect(calm.median == 10 && wild.median == 10)
        #expect(wild.deviation < 2)
        #expect(Robust([Double.nan, .infinity]) == nil)
        #expect(Robust([Double]()) == nil)
    }

    @Test(arguments: [(0.0, 1.0), (0.5, 2.5), (1.0, 4.0), (-3.0, 1.0), (7.0, 4.0), (0.9, 3.7)])
    func `quantiles interpolate and are clamped`(share: Double, expected: Double) throws {
        #expect(abs(try #require([1.0, 2, 3, 4].quantile(share)) - expected) < 1e-12)
        #expect([Double]().quantile(share) == nil)
    }

    @Test(arguments: [
        (1e-300, -690.775_527_898_213_7), (0.1, -2.302_585_092_994_046), (1.0, 0.0), (2.0, 0.693_147_180_559_945_3),
        (1234.5, 7.118421308785234), (1e300, 690.775_527_898_213_7),
    ])
    func `logarithm and exponential agree with tables`(x: Double, logarithm: Double) {
        #expect(abs(Exponential.log(x) - logarithm) <= abs(logarithm) * 1e-12 + 1e-13)
        #expect(abs(Exponential.exp(logarithm) / x - 1) < 1e-11)
    }

    @Test func `the ends of the number line do not trap`() {
        #expect(Exponential.log(0) == -.infinity)
        #expect(Exponential.log(-1) == -.infinity)
        #expect(Exponential.log(.nan).isNaN)
        #expect(Exponential.exp(-1e9) == 0)
        #expect(Exponential.exp(1e9) == .infinity)
        #expect(Exponential.exp(.nan).isNaN)
    }

    @Test func `Fisher's test finds the lady who tastes tea`() {
        // Fisher, The Design of Experiments, 1935: four of four cups right happens once in 70 times.
        #expect(abs(ExactTest.fisher(hits: 4, of: 4, baselineHits: 0, of: 4) - 1 / 70.0) < 1e-12)
        #expect(abs(ExactTest.fisher(hits: 3, of: 4, baselineHits: 1, of: 4) - 17 / 70.0) < 1e-12)
    }

    @Test(arguments: [(0, 5, 0, 5), (0, 0, 0, 0), (7, 5, 0, 5), (3, 5, 9, 5), (-1, 5, 0, 5), (5, 5, -1, 5)])
    func `counts that make no sense prove nothing`(hits: Int, total: Int, before: Int, all: Int) {
        #expect(ExactTest.fisher(hits: hits, of: total, baselineHits: before, of: all) == 1)
    }

    @Test func `huge counts end quickly and stay within 0 and 1`() {
        let rare = ExactTest.fisher(hits: 600_000, of: 1_000_000_000, baselineHits: 100_000, of: 1_000_000_000)
        #expect((0...1e-10).contains(rare))
        let same = ExactTest.fisher(hits: 100_000, of: 1_000_000_000, baselineHits: 100_000, of: 1_000_000_000)
        #expect((0.4...0.6).contains(same))
    }

    @Test(arguments: [(0.5, 0.0), (0.158_655_25, 1.0), (0.022_750_13, 2.0), (0.001_349_9, 3.0), (2.8665e-7, 5.0)])
    func `tail probabilities become standard errors`(probability: Double, z: Double) {
        #expect(abs(ExactTest.z(ofTail: probability) - z) < 1e-3)
    }

    @Test func `a shift grows with the difference and with the number of observations`() {
        func shift(by difference: Double, count: Int) -> Double {
            let baseline = (0..<8).map { stretch in moments((0..<count).map { Double(($0 + stretch) % 5) }) }
            return Shift(
                baseline: baseline, window: moments((0..<count).map { Double($0 % 5) + difference }), floor: 0.01,
                variance: 0.01
            ).z
        }
        #expect(shift(by: 1, count: 30) > shift(by: 0.5, count: 30))
        #expect(shift(by: 1, count: 60) > shift(by: 1, count: 20))
        #expect(abs(shift(by: 0, count: 30)) < 0.5)
        #expect(abs(shift(by: 1, count: 30) + shift(by: -1, count: 30)) < 1e-9)
    }

    @Test func `a baseline that wavers makes a shift less certain`() {
        let window = moments([Double](repeating: 12, count: 20))
        let steady = (0..<8).map { _ in moments([Double](repeating: 10, count: 20)) }
        let wavering = (0..<8).map { moments([Double](repeating: 10 + Double($0 % 4) * 2 - 3, count: 20)) }
        let calm = Shift(baseline: steady, window: window, floor: 0.01, variance: 1).z
        let nervous = Shift(baseline: wavering, window: window, floor: 0.01, variance: 1).z
        #expect(nervous < calm / 2)
    }

    @Test func `one observation is never certain, however far away it lies`() {
        let baseline = [moments((0..<30).map { Double($0 % 3) })]
        let shift = Shift(baseline: baseline, window: moments([1e9]), floor: 0, variance: 0)
        #expect(shift.z < 3)
    }

    @Test func `nothing to compare is no shift`() {
        #expect(Shift(baseline: [], window: moments([1, 2]), floor: 0, variance: 0).z == 0)
        #expect(Shift(baseline: [moments([1, 2])], window: Moments(), floor: 0, variance: 0).z == 0)
        #expect(Shift(baseline: [moments([1, 1])], window: moments([.infinity]), floor: 0, variance: 0).z == 0)
    }

    private func moments(_ values: [Double]) -> Moments {
        values.reduce(into: Moments()) { $0.add($1) }
    }
}
