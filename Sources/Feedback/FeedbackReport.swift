package import Journal
import Reporting
package import Telemetry

/// What people said of the causes that were named: for each cause, and for each signature that found one, how often it
/// was right, how sure that is, and what it was when it was wrong.
package struct FeedbackReport: Hashable, Sendable {
    /// The votes on one cause or signature.
    package struct Tally: Hashable, Sendable {
        /// `spot-eviction`, or the id of a signature.
        package let name: String
        /// One a person and incident.
        package let votes: Int
        package let right: Int
        package let incidents: Int
        /// Of the incidents, each counted once however many people voted on it.
        package let shareRight: Double
        /// Where the true share lies with 95 % confidence (Wilson).
        package let interval: ClosedRange<Double>
        /// The mean confidence with which it was named.
        package let claimed: Double
        /// What a confidence of 90 % is shown as, after these votes; nil for a signature, whose votes count for its cause.
        package let ninetyIsShownAs: Double?
        /// Wrong in at least three incidents, and even the upper end of the interval is less than what was claimed.
        package let keepsBeingWrong: Bool
        /// Those that said it was wrong, the newest first.
        package let misses: [Miss]

        package var wrong: Int { votes - right }

        /// What it was in their stead, the most frequent first; nil for those who did not say.
        package var actualCauses: [(cause: String?, count: Int)] {
            Dictionary(grouping: misses, by: \.actualCause).map { (cause: $0.key, count: $0.value.count) }
                .sorted { left, right in
                    if left.count != right.count { return left.count > right.count }
                    guard let first = left.cause, let second = right.cause else { return left.cause != nil }
                    return first < second
                }
        }
    }

    /// One vote against a cause.
    package struct Miss: Hashable, Sendable {
        package let incident: IncidentID
        package let at: Timestamp
        package let author: String
        /// The cause that was named: of a signature's misses too.
        package let cause: String
        /// What it really was; nil where nobody said.
        package let actualCause: String?
    }

    /// With fewer wrong incidents it is chance.
    static let fewestWrongIncidents = 3.0

    /// Those that keep being wrong first, then the most voted on.
    package let causes: [Tally]
    package let signatures: [Tally]
    package let votes: Int
    package let incidents: Int
    /// nil when nobody voted.
    package let newest: Timestamp?

    /// In whatever order the votes are given.
    package init(votes: [Vote]) {
        causes = Self.tallies(votes, areCauses: true) { $0.cause }
        signatures = Self.tallies(votes.filter { $0.signature != nil }, areCauses: false) { $0.signature ?? "" }
        self.votes = votes.count
        incidents = Set(votes.map(\.incident)).count
        newest = votes.map(\.at).max()
    }

    private static func tallies(_ votes: [Vote], areCauses: Bool, by name: (Vote) -> String) -> [Tally] {
        Dictionary(grouping: votes, by: name).map { Tally(name: $0.key, votes: $0.value, isCause: areCauses) }
            .sorted { left, right in
                if left.keepsBeingWrong != right.keepsBeingWrong { return left.keepsBeingWrong }
                return (right.votes, left.name) < (left.votes, right.name)
            }
    }
}

extension FeedbackReport.Tally {
    /// Ninety in a hundred: the least that is called "very likely".
    private static let veryLikely = 0.9

    fileprivate init(name: String, votes: [Vote], isCause: Bool) {
        let record = TrackRecord(
            votes.map {
                TrackRecord.Verdict(
                    incident: "\($0.incident)", cause: name, confidence: $0.confidence, isRight: $0.isRight)
            })
        let entry = record[name]
        let (held, incidents) = (entry?.held ?? 0, entry?.incidents ?? 0)
        self.name = name
        self.votes = votes.count
        self.incidents = incidents
        right = votes.count(where: \.isRight)
        shareRight = incidents > 0 ? held / Double(incidents) : 0
        interval = WilsonInterval.bounds(hits: held, of: incidents)
        claimed = entry?.claimed ?? 0
        ninetyIsShownAs = !isCause ? nil : record.correction(of: Self.veryLikely, for: name).confidence
        keepsBeingWrong =
            Double(incidents) - held >= FeedbackReport.fewestWrongIncidents && interval.upperBound < claimed
        misses = votes.filter { !$0.isRight }
            .map {
                FeedbackReport.Miss(
                    incident: $0.incident, at: $0.at, author: $0.author, cause: $0.cause, actualCause: $0.actualCause)
            }
            .sorted { ($1.at, $1.incident, $0.author) < ($0.at, $0.incident, $1.author) }
    }
}
