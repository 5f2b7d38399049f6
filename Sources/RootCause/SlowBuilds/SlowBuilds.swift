import Telemetry

/// Builds of the window that took longer than their own job's builds before, and why.
struct SlowBuilds: Hashable, Sendable {
    /// What the time went to that a build took more than usual.
    enum Reason: Hashable, Sendable {
        /// The queue or an agent.
        case wait
        /// The time between steps.
        case gaps
        case step(BuildTimes.Place)
        case stage(String)
        /// Nothing in particular.
        case everything
    }

    struct Slow: Hashable, Sendable {
        /// The place in the list of builds.
        let build: Int
        let times: BuildTimes
        let pace: JobPace
        let reason: Reason
        /// Seconds more than usual.
        var excess: Double { times.total - pace.total.median }
    }

    /// A build that waited for its agent longer than usual, however it ended.
    struct Wait: Hashable, Sendable {
        let build: Int
        let times: BuildTimes
        let usual: Double
        var excess: Double { times.queue - usual }
    }

    /// Seconds; the autoscaler needs a minute for a node at the best of times.
    private static let leastWait = 60.0
    /// Of the time that a build took more, the share that one part must have to be the reason.
    private static let leadingShare = 0.4

    /// By their start.
    let slow: [Slow]
    let waits: [Wait]
    /// Of finished builds whose job is known from before: all of the window, with their times.
    let compared: [Int: BuildTimes]
    /// By job.
    let paces: [String: JobPace]
    /// Where the time of every finished build of the window went.
    let times: [Int: BuildTimes]
    /// When the first build began that was slow or waited.
    let onset: Timestamp?
    /// Of the builds before, by how much those took longer that were as much slower than their jobs, in their order.
    let ratiosBefore: [Double]
    let countBefore: Int

    init(builds: [Build], spans table: SpanTable, floor: Duration) {
        var contexts: [Int: BuildContext] = [:]
        var times: [Int: BuildTimes] = [:]
        var usual: [String: [BuildTimes]] = [:]
        for (number, build) in builds.enumerated() {
            guard let root = build.root, let trace = build.trace, build.outcome != .stopped else { continue }
            let isBefore = if case .baseline = build.population { build.outcome == .success } else { false }
            guard isBefore || build.population == .window else { continue }
            let context = contexts[trace] ?? BuildContext(table.traceRows[trace].rows, in: table)
            contexts[trace] = context
            let own = BuildTimes(root: root, context: context, in: table)
            if isBefore { usual[build.job, default: []].append(own) } else { times[number] = own }
        }
        let paces = usual.compactMapValues(JobPace.init)
        var ratiosBefore: [Double] = []
        for (job, pace) in paces {
            ratiosBefore += (usual[job] ?? []).map(\.total)
                .filter { $0 >= floor.inSeconds && pace.total.isExceeded(by: $0) }.map { $0 / pace.total.median }
        }
        self.ratiosBefore = ratiosBefore.sorted()
        countBefore = paces.keys.reduce(0) { $0 + (usual[$1]?.count ?? 0) }
        let compared = times.filter { paces[builds[$0.key].job] != nil }
        var slow: [Slow] = []
        var waits: [Wait] = []
        for (number, times) in compared.sorted(by: { $0.key < $1.key }) where times.total >= floor.inSeconds {
            guard let pace = paces[builds[number].job] else { continue }
            if pace.queue.isExceeded(by: times.queue), times.queue - pace.queue.median >= Self.leastWait {
                waits.append(Wait(build: number, times: times, usual: pace.queue.median))
            }
            let build = builds[number]
            // What was repeated on another agent has the loss of the first as its reason.
            guard build.outcome == .success || build.outcome == .unstable, !build.hasLostAnAgent,
                pace.total.isExceeded(by: times.total)
            else { continue }
            slow.append(Slow(build: number, times: times, pace: pace, reason: Self.reason(times, pace)))
        }
        // One that waits for a slow build that it started is slow because of that one.
        self.slow = slow.filter { one in
            !slow.contains { other in
                other.build != one.build && builds[other.build].trace == builds[one.build].trace
                    && builds[other.build].root.map { table.rows[$0].depth } ?? 0 > builds[one.build].root.map {
                        table.rows[$0].depth
                    } ?? 0
            }
        }
        self.waits = waits
        self.times = times
        self.compared = compared
        self.paces = paces
        onset = (self.slow.map(\.build) + waits.map(\.build)).map { builds[$0].start }.min()
    }

    private static func reason(_ times: BuildTimes, _ pace: JobPace) -> Reason {
        let excess = times.total - pace.total.median
        let steps = times.steps.map { (place: $0.key, excess: $0.value - pace.step($0.key)) }
            .sorted { ($1.excess, $0.place) < ($0.excess, $1.place) }
        let stages = times.stages.map { (name: $0.key, excess: $0.value - pace.stage($0.key)) }
            .sorted { ($1.excess, $0.name) < ($0.excess, $1.name) }
        var parts: [(reason: Reason, excess: Double)] = [
            (.wait, times.queue - pace.queue.median), (.gaps, times.gaps - pace.gaps.median),
        ]
        if let first = steps.first { parts.append((.step(first.place), first.excess)) }
        let leading = parts.max { $0.excess < $1.excess }
        if let leading, leading.excess >= leadingShare * excess { return leading.reason }
        if let stage = stages.first, stage.excess >= leadingShare * excess { return .stage(stage.name) }
        return .everything
    }
}
