import Telemetry
import Testing

@testable import RootCause

/// Builds that are slow as some are on any day.
struct SlowByChanceTests {
    /// Stages of a build that takes so many times as long as usual.
    private static func stages(_ times: Double) -> [Pipeline.Stage] {
        [Pipeline.Stage(name: "Test", seconds: 240 * times)]
    }

    /// Four builds of each job before the window; one of each in it, of which the first ones are slow.
    private static func story(jobs: Int, slow: Int, times: Double = 1.8) -> Story {
        var story = Story()
        let names = (0..<jobs).map { "team\($0)/main" }
        Pipeline.usual(&story, jobs: names, stages: stages(1))
        for (place, job) in names.enumerated() {
            let pipeline = Pipeline(job: job, number: 20, stages: stages(place < slow ? times : 1))
            pipeline.add(to: &story, at: 100 - pipeline.seconds)
        }
        return story
    }

    private func leading(_ story: Story) -> Hypothesis? {
        story.diagnosis().hypotheses.first { $0.cause == .latencyRegression }
    }

    @Test func `one of many builds that is slow is no cause`() {
        let diagnosis = Self.story(jobs: 24, slow: 1).diagnosis()
        #expect(diagnosis.verdict == "unknown")
    }

    @Test func `as many slow builds as no other day has are one`() {
        #expect((leading(Self.story(jobs: 24, slow: 6))?.confidence ?? 0) >= 0.5)
    }

    @Test func `the only job that is known and is slow is slow`() {
        #expect((leading(Self.story(jobs: 1, slow: 1))?.confidence ?? 0) >= 0.4)
    }
}
