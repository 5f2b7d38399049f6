/// Runs that are alike and happened at the same time, of which some went wrong: what is compared to find out what those
/// have in common.
struct RunPopulation: Sendable {
    struct Run: Sendable {
        /// The row whose labels count: where the service was entered, or the call itself.
        let row: Int
        let trace: Int
        /// Runs are compared with runs of the same stratum: the operation.
        let stratum: Int
        let isHit: Bool
        /// The row to show: where the failure began.
        let sample: Int
        let start: Int64
    }

    /// Where to look for what the runs have in common.
    enum Labels: Sendable {
        case placeAndRequest, place, request
    }

    let kind: Overrepresentation.Kind
    let service: Int
    /// nil for all of the service's operations that have hits.
    let operation: Int?
    let labels: Labels
    /// One for each trace, in the order of the traces; of several, one that went wrong.
    let runs: [Run]
    /// Of the baseline.
    let before: [Run]

    var hits: Int { runs.count { $0.isHit } }

    /// A share of the hits that may lie outside of the time that is compared, when there are this many.
    private static let strayShare = 0.05
    private static let manyHits = 20

    /// Without the runs outside of the time in which things go wrong. They would make everything that came or went
    /// meanwhile, a pod, a version, look related.
    var contemporary: RunPopulation {
        let starts = runs.filter(\.isHit).map(\.start).sorted()
        guard let first = starts.first, let last = starts.last else { return self }
        let stray = Int(Self.strayShare * Double(starts.count))
        let from = starts.count >= Self.manyHits ? starts[stray] : first
        return RunPopulation(
            kind: kind, service: service, operation: operation, labels: labels,
            runs: runs.filter { from <= $0.start && $0.start <= last }, before: before)
    }

    /// All of the service's operations together: a bad pod is bad at everything.
    static func pooled(_ parts: [RunPopulation]) -> RunPopulation? {
        guard parts.count > 1, let first = parts.first else { return nil }
        return RunPopulation(
            kind: first.kind, service: first.service, operation: nil, labels: .place,
            runs: oncePerTrace(parts.flatMap(\.runs)), before: oncePerTrace(parts.flatMap(\.before)))
    }

    /// Of several runs of one trace, one that went wrong.
    static func oncePerTrace(_ runs: [Run]) -> [Run] {
        let sorted = runs.sorted {
            ($0.trace, $0.isHit ? 0 : 1, $0.row) < ($1.trace, $1.isHit ? 0 : 1, $1.row)
        }
        return sorted.enumerated().filter { index, run in
            index == 0 || sorted[index - 1].trace != run.trace
        }.map(\.element)
    }
}
