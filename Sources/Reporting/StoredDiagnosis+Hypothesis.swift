extension StoredDiagnosis {
    /// A cause that was named, with what speaks for it.
    package struct Hypothesis: Decodable, Sendable {
        package struct Subject: Decodable, Sendable {
            package let kind: String
            package let name: String
            package let namespace: String?
        }

        package struct Finding: Decodable, Sendable {
            package let source: String
            package let at: String?
            package let text: String
            package let link: String?
        }

        /// `spot-eviction`
        package let cause: String
        package let subject: Subject
        /// From 0 to 1, as the evidence alone says.
        package let confidence: Double
        /// The same after so many votes on earlier incidents.
        package let correctedConfidence: Double?
        package let correctingVotes: Int?
        /// In English; empty where there is none.
        package let statement: String
        package let evidence: [Finding]
        package let recommendations: [String]
        /// `Runbooks/spot-eviction.md`
        package let runbook: String?
        /// The signature that found it, where it was one.
        package let signature: String?

        private enum CodingKeys: CodingKey {
            case cause, subject, confidence, correctedConfidence, correctingVotes, statement, evidence, recommendations
            case runbook, signature
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            cause = try fields.decode(String.self, forKey: .cause)
            subject = try fields.decode(Subject.self, forKey: .subject)
            confidence = fields.readable(.confidence) ?? 0
            correctedConfidence = fields.readable(.correctedConfidence)
            correctingVotes = fields.readable(.correctingVotes)
            statement = fields.readable(.statement) ?? ""
            evidence = fields.readable(.evidence) ?? []
            recommendations = fields.readable(.recommendations) ?? []
            runbook = fields.readable(.runbook)
            signature = fields.readable(.signature)
        }
    }
}
