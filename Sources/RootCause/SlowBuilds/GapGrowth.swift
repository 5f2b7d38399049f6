import Languages
import Telemetry

/// The controller takes longer from one step to the next in nearly all jobs: what an overloaded controller looks like in
/// traces.
///
/// A job's own gaps may grow because its pipeline changed; those of all jobs have one thing in common.
struct GapGrowth: Hashable, Sendable {
    /// Jobs in which the time between steps grew, by name.
    let jobs: [String]
    /// How many jobs could be compared.
    let comparedJobs: Int
    /// Builds of the window in those jobs.
    let builds: Int
    /// Seconds between steps in a build, the median over the builds.
    let before: Double
    let after: Double
    /// When the first of those builds began.
    let since: Timestamp

    private static let fewestJobs = 2
    private static let mostJobs = 0.8
    private static let growth = 2.0
    /// Seconds; less is noise of the exporter's clock.
    private static let least = 5.0

    /// nil unless the gaps grew in nearly all jobs.
    static func find(in scene: Scene) -> GapGrowth? {
        let slow = scene.slowBuilds
        let byJob = Dictionary(grouping: slow.compared.keys.sorted()) { scene.builds[$0].job }
        var grown: [String] = []
        var builds: [Int] = []
        for (job, numbers) in byJob.sorted(by: { $0.key < $1.key }) {
            guard let pace = slow.paces[job], let now = Robust(numbers.compactMap { slow.compared[$0]?.gaps }) else {
                continue
            }
            guard now.median >= growth * pace.gaps.median, now.median - pace.gaps.median >= least else { continue }
            grown.append(job)
            builds += numbers
        }
        guard grown.count >= fewestJobs, Double(grown.count) >= mostJobs * Double(byJob.count),
            let before = Robust(grown.compactMap { slow.paces[$0]?.gaps.median }),
            let after = Robust(builds.compactMap { slow.compared[$0]?.gaps }),
            let since = builds.map({ scene.builds[$0].start }).min()
        else { return nil }
        return GapGrowth(
            jobs: grown, comparedJobs: byJob.count, builds: builds.count, before: before.median, after: after.median,
            since: since)
    }

    func finding(weight: Double) -> Finding {
        Finding(
            .traces, at: since,
            text:
                "between steps builds of \(jobs.count) of \(Words.count(comparedJobs, "job")) lose \(Words.duration(seconds: after)), before \(Words.duration(seconds: before))",
            weight: weight)
    }
}
