import Telemetry
import TestSupport
import Testing

@testable import RootCause

struct ChangePointPropertyTests {
    private static let start = Timestamp(seconds: 1_700_000_000)

    /// Ten quiet minutes and a window of two, with something to look at twice a second.
    private func series(
        seed: Int, from onset: Double?, quiet: Double, troubled: Double, moved: Duration = .zero
    ) throws -> ChangePoint.Series {
        let start = Self.start + moved
        let stretches = Stretches(
            window: TimeWindow(start: start, end: start + .seconds(120)),
            baseline: TimeWindow(start: start - .seconds(600), end: start))
        var series = ChangePoint.Series(try #require(ChangePoint.Clock(stretches)))
        var random = SeededRandom(seed: seed)
        for step in 0..<1440 {
            let seconds = Double(step) / 2 - 600
            let rate = onset.map { seconds >= $0 } ?? false ? troubled : quiet
            series.add((start + .milliseconds(Int64(seconds * 1000))).nanoseconds, isHit: random.uniform() < rate)
        }
        return series
    }

    private func seconds(_ found: Timestamp?) -> Double? { found.map { ($0 - Self.start).inSeconds } }

    @Test(arguments: [4.0, 20, 50, 90], [(0.0, 0.5), (0.02, 0.6), (0.1, 0.9)])
    func `a change is found within a bin`(onset: Double, rates: (quiet: Double, troubled: Double)) throws {
        let trials = 40
        var near = 0
        for seed in 0..<trials {
            let series = try series(seed: seed, from: onset, quiet: rates.quiet, troubled: rates.troubled)
            guard let found = seconds(ChangePoint.clearest(of: [series])) else { continue }
            // The moment is the first hit of the bin, which may be a quiet one by chance.
            if abs(found - onset) <= series.clock.width { near += 1 }
        }
        #expect(near >= trials * 9 / 10)
    }

    @Test(arguments: [0.0, 0.02, 0.2, 0.5, 1])
    func `a quiet series has none`(rate: Double) throws {
        let trials = 200
        var alarms = 0
        for seed in 0..<trials {
            let series = try series(seed: seed, from: nil, quiet: rate, troubled: rate)
            if ChangePoint.clearest(of: [series]) != nil { alarms += 1 }
        }
        #expect(alarms <= trials * 3 / 100)
    }

    @Test(arguments: [Duration.zero, .seconds(86_400), .seconds(-1_700_000_000), .nanoseconds(1)])
    func `at another time it is found at that time`(moved: Duration) throws {
        let here = try series(seed: 3, from: 40, quiet: 0.02, troubled: 0.6)
        let there = try series(seed: 3, from: 40, quiet: 0.02, troubled: 0.6, moved: moved)
        let found = try #require(ChangePoint.clearest(of: [here]))
        #expect(ChangePoint.clearest(of: [there]) == found + moved)
    }

    @Test func `it is never before the window, and what got better is none`() throws {
        let early = try series(seed: 1, from: -300, quiet: 0.02, troubled: 0.6)
        if let found = seconds(ChangePoint.clearest(of: [early])) { #expect(found >= 0) }
        let better = try series(seed: 1, from: 30, quiet: 0.6, troubled: 0.02)
        #expect(ChangePoint.clearest(of: [better]) == nil)
    }

    @Test func `the clearest of several series decides, wherever it stands`() throws {
        let quiet = try series(seed: 7, from: nil, quiet: 0.1, troubled: 0.1)
        let faint = try series(seed: 8, from: 10, quiet: 0.02, troubled: 0.2)
        let clear = try series(seed: 9, from: 60, quiet: 0.02, troubled: 0.8)
        let expected = ChangePoint.clearest(of: [clear])
        #expect(expected != nil)
        #expect(ChangePoint.clearest(of: [quiet, faint, clear]) == expected)
        #expect(ChangePoint.clearest(of: [clear, quiet, faint]) == expected)
        #expect(ChangePoint.clearest(of: []) == nil)
    }
}
