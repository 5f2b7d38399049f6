import Telemetry

/// A value that runs that went wrong have far more often than the others at the same time: "only on node X".
struct Overrepresentation: Hashable, Sendable {
    enum Kind: Int, Hashable, Sendable, Comparable {
        /// Runs in which a failure begins, in them or below.
        case failing
        /// Runs that take longer by their own part than 19 of 20 did before.
        case slow
        /// Failed builds.
        case builds

        static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    let kind: Kind
    /// Whose runs were compared.
    let service: String
    /// nil when all of the service's operations are taken together.
    let operation: String?
    var label: Label
    /// Runs that went wrong and have the value, and all that went wrong; once a trace.
    let hits: Int
    let of: Int
    /// The same of the runs that went well.
    let elsewhereHits: Int
    let elsewhereOf: Int
    /// By the exact test, and the false-discovery limit that it gives among all tests made.
    let probability: Double
    let limit: Double
    /// How many values the attribute has among these runs.
    let values: Int
    /// How many pods the runs with the value ran in.
    let pods: Int
    /// The value's only node, if it has one.
    let node: String?
    /// The value's only version, if it has one.
    let version: String?
    /// The row of a run that went wrong and has the value: where it failed, or the slow span.
    let row: Int
    /// The services that the failures speak against, this one or those below it.
    let targets: [String]
    /// Whether runs of the time before had the value; nil when there is nothing to compare with.
    let wasThereBefore: Bool?
    /// When the value was first seen in the service's spans, baseline included.
    let firstSeen: Timestamp?
    /// When the first of the hits began.
    let firstHit: Timestamp

    var name: String { label.name }
    var value: String { label.value }
    var role: AttributeRole { label.role }
    /// The share of what went wrong that the value explains.
    var coverage: Double { Double(hits) / Double(max(of, 1)) }
    /// How often runs with the value go wrong, and the others.
    var rate: Double { Double(hits) / Double(max(hits + elsewhereHits, 1)) }
    var rateElsewhere: Double { Double(of - hits) / Double(max(of - hits + elsewhereOf - elsewhereHits, 1)) }
    /// The share of all runs that have the value.
    var share: Double { Double(hits + elsewhereHits) / Double(max(of + elsewhereOf, 1)) }
}
