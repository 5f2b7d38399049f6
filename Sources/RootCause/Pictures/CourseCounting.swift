import Telemetry

/// Counts what happened over time for the chart: what failed, how long it took, or how much there was.
enum CourseCounting {
    /// Where parts begin and end reads well on a clock.
    private static let steps: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800,
    ]
    /// On average in each part, where there are parts enough.
    private static let fewestInPart = 3.0
    private static let fewestParts = 12
    /// A baseline that ends further from the window is told by its figures alone.
    private static let adjoining = Duration.seconds(60)
    /// How many there are a second before the window, as a share of those in it, to be shown beside them.
    private static let leastCloseness = 0.5

    /// One thing that is counted.
    private struct Item {
        let at: Timestamp
        let failed: Bool
        /// Seconds; nil where it is not known.
        let duration: Double?
        let population: Population
    }

    static func course(in scene: Scene, hypotheses: [Hypothesis]) -> Course? {
        let builds = scene.builds.contains { $0.population == .window }
        let top = hypotheses.first
        let measure = measure(in: scene, top: top, builds: builds)
        guard let measure else { return nil }
        let service = builds || measure == .failures ? nil : service(of: top, in: scene)
        let items = builds ? self.builds(in: scene) : service.map { requests(to: $0, in: scene) } ?? traces(in: scene)
        let inWindow = items.count { $0.population == .window }
        let isSample = isSample(scene, counted: inWindow)
        // How many were fetched says nothing of how many there were.
        guard measure != .volume || !isSample else { return nil }
        guard inWindow > 0 || measure == .volume, !items.isEmpty,
            let (start, step, count) = span(scene, items, isVolume: measure == .volume)
        else {
            return nil
        }
        let parts = parts(items, start: start, step: step, count: count)
        let usual = usual(items, scene, step: step)
        if measure == .duration, !isSlower(parts, than: usual) { return nil }
        return Course(
            kind: builds ? .builds : service == nil ? .traces : .requests, measure: measure,
            service: service?.printableLine(atMost: longestName) ?? "", start: start, step: .seconds(step),
            parts: parts, usual: usual,
            onset: scene.onset, marks: marks(top, within: TimeWindow(start: start, end: scene.evidence.window.end)),
            isSample: isSample)
    }

    private static let longestName = 120

    private static func measure(in scene: Scene, top: Hypothesis?, builds: Bool) -> Course.Measure? {
        switch top?.cause {
        case .trafficSurge, .telemetryGap: return .volume
        case .latencyRegression: return .duration
        default: break
        }
        if builds ? !scene.failedBuilds.isEmpty : !scene.failures.traces.isEmpty { return .failures }
        let isSlow = builds ? scene.slowBuilds.onset != nil : scene.blame.first?.signals.first?.kind == .slowness
        return isSlow ? .duration : nil
    }

    /// The service whose requests show it, where the first cause names one that answers requests.
    private static func service(of top: Hypothesis?, in scene: Scene) -> String? {
        let named = top.flatMap { $0.subject.kind == .service ? $0.subject.name : nil }
        return [named, scene.blame.first?.service].compactMap { $0 }.first { scene.spans.serviceNumber($0) != nil }
    }

    // MARK: - What is counted

    private static func builds(in scene: Scene) -> [Item] {
        scene.builds.filter { $0.outcome != .open }.map { build in
            Item(
                at: build.isFailure ? build.failedAt : build.end, failed: build.isFailure,
                duration: (build.end - build.start).inSeconds, population: build.population)
        }
    }

    private static func traces(in scene: Scene) -> [Item] {
        let table = scene.spans
        let failed = Set(scene.failures.traces)
        let failedBefore = Set(scene.failures.originsBefore.map(\.trace))
        return table.traceRows.enumerated().compactMap { number, trace in
            guard trace.compared != .neither, let window = table.traces[number].window else { return nil }
            return Item(
                at: window.start, failed: failed.contains(number) || failedBefore.contains(number),
                duration: window.duration.inSeconds, population: trace.compared)
        }
    }

    private static func requests(to service: String, in scene: Scene) -> [Item] {
        let table = scene.spans
        guard let wanted = table.serviceNumber(service) else { return [] }
        return table.rows.indices.compactMap { number in
            let row = table.rows[number]
            let population = table.traceRows[Int(row.trace)].compared
            guard population != .neither, table.service(of: number) == wanted,
                row.parent < 0 || table.service(of: Int(row.parent)) != wanted
            else { return nil }
            return Item(
                at: Timestamp(nanoseconds: row.start), failed: row.failed, duration: Double(row.duration) * 1e-9,
                population: population)
        }
    }

    // MARK: - Into parts

    /// The window, and as much of the quiet time before it, in parts that are not too small.
    ///
    /// Of the quiet time fewer traces are fetched than of the window. Where they stand much less close, the quiet time
    /// would look as if less had been going on; it is then told by its figures alone.
    private static func span(_ scene: Scene, _ items: [Item], isVolume: Bool) -> (
        start: Timestamp, step: Int64, count: Int
    )? {
        let window = scene.evidence.window
        let quiet = scene.spans.stretches.baseline
        var first = window.start
        if quiet.duration > .zero, quiet.end <= window.start, window.start - quiet.end <= adjoining {
            let start = max(quiet.start, window.start - window.duration)
            let before = TimeWindow(start: start, end: window.start)
            let rate = rate(items, in: before)
            if isVolume || rate > 0 && rate >= leastCloseness * self.rate(items, in: window) { first = start }
        }
        let length = window.end.seconds - first.seconds
        guard length > 0 else { return nil }
        let shown = Double(items.count { $0.at >= first && $0.at < window.end })
        let step = steps.first { step in
            let parts = Double(length) / Double(step)
            return parts <= Double(Course.mostParts - 1)
                && (shown / parts >= fewestInPart || parts <= Double(fewestParts))
        }
        guard let step else { return nil }
        let start = first.seconds - ((first.seconds % step) + step) % step
        let count = Int((window.end.seconds - start + step - 1) / step)
        return (Timestamp(seconds: start), step, min(count, Course.mostParts))
    }

    private static func rate(_ items: [Item], in window: TimeWindow) -> Double {
        Double(items.count { window.contains($0.at) }) / max(window.duration.inSeconds, 1)
    }

    private static func parts(_ items: [Item], start: Timestamp, step: Int64, count: Int) -> [Course.Part] {
        var groups = [[Item]](repeating: [], count: count)
        for item in items where item.at >= start {
            let place = (item.at.seconds - start.seconds) / step
            if place < count { groups[Int(place)].append(item) }
        }
        return groups.map { group in
            Course.Part(total: group.count, failed: group.count { $0.failed }, slow: slow(group))
        }
    }

    private static func usual(_ items: [Item], _ scene: Scene, step: Int64) -> Course.Usual? {
        let before = items.filter { $0.population.isBaseline }
        let length = scene.spans.stretches.baseline.duration.inSeconds
        guard !before.isEmpty, length > 0 else { return nil }
        return Course.Usual(
            total: Double(before.count) * Double(step) / length,
            failedShare: Double(before.count { $0.failed }) / Double(before.count), slow: slow(before))
    }

    /// Whether a reader would see it: otherwise the chart says nothing.
    private static func isSlower(_ parts: [Course.Part], than usual: Course.Usual?) -> Bool {
        guard let usual = usual?.slow, let most = parts.compactMap(\.slow).max() else { return true }
        return most.inSeconds >= visibly * usual.inSeconds
    }

    private static let visibly = 1.25

    private static func slow(_ items: [Item]) -> Duration? {
        items.compactMap(\.duration).sorted().quantile(slowShare).map { .microseconds(Int64($0 * 1e6)) }
    }

    private static let slowShare = 0.95

    /// When the cause happened, where the cluster tells of it.
    private static func marks(_ top: Hypothesis?, within window: TimeWindow) -> [Course.Mark] {
        guard let top, top.cause != .unknown else { return [] }
        let told = top.evidence.filter { [.events, .nodes, .pods].contains($0.source) && $0.weight > 0 }
        return told.compactMap(\.at).filter(window.contains).min().map { [Course.Mark(at: $0, cause: top.cause)] } ?? []
    }

    private static func isSample(_ scene: Scene, counted: Int) -> Bool {
        if let sample = scene.evidence.traceSample, !sample.isEverything || sample.counted > counted { return true }
        return scene.evidence.samplings.contains {
            $0.source == .traces && ($0.total.map { total in total > counted } ?? true)
        }
    }
}
