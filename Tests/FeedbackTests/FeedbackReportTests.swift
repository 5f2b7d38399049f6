import Feedback
import Journal
import Telemetry
import TestSupport
import Testing

@Suite struct FeedbackReportTests {
    static func vote(
        _ incident: Int64, _ author: String = "on-call", cause: String = "spot-eviction", signature: String? = nil,
        confidence: Double = 0.94, isRight: Bool = true, actual: String? = nil
    ) -> Vote {
        Vote(
            incident: IncidentID(number: incident), author: author,
            at: Timestamp(seconds: 1_795_000_000 + incident * 3_600), cause: cause, signature: signature,
            confidence: confidence, isRight: isRight, actualCause: actual)
    }

    static let votes =
        (1...9).map { vote($0) } + [vote(10, isRight: false, actual: "node-lost")]
        + (11...14).map {
            vote($0, cause: "agent-disconnected", confidence: 0.8, isRight: false, actual: $0 < 14 ? "node-lost" : nil)
        }
        + [vote(15, cause: "agent-disconnected", confidence: 0.8)]
        + [
            vote(16, cause: "scm-failure", signature: "git-auth", confidence: 0.7),
            vote(16, "second", cause: "scm-failure", signature: "git-auth", confidence: 0.7, isRight: false),
        ]

    @Test func `each cause has its votes, its share with how sure it is, and what it really was`() throws {
        let report = FeedbackReport(votes: Self.votes)
        #expect(report.votes == 17 && report.incidents == 16)
        #expect(report.causes.map(\.name) == ["agent-disconnected", "spot-eviction", "scm-failure"])
        let spot = report.causes[1]
        #expect((spot.votes, spot.right, spot.wrong, spot.incidents) == (10, 9, 1, 10))
        #expect(spot.shareRight == 0.9 && !spot.keepsBeingWrong)
        // Of 9 in 10, from tables of Wilson's interval: 0.596 to 0.982.
        #expect(abs(spot.interval.lowerBound - 0.5958) < 1e-3 && abs(spot.interval.upperBound - 0.9821) < 1e-3)
        let lost = report.causes[0]
        #expect(lost.keepsBeingWrong, "1 of 5 is right where 80 % were claimed, and 62 % at best")
        #expect(lost.misses.map(\.incident.number) == [14, 13, 12, 11], "the newest first")
        #expect(lost.actualCauses.map(\.cause) == ["node-lost", nil] && lost.actualCauses.map(\.count) == [3, 1])
        #expect((lost.ninetyIsShownAs ?? 1) < 0.8)
    }

    @Test func `an incident on which people disagree is half right, and signatures are told by themselves`() throws {
        let signature = try #require(FeedbackReport(votes: Self.votes).signatures.first)
        #expect(signature.name == "git-auth" && signature.shareRight == 0.5 && signature.incidents == 1)
        #expect((signature.votes, signature.right, signature.wrong) == (2, 1, 1))
    }

    @Test func `few misses are not called a habit`() {
        let two = (1...2).map { Self.vote($0, isRight: false) }
        #expect(FeedbackReport(votes: two).causes[0].keepsBeingWrong == false)
        let three = (1...3).map { Self.vote($0, isRight: false) }
        #expect(FeedbackReport(votes: three).causes[0].keepsBeingWrong)
    }

    @Test(arguments: 0..<20) func `the order of the votes does not matter`(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let shuffled = FeedbackReport(votes: Self.votes.shuffled(using: &random))
        #expect(shuffled == FeedbackReport(votes: Self.votes))
    }

    @Test(arguments: [(0.0, 0), (0, 3), (3, 3), (1.5, 4), (40, 41)])
    func `the interval has the share in it and stays within 0 and 1`(hits: Double, count: Int) {
        let votes = (0..<Int64(count)).map { Self.vote($0 + 1, isRight: Double($0) < hits.rounded(.down)) }
        guard let tally = FeedbackReport(votes: votes).causes.first else { return }
        #expect(tally.interval.contains(tally.shareRight))
        #expect(tally.interval.lowerBound >= 0 && tally.interval.upperBound <= 1)
        #expect(tally.interval.upperBound > tally.interval.lowerBound)
    }

    @Test func `as text and as JSON`() throws {
        let report = FeedbackReport(votes: Self.votes)
        try Golden.check(FeedbackText(report).text, "Feedback/report.txt")
        try Golden.check(FeedbackMetrics(report).text, "Feedback/metrics.txt")
        #expect(FeedbackText(FeedbackReport(votes: [])).text.hasPrefix("Nobody has voted yet"))
        #expect(FeedbackMetrics(FeedbackReport(votes: [])).text.isEmpty)
    }

    @Test func `what people write is harmless on a terminal and in metrics`() {
        let votes = (1...3).map {
            Self.vote($0, "\u{1B}[31mx\u{202E}", cause: "a\"\n\\b", isRight: false, actual: "x\u{7}\ny")
        }
        let report = FeedbackReport(votes: votes)
        let text = FeedbackText(report).text
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{7}"))
        #expect(FeedbackMetrics(report).text.contains(#"{cause="a\"\n\\b",verdict="wrong"} 3"#))
    }

    @Test func `metrics stay bounded whatever is in the journal`() {
        let votes = (1...500).map { Self.vote($0, cause: "cause-\($0)") }
        let lines = FeedbackMetrics(FeedbackReport(votes: votes)).text.split(separator: "\n")
        #expect(lines.count == 1 + 2 * 61)
        #expect(lines.contains(#"sabueso_feedback_votes{cause="(others)",verdict="right"} 440"#))
    }
}
