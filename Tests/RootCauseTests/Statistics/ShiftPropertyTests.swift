import TestSupport
import Testing

@testable import RootCause

struct ShiftPropertyTests {
    private struct Sample {
        var baseline: [[Double]]
        var window: [Double]

        func shift(_ change: (Double) -> Double = { $0 }) -> Shift {
            Shift(
                baseline: baseline.map { $0.map(change) }.map(Self.moments),
                window: Self.moments(window.map(change)), floor: 0.001, variance: 0.000_1)
        }

        static func moments(_ values: [Double]) -> Moments { values.reduce(into: Moments()) { $0.add($1) } }
    }

    enum Distribution: CaseIterable { case normal, skewed, coin, rare }

    private func draw(_ distribution: Distribution, _ random: inout SeededRandom) -> Double {
        switch distribution {
        case .normal: random.normal()
        // Durations: many short ones, few long ones.
        case .skewed: Exponential.exp(random.normal() * 0.7)
        case .coin: random.uniform() < 0.5 ? 1 : 0
        case .rare: random.uniform() < 0.05 ? 1 : 0
        }
    }

    private func sample(_ distribution: Distribution, seed: Int, inWindow: Int = 25) -> Sample {
        var random = SeededRandom(seed: seed)
        let baseline = (0..<8).map { _ in random.values(25) { draw(distribution, &$0) } }
        return Sample(baseline: baseline, window: random.values(inWindow) { draw(distribution, &$0) })
    }

    @Test(arguments: Distribution.allCases, [3, 10, 25, 100])
    func `where nothing changed, at most one in a hundred stands out`(distribution: Distribution, inWindow: Int) {
        let trials = 2000
        let alarms = (0..<trials).count { seed in
            abs(sample(distribution, seed: seed, inWindow: inWindow).shift().z) > Signal.least
        }
        #expect(alarms <= trials / 100)
    }

    @Test(arguments: 0..<30)
    func `a change of three deviations stands out, in its direction`(seed: Int) {
        var changed = sample(.normal, seed: seed)
        changed.window = changed.window.map { $0 + 3 }
        #expect(changed.shift().z > Signal.least)
        changed.window = changed.window.map { $0 - 6 }
        #expect(changed.shift().z < -Signal.least)
    }

    @Test(arguments: Distribution.allCases, 0..<15)
    func `looked at in a mirror it has the other sign`(distribution: Distribution, seed: Int) {
        let sample = sample(distribution, seed: seed)
        let (shift, mirrored) = (sample.shift(), sample.shift { -$0 })
        #expect(mirrored.z == -shift.z)
        #expect((mirrored.before, mirrored.after) == (-shift.before, -shift.after))
    }

    @Test(arguments: [(1, 4), (2, 4), (3, 3), (1, 200), (5, 100)])
    func `it is never rarer than complete separation of so few`(inWindow: Int, before: Int) {
        let bound = ExactTest.z(ofTail: Exponential.exp(-ExactTest.logChoose(inWindow + before, inWindow)))
        for value in [1.0, 1e3, 1e150, -1e3] {
            let sample = Sample(
                baseline: [[Double](repeating: 0, count: before)], window: [Double](repeating: value, count: inWindow))
            #expect(abs(sample.shift().z) <= bound + 1e-12)
            #expect(sample.shift().z.sign == value.sign || sample.shift().z == 0)
        }
    }

    @Test(
        arguments: [
            ([[]], []), ([], [1]), ([[1]], []), ([[], [], []], [0]), ([[5, 5, 5]], [5, 5]),
            ([[1e308, 1e308]], [1e308, -1e308]), ([[0, 0]], [1e200]),
            ([[.leastNonzeroMagnitude]], [.leastNonzeroMagnitude]), ([[.infinity]], [1]),
            ([[1, 2]], [.infinity]), ([[.nan]], [1]), ([[1]], [.nan]),
        ] as [([[Double]], [Double])])
    func `whatever comes, it is a number`(baseline: [[Double]], window: [Double]) {
        #expect(Sample(baseline: baseline, window: window).shift().z.isFinite)
    }
}
