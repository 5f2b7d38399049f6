import Languages
import Telemetry

/// Whether builds are slow as some always are: of many builds a few take half as long again, for no reason that lasts.
struct SlowByChance: Hashable, Sendable {
    /// How likely as many slow builds are, if builds were as before: in one job, whichever it is, or in all.
    let probability: Double
    let builds: Int
    let compared: Int

    /// As likely as this, it is what happens every day.
    private static let likely = 0.05
    /// Where none of few builds before was so slow, the share that is assumed to be.
    private static let assumed = 0.01

    var isLikely: Bool { probability > Self.likely }

    /// - Parameter slow: those that a hypothesis is about.
    init(_ slow: [SlowBuilds.Slow], in scene: Scene) {
        let all = scene.slowBuilds
        let ratios = slow.map(\.ratio)
        let comparedOfJob = Dictionary(grouping: all.compared.keys) { scene.builds[$0].job }.mapValues(\.count)
        var least = 1.0
        for ratio in ratios {
            let known = all.ratiosBefore.count { $0 >= ratio }
            let share = (Double(known) + 0.5) / Double(all.countBefore + 1)
            let usual = known == 0 ? min(share, Self.assumed) : share
            let hits = slow.filter { $0.ratio >= ratio }
            least = min(least, Self.tail(hits.count, of: all.compared.count, at: usual))
            for (job, own) in Dictionary(grouping: hits, by: { scene.builds[$0.build].job }) {
                let ofJob = Self.tail(own.count, of: comparedOfJob[job] ?? own.count, at: usual)
                least = min(least, ofJob * Double(max(comparedOfJob.count, 1)))
            }
        }
        probability = least
        builds = slow.count
        compared = all.compared.count
    }

    func finding(weight: Double) -> Finding {
        Finding(
            .traces, text: "of \(Words.count(compared, "build")), \(builds) so slow are no more than usual",
            weight: weight)
    }

    /// The binomial probability of at least so many.
    private static func tail(_ hits: Int, of total: Int, at share: Double) -> Double {
        guard hits > 0 else { return 1 }
        guard hits <= total, share < 1 else { return share < 1 ? 0 : 1 }
        return (hits...total).reduce(0) { sum, count in
            sum
                + Exponential.exp(
                    ExactTest.logChoose(total, count) + Double(count) * Exponential.log(share)
                        + Double(total - count) * Exponential.log(1 - share))
        }
    }
}

extension SlowBuilds.Slow {
    /// How many times as long as usual it took.
    fileprivate var ratio: Double { pace.total.median > 0 ? times.total / pace.total.median : .infinity }
}
