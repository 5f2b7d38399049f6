import FoundationEssentials
import Telemetry

/// The report as JSON of the schema `sabueso/feedback/v1`. Shares are from 0 to 1; the schema is additive.
package struct FeedbackJSON: Encodable, Sendable {
    private let schema = "sabueso/feedback/v1"
    private let votes: Int
    private let incidents: Int
    private let causes: [Tally]
    private let signatures: [Tally]

    package init(_ report: FeedbackReport) {
        votes = report.votes
        incidents = report.incidents
        causes = report.causes.map(Tally.init)
        signatures = report.signatures.map(Tally.init)
    }

    private struct Tally: Encodable {
        let name: String
        let votes: Int
        let right: Int
        let wrong: Int
        let incidents: Int
        let shareRight: Double
        let shareRightInterval: Interval
        let claimedConfidence: Double
        /// What a confidence of 0.9 is shown as.
        let correctedFromNineTenths: Double?
        let keepsBeingWrong: Bool
        let misses: [Miss]

        init(_ tally: FeedbackReport.Tally) {
            name = tally.name
            votes = tally.votes
            right = tally.right
            wrong = tally.wrong
            incidents = tally.incidents
            shareRight = Self.rounded(tally.shareRight)
            shareRightInterval = Interval(
                lower: Self.rounded(tally.interval.lowerBound), upper: Self.rounded(tally.interval.upperBound))
            claimedConfidence = Self.rounded(tally.claimed)
            correctedFromNineTenths = tally.ninetyIsShownAs.map(Self.rounded)
            keepsBeingWrong = tally.keepsBeingWrong
            misses = tally.misses.map { miss in
                Miss(
                    incident: "\(miss.incident)", at: "\(miss.at)", author: miss.author, cause: miss.cause,
                    actualCause: miss.actualCause)
            }
        }

        /// To four digits: more would be noise.
        private static func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
    }

    private struct Interval: Encodable {
        let lower: Double
        let upper: Double
    }

    private struct Miss: Encodable {
        let incident: String
        let at: String
        let author: String
        let cause: String
        let actualCause: String?
    }
}
