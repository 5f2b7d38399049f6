import Telemetry

/// Metrics that left their range, and above all resources that are used up.
///
/// There are hundreds of series, of which some always jump: that one changed says little, and the latency, errors and
/// traffic of a service are symptoms that traces locate better. That a pod uses all the processor time or memory it may
/// have, is held back by the kernel, or was started anew is a fact, whatever the others do.
enum MetricSignals {
    /// In standard errors, what a resource counts that is used up and was not before: as much as a trace signal that is
    /// beyond all doubt.
    private static let exhausted = 8.0
    /// Used to this share, a resource begins to be short; at the second it is.
    private static let scarce = 0.7
    private static let full = 0.95
    /// Of the periods, the share in which a container was held back that counts as `full`.
    private static let throttled = 0.5
    /// A restart is worth a look; what it did to anybody, traces and logs have to say.
    private static let restarted = 2.5
    /// A change of this many deviations is as clear as one can be with so few samples.
    private static let mostDeviations = 6.0
    private static let fewestSiblings = 5
    /// The least deviation that is believed in, as a share of the usual value.
    private static let leastDeviation = 0.1
    private static let fewestBefore = 3

    /// - Parameter nodes: where pods run, by their names.
    static func find(in metrics: MetricTable, nodes: [String: String] = [:]) -> [Signal] {
        let changes = metrics.rows.map(change)
        let siblings = Dictionary(grouping: metrics.rows.indices, by: { metrics.rows[$0].name })
        return metrics.rows.indices.compactMap { number in
            let row = metrics.rows[number]
            guard !row.isOfNode, let service = row.service else { return nil }
            let usual = row.usual ?? 0
            let certain = certainty(of: row, usual: usual)
            let rarity = rarity(of: number, among: siblings[row.name] ?? [], changes: changes, row: row)
            let z = max(certain, min(changes[number], rarity) * weight(of: row.meaning))
            guard z > 0 else { return nil }
            return Signal(
                .metrics, service: service, z: z, operation: row.name, before: usual, after: row.worst,
                count: row.after.count,
                metric: Signal.Metric(
                    meaning: row.meaning, pod: row.pod, node: row.node ?? row.pod.flatMap { nodes[$0] },
                    pods: Set(
                        (siblings[row.name] ?? []).filter { metrics.rows[$0].service == service }.map {
                            metrics.rows[$0].pod
                        }
                    ).count, scale: row.scale, isExhausted: certain > 0))
        }
    }

    /// Nodes whose processors or memory are used up and were not before, with how surely in 0...1.
    static func exhaustedNodes(in metrics: MetricTable, nodes: [String: String]) -> [(node: String, certainty: Double)]
    {
        var found: [String: Double] = [:]
        for row in metrics.rows where row.isOfNode {
            guard let node = row.node ?? row.pod.flatMap({ nodes[$0] }) else { continue }
            let certain = certainty(of: row, usual: row.usual ?? 0) / exhausted
            if certain > 0 { found[node] = max(found[node] ?? 0, certain) }
        }
        return found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// How rare a change as large as this one is: among the series of the same metric, or, where there are too few of
    /// them, among the values that the series itself had before. In standard errors.
    private static func rarity(of number: Int, among siblings: [Int], changes: [Double], row: MetricTable.Row) -> Double
    {
        guard siblings.count >= fewestSiblings else {
            let rank = ExactTest.z(ofTail: 1 / Double(row.before.count + 1))
            // Of few series, rank says little, but a queue that is a thousand times longer than ever needs no siblings.
            guard row.meaning == .queue, let most = row.before.max(), row.worst > most else {
                return rank
            }
            return max(rank, min(Exponential.log(row.worst / max(most, 1)) / Exponential.log(2), mostDeviations))
        }
        let larger = siblings.count { changes[$0] >= changes[number] }
        return ExactTest.z(ofTail: Double(larger) / Double(siblings.count + 1))
    }

    /// What is known without a comparison of chances: exhaustion and restarts; 0 where there is none.
    static func certainty(of row: MetricTable.Row, usual: Double) -> Double {
        switch row.meaning {
        case .cpu, .memory:
            guard let scale = row.scale else { return 0 }
            return exhausted * rise(from: usual / scale, to: row.worst / scale, full: full)
        case .throttling:
            guard let scale = row.scale else { return 0 }
            return exhausted * rise(from: usual / scale, to: row.worst / scale, full: throttled)
        case .restarts:
            // A gauge of all restarts so far counts by its growth, a counter's increases by themselves.
            let isCounter = MetricVocabulary.isCounter(row.name)
            let grown = isCounter ? row.after.reduce(0, +) : row.worst - (row.before.last ?? row.worst)
            return grown >= 1 && usual < 1 || grown >= 1 && !isCounter ? restarted : 0
        case .queue, .latency, .errors, .success, .traffic: return 0
        }
    }

    /// 0 to 1: how used up it is, times how much of that is new.
    private static func rise(from before: Double, to after: Double, full: Double) -> Double {
        let start = full * scarce / self.full
        guard after > start, after > before else { return 0 }
        let level = min(1, (after - start) / (full - start))
        return level * min(1, (after - max(before, 0)) / after)
    }

    /// Deviations from the values before, towards the bad side.
    private static func change(of row: MetricTable.Row) -> Double {
        guard row.before.count >= fewestBefore, let usual = Robust(row.before) else { return 0 }
        let difference = row.meaning == .success ? usual.median - row.worst : row.worst - usual.median
        let deviation = max(usual.deviation, abs(usual.median) * leastDeviation)
        guard deviation > 0 else { return 0 }
        // Values that were seen before are no change, however rare they were.
        let known = row.meaning == .success ? row.before.min() ?? 0 : row.before.max() ?? 0
        guard row.meaning == .success ? row.worst < known : row.worst > known else { return 0 }
        return min(max(0, difference / deviation), mostDeviations)
    }

    /// What a change says, of what its rarity would allow: where it began is seldom where it shows.
    private static func weight(of meaning: MetricMeaning) -> Double {
        switch meaning {
        case .cpu, .memory, .queue, .throttling, .errors, .success: 0.5
        case .latency: 0.3
        case .traffic: 0.2
        case .restarts: 0
        }
    }
}
