import Telemetry

/// For how many of the window's traces each one counts that was looked at.
struct TraceWeights {
    let basis: Impact.Basis
    /// nil where each counts for itself.
    private let weights: [TraceID: Double]?

    /// - Parameter evidence: its sample tells how its traces were chosen. Without one, more traces than were taken, or
    ///   nobody knows how many, are taken for a choice with the failing ones first, as every search for a cause makes it.
    init(_ evidence: Evidence) {
        guard let sample = evidence.traceSample else {
            let isPart = evidence.samplings.contains { $0.source == .traces && $0.taken < $0.total ?? .max }
            (basis, weights) = (isPart ? .failuresFirst : .all, nil)
            return
        }
        if sample.isEverything {
            (basis, weights) = (.all, nil)
        } else if let known = sample.weights {
            (basis, weights) = (
                sample.isComplete ? .estimated(of: sample.counted) : .estimatedOfPart(sample.counted), known
            )
        } else {
            (basis, weights) = (.failuresFirst, nil)
        }
    }

    var isEstimate: Bool { weights != nil }

    /// 0 for one that is none of those that were counted. A build of which only the log is there has no trace that could
    /// have been counted.
    subscript(trace: TraceID) -> Double { weights.map { $0[trace] ?? 0 } ?? 1 }

    /// How many all of them stand for.
    func count(_ traces: [TraceID]) -> Int { Self.whole(traces.reduce(0) { $0 + self[$1] }) }

    /// Counts of the evidence may be of any size; beyond this one a double does not count one by one any more.
    static func whole(_ count: Double) -> Int { Int(min(max(count.rounded(), 0), largest)) }

    private static let largest = 0x1p53
}
