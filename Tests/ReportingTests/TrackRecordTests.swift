import Languages
import Reporting
import RootCause
import TestSupport
import Testing

@Suite struct TrackRecordTests {
    private static let cause = "spot-eviction"

    private static func verdicts(
        right: Int, wrong: Int, claimed: Double = 0.9, cause: String = cause
    ) -> [TrackRecord.Verdict] {
        (0..<right + wrong).map {
            TrackRecord.Verdict(incident: "i-\($0)", cause: cause, confidence: claimed, isRight: $0 < right)
        }
    }

    private static func random(_ random: inout SeededRandom) -> [TrackRecord.Verdict] {
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
            TrackRecord.Verdict(
                incident: "i-\(Int.random(in: 0...25, using: &random))",
                cause: ["spot-eviction", "node-lost"].randomElement(using: &random) ?? "", confidence: random.uniform(),
                isRight: Bool.random(using: &random))
        }
    }

    @Test(arguments: [0, 0.03, 0.5, 0.98, 1, .nan])
    func `without enough incidents a confidence stays what it is`(confidence: Double) {
        for record in [
            .none, TrackRecord(Self.verdicts(right: 0, wrong: 4)), TrackRecord(Self.verdicts(right: 4, wrong: 0)),
        ] {
            let correction = record.correction(of: confidence, for: Self.cause)
            #expect(correction.confidence.bitPattern == confidence.bitPattern)
            #expect(correction.votes == 0 && !correction.isLarge)
        }
        let five = TrackRecord(Self.verdicts(right: 0, wrong: 5))
        #expect(five.correction(of: 0.9, for: "node-lost").confidence == 0.9, "other causes have their own record")
        #expect(five.correction(of: 0.9, for: Self.cause).confidence < 0.9)
    }

    /// The example of the documentation: 30 of 40 held where 90 % were claimed, (9 + 30) / 50 = 78 %: odds of 3.5, not 9.
    @Test func `what is claimed falls as far in odds as what was claimed before`() {
        let record = TrackRecord(Self.verdicts(right: 30, wrong: 10))
        let correction = record.correction(of: 0.95, for: Self.cause)
        let odds = 19 * (0.78 / 0.22) / 9
        #expect(abs(correction.confidence - odds / (1 + odds)) < 1e-9)
        #expect(correction.votes == 40)
    }

    @Test func `a cause that holds as often as it claims keeps its confidence`() {
        let record = TrackRecord(Self.verdicts(right: 18, wrong: 2))
        for confidence in [0.3, 0.6, 0.9] {
            let correction = record.correction(of: confidence, for: Self.cause)
            #expect(abs(correction.confidence - confidence) < 1e-9)
            #expect(!correction.isLarge)
        }
    }

    @Test(arguments: 0..<50)
    func `it is bounded, grows with the confidence and does not depend on the order of the votes`(seed: Int) {
        var random = SeededRandom(seed: seed)
        let verdicts = Self.random(&random)
        let record = TrackRecord(verdicts)
        #expect(TrackRecord(verdicts.shuffled(using: &random)) == record)
        var before = 0.0
        for step in 0...100 {
            let raw = Double(step) / 100
            let correction = record.correction(of: raw, for: Self.cause)
            #expect(correction.confidence >= before)
            #expect(
                correction.votes == 0 ? correction.confidence == raw : (0.01...0.99).contains(correction.confidence))
            before = correction.confidence
        }
    }

    @Test(arguments: 0..<50)
    func `a vote that turns from wrong to right never lowers it`(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        var verdicts = Self.random(&random).sorted { $0.incident < $1.incident }
        let raw = random.uniform()
        while let index = verdicts.indices.filter({ !verdicts[$0].isRight }).randomElement(using: &random) {
            let before = TrackRecord(verdicts).correction(of: raw, for: Self.cause).confidence
            let old = verdicts[index]
            verdicts[index] = .init(
                incident: old.incident, cause: old.cause, confidence: old.confidence, isRight: true)
            #expect(TrackRecord(verdicts).correction(of: raw, for: Self.cause).confidence >= before - 1e-12)
        }
    }

    @Test(arguments: [0.4, 0.7, 0.93])
    func `one more right vote at the usual claim never lowers it, one more wrong one never raises it`(claimed: Double) {
        for right in 0...12 {
            for wrong in 0...12 where right + wrong >= 5 {
                let shown = { (right: Int, wrong: Int) in
                    TrackRecord(Self.verdicts(right: right, wrong: wrong, claimed: claimed))
                        .correction(of: 0.8, for: Self.cause).confidence
                }
                #expect(shown(right + 1, wrong) >= shown(right, wrong) - 1e-12)
                #expect(shown(right, wrong + 1) <= shown(right, wrong) + 1e-12)
            }
        }
    }

    @Test func `many votes on one incident count as one`() {
        let crowd = (0..<50).map { _ in
            TrackRecord.Verdict(incident: "i-1", cause: Self.cause, confidence: 0.9, isRight: false)
        }
        #expect(TrackRecord(crowd).correction(of: 0.9, for: Self.cause).confidence == 0.9)
        let entry = TrackRecord(crowd + Self.verdicts(right: 6, wrong: 0))[Self.cause]
        #expect(entry?.incidents == 6 && entry?.votes == 56)
        #expect(abs((entry?.held ?? 0) - (5 + 1.0 / 51)) < 1e-9, "the incident of the crowd is hardly right")
    }

    // MARK: What people read

    private static let weak = TrackRecord(verdicts(right: 2, wrong: 10, claimed: 0.94))

    @Test func `a large correction is told beside the number, and takes the certainty with it`() throws {
        let diagnosis = SpotEvictionIncident.diagnosis
        let summary = SummaryBuilder().summary(of: diagnosis, on: .init(record: Self.weak))
        let cause = try #require(summary.causes.first)
        #expect(cause.percent.hasSuffix(" %, corrected by 12 votes"))
        #expect(cause.certainty == .possible || cause.certainty == .likely || cause.certainty == .lead)
        #expect(SlackRenderer().body(summary).contains("corrected by 12 votes"))
        let without = SummaryBuilder().summary(of: diagnosis)
        #expect(without.causes.first?.percent == "94 %")
        #expect(summary.headline != without.headline, "what is no longer very likely is not told as a fact")
    }

    private static func diagnosis(_ hypotheses: [(Cause, Double)]) -> Diagnosis {
        var diagnosis = SpotEvictionIncident.diagnosis
        diagnosis.hypotheses = hypotheses.map {
            Hypothesis(
                cause: $0.0, subject: .init(.node, "n"), confidence: $0.1, statement: "s", evidence: [],
                recommendations: [])
        }
        return diagnosis
    }

    @Test func `causes change places only where the votes turned them round`() {
        let order = { (hypotheses: [(Cause, Double)]) in
            Self.weak.telling(of: Self.diagnosis(hypotheses)).diagnosis.hypotheses.map(\.cause)
        }
        #expect(order([(.spotEviction, 0.9), (.nodeLost, 0.8)]) == [.nodeLost, .spotEviction])
        #expect(order([(.spotEviction, 0.9), (.nodeLost, 0.1)]) == [.spotEviction, .nodeLost])
        #expect(order([(.nodeLost, 0.5), (.diskFull, 0.7)]) == [.nodeLost, .diskFull], "the engine's own order")
        #expect(order([(.unknown, 0.6), (.spotEviction, 0.3)]) == [.unknown, .spotEviction])
        #expect(order([(.spotEviction, 0.9), (.unknown, 0.7)]) == [.spotEviction, .unknown])
    }

    @Test func `the stored diagnosis keeps the engine's confidence beside the corrected one`() throws {
        let diagnosis = Self.diagnosis([(.spotEviction, 0.9), (.nodeLost, 0.8)])
        let summary = SummaryBuilder().summary(of: diagnosis, on: .init(record: Self.weak))
        let json = DiagnosisJSON().text(diagnosis, keeping: .init(record: Self.weak, summary: summary))
        let document = try JSONDocument(json)
        let (first, second) = (document["hypotheses"][0], document["hypotheses"][1])
        #expect(first["cause"] == .string("node-lost") && first["correctedConfidence"] == .number(0.8))
        #expect(second["confidence"] == .number(0.9) && second["correctingVotes"] == .number(12))
        #expect(second["correctedConfidence"] != .number(0.9) && second["correctedConfidence"] != .null)
        #expect(document["report"]["lookedAt"] == .string(summary.lookedAt))
        #expect(!DiagnosisJSON().text(diagnosis).contains("corrected"), "nobody votes on a case in a folder")
    }
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}
