/// How long the builds of one job usually take, and their parts: from those of the baseline that ended well.
struct JobPace: Hashable, Sendable {
    let builds: Int
    let total: Robust
    let queue: Robust
    let gaps: Robust
    private let stages: [String: Robust]
    private let steps: [BuildTimes.Place: Robust]

    /// A median of fewer says little.
    static let fewestBuilds = 3

    /// nil when there are too few builds.
    init?(_ times: [BuildTimes]) {
        guard times.count >= Self.fewestBuilds, let total = Robust(times.map(\.total)),
            let queue = Robust(times.map(\.queue)), let gaps = Robust(times.map(\.gaps))
        else { return nil }
        builds = times.count
        self.total = total
        self.queue = queue
        self.gaps = gaps
        // What a build did not do took no time.
        stages = Self.parts(times.map(\.stages))
        steps = Self.parts(times.map(\.steps))
    }

    /// What a new stage or step took before is nothing.
    func stage(_ name: String) -> Double { stages[name]?.median ?? 0 }

    func step(_ place: BuildTimes.Place) -> Double { steps[place]?.median ?? 0 }

    private static func parts<Key: Hashable>(_ builds: [[Key: Double]]) -> [Key: Robust] {
        var parts: [Key: Robust] = [:]
        for key in Set(builds.flatMap(\.keys)) { parts[key] = Robust(builds.map { $0[key] ?? 0 }) }
        return parts
    }
}

extension Robust {
    /// Half as long again as usual, and beyond what the baseline itself varies by.
    func isExceeded(by value: Double) -> Bool {
        let spread = max(deviation, median * Self.leastSpread)
        return value >= median * Self.noticeable && value - median >= spread * Self.clearly
    }

    private static let noticeable = 1.5
    /// Deviations, as for any signal.
    private static let clearly = 3.0
    /// Builds vary by more than a few equal ones show.
    private static let leastSpread = 0.1
}
