package import Journal
package import Reporting

extension TrackRecord {
    /// What all stored votes say of the causes.
    package init(votes: [Vote]) {
        self.init(
            votes.map {
                Verdict(
                    incident: "\($0.incident)", cause: $0.cause, confidence: $0.confidence, isRight: $0.isRight)
            })
    }
}
