import TestSupport
import Testing

@testable import RootCause

struct RobustPropertyTests {
    @Test(arguments: 1...40)
    func `it moves and stretches with the values`(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let values = random.values(Int.random(in: 1...50, using: &random)) { $0.normal() }
        let robust = try #require(Robust(values))
        let moved = try #require(Robust(values.map { $0 * -2.5 + 7 }))
        #expect(abs(moved.median - (robust.median * -2.5 + 7)) < 1e-9)
        #expect(abs(moved.deviation - robust.deviation * 2.5) < 1e-9)
        #expect(Robust(values.shuffled(using: &random)) == robust)
    }

    @Test(arguments: 1...40)
    func `while fewer than half of the values are wild, it stays within the others`(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let calm = random.values(21) { $0.uniform() }
        let wild = random.values(20) { ($0.uniform() - 0.5) * 1e12 }
        let robust = try #require(Robust(calm + wild))
        #expect((0...1).contains(robust.median))
        #expect(robust.deviation <= Robust.normalScale)
    }

    @Test func `of a normal distribution it is the mean and the standard deviation`() throws {
        var random = SeededRandom(seed: 5)
        let robust = try #require(Robust(random.values(20_000) { 3 + 2 * $0.normal() }))
        #expect(abs(robust.median - 3) < 0.05)
        #expect(abs(robust.deviation - 2) < 0.08)
    }

    @Test(arguments: [
        [-1.7e308, 1.7e308], [1.7e308, 1.7e308, 1.7e308], [-1.7e308, 0, 1.7e308], [.leastNonzeroMagnitude, 1.7e308],
        [.nan, 1, .infinity, -.infinity],
    ])
    func `the ends of the number line give numbers`(values: [Double]) throws {
        let robust = try #require(Robust(values))
        #expect(robust.median.isFinite)
        #expect(!robust.deviation.isNaN)
        let sorted = values.filter(\.isFinite).sorted()
        for share in stride(from: 0.0, through: 1, by: 0.125) {
            let quantile = try #require(sorted.quantile(share))
            #expect(sorted[0] <= quantile && quantile <= sorted[sorted.count - 1])
        }
    }

    @Test(arguments: 1...40)
    func `quantiles rise with the share, within the values, and hit them where they are`(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let sorted = random.values(Int.random(in: 1...30, using: &random)) { $0.normal() }.sorted()
        var last = sorted[0]
        for step in 0...100 {
            let quantile = try #require(sorted.quantile(Double(step) / 100))
            #expect(last <= quantile && quantile <= sorted[sorted.count - 1])
            last = quantile
        }
        for (place, value) in sorted.enumerated() where sorted.count > 1 {
            let quantile = try #require(sorted.quantile(Double(place) / Double(sorted.count - 1)))
            #expect(abs(quantile - value) < 1e-12)
        }
        #expect(!(sorted.quantile(.nan) ?? 0).isNaN)
    }
}
