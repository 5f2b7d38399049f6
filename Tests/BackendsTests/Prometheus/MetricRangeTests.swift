import Backends
import Telemetry
import Testing

struct MetricRangeTests {
    private func made(
        baseline: Int64 = 3600, window: Int64 = 1200, minimum: Duration = .seconds(15),
        from start: Int64 = 1_800_000_000
    ) -> MetricRange? {
        let begin = Timestamp(seconds: start + baseline)
        return MetricRange(
            baseline: TimeWindow(start: Timestamp(seconds: start), end: begin),
            window: TimeWindow(start: begin, end: begin + .seconds(window)), minimumStep: minimum)
    }

    @Test(arguments: [
        // The usual playbook: 20 min in 60 samples.
        (3600, 1200, 15, 20, 120),
        // Builds: 35 min.
        (7200, 2100, 15, 35, 120),
        // Not closer together than metrics are scraped.
        (3600, 1200, 60, 60, 240), (3600, 60, 15, 15, 120), (3600, 1, 1, 1, 120),
        // A day's window; the rate has to reach from sample to sample.
        (86_400, 86_400, 15, 1440, 1440),
        // A step of a minute's window would give 432,060 points: not more than 11,000.
        (432_000, 60, 1, 40, 120),
        // 61 s in 60 samples: whole seconds, rounded up.
        (600, 61, 1, 2, 120),
    ])
    func `the step gives the window its samples, within the limits`(
        _ baseline: Int64, _ window: Int64, _ minimum: Int64, _ step: Int64, _ rateWindow: Int64
    ) throws {
        let range = try #require(made(baseline: baseline, window: window, minimum: .seconds(minimum)))
        #expect(range.step == .seconds(step))
        #expect(range.rateWindow == .seconds(rateWindow))
        #expect(range.start.seconds % step == 0 && range.end.seconds % step == 0)
        #expect((range.end.seconds - range.start.seconds) / step + 1 <= MetricRange.maximumPoints)
    }

    @Test func `the instants lie inside, on multiples of the step`() throws {
        let range = try #require(made(from: 1_800_000_007))
        #expect(range.start.seconds == 1_800_000_020)
        // Baseline and window end at …4807, which is after …4800.
        #expect(range.end.seconds == 1_800_004_800)
        let exact = try #require(made(from: 1_800_000_000))
        #expect(exact.start.seconds == 1_800_000_000)
        // The end itself is no part of the window.
        #expect(exact.end.seconds == 1_800_004_780)
    }

    @Test func `the same alert a second later asks nearly the same question`() throws {
        let first = try #require(made(from: 1_800_000_001))
        let second = try #require(made(from: 1_800_000_002))
        #expect(first == second)
    }

    @Test func `an empty baseline is not asked about`() throws {
        let window = TimeWindow(start: Timestamp(seconds: 6000), end: Timestamp(seconds: 7200))
        let empty = TimeWindow(start: Timestamp(seconds: 0), end: Timestamp(seconds: 0))
        let range = try #require(MetricRange(baseline: empty, window: window, minimumStep: .seconds(15)))
        #expect(range.start.seconds == 6000)
    }

    @Test(arguments: [
        TimeWindow(start: Timestamp(seconds: 60), end: Timestamp(seconds: 60)),
        TimeWindow(start: Timestamp(nanoseconds: .min), end: Timestamp(seconds: 60)),
        TimeWindow(start: Timestamp(milliseconds: 1), end: Timestamp(milliseconds: 2)),
    ])
    func `a time without an instant to ask about has no range`(_ window: TimeWindow) {
        #expect(MetricRange(baseline: window, window: window, minimumStep: .seconds(15)) == nil)
    }

    @Test func `wild times do not trap`() {
        let all = TimeWindow(start: Timestamp(seconds: 0), end: Timestamp(nanoseconds: .max))
        #expect(MetricRange(baseline: all, window: all, minimumStep: .seconds(1)) != nil)
        #expect(MetricRange(baseline: all, window: all, minimumStep: .zero) != nil)
    }
}
