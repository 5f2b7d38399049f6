package import Languages

/// How sure a cause is, in the words that a reader gets.
package enum Certainty: Hashable, Sendable, CaseIterable {
    case veryLikely, likely, possible
    /// Too unsure to be called a cause: where to look next.
    case lead

    /// The bounds are those of the reader's promise: of what is "very likely", nine in ten should hold.
    package init(confidence: Double) {
        switch Self.percent(confidence) {
        case 90...: self = .veryLikely
        case 70...: self = .likely
        case 40...: self = .possible
        default: self = .lead
        }
    }

    /// As it stands before the number: "very likely (94 %)".
    package var word: Phrase {
        switch self {
        case .veryLikely: "very likely"
        case .likely: "likely"
        case .possible: "possible"
        case .lead: "only a lead"
        }
    }

    /// "94 %"
    package static func text(confidence: Double) -> String { "\(percent(confidence)) %" }

    /// Rounded, but never up to a bound that was not reached, so that the number never contradicts the word beside it, and
    /// never 100: there is always a doubt.
    private static func percent(_ confidence: Double) -> Int {
        guard confidence.isFinite else { return 0 }
        let exact = min(max(confidence, 0), 0.99) * 100
        let rounded = Int(exact.rounded())
        let isBeyond = bounds.contains { Double($0) > exact + 1e-9 && $0 <= rounded }
        return isBeyond ? rounded - 1 : rounded
    }

    private static let bounds = [40, 70, 90]
}
