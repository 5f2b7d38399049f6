import FoundationEssentials

/// What is read back of an incident's stored diagnosis (`sabueso/diagnosis/v1`).
///
/// Fields that later releases added may be missing, and a part that cannot be read must not take the others away.
struct StoredDiagnosis: Decodable {
    struct Hypothesis: Decodable {
        struct Subject: Decodable {
            let kind: String
            let name: String
        }

        let cause: String
        let subject: Subject
        let confidence: Double
        let correctedConfidence: Double?
        let correctingVotes: Int?
        let statement: String
        let evidence: [Finding]
        let recommendations: [String]
        let signature: String?
    }

    struct Finding: Decodable {
        let source: String
        let at: String?
        let text: String
        let link: String?
    }

    struct Step: Decodable {
        let at: String
        let source: String
        let text: String
    }

    struct Suspect: Decodable {
        let kind: String
        let name: String
        let service: String?
        let pod: String?
        let node: String?
    }

    struct Affected: Decodable {
        let kind: String
        let name: String
        let number: Int?
        let url: String?
        let outcome: String
        let traceId: String?
    }

    struct Impact: Decodable {
        let affected: [Affected]
    }

    struct Gap: Decodable {
        let source: String
        let reason: String
    }

    struct KeyLine: Decodable {
        let text: String
        let count: Int
        let service: String?
        let pod: String?
    }

    struct Window: Decodable {
        let start: String
        let end: String
        let onset: String?
    }

    /// What people were told beside it.
    struct Report: Decodable {
        struct Figure: Decodable {
            let name: String
            let value: String
        }

        struct Link: Decodable {
            let title: String
            let destination: String
            let url: String
        }

        let affected: String?
        let lookedAt: String
        let figures: [Figure]
        let links: [Link]
    }

    let window: Window?
    let hypotheses: [Hypothesis]
    let suspects: [Suspect]
    let timeline: [Step]
    let impact: Impact?
    let gaps: [Gap]
    let keyLines: [KeyLine]
    let report: Report?

    init?(_ json: [UInt8]) {
        guard !json.isEmpty, let stored = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = stored
    }

    private enum CodingKeys: CodingKey {
        case window, hypotheses, suspects, timeline, impact, gaps, keyLines, report
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func part<Value: Decodable>(_ key: CodingKeys) -> Value? { try? container.decode(Value.self, forKey: key) }
        window = part(.window)
        hypotheses = part(.hypotheses) ?? []
        suspects = part(.suspects) ?? []
        timeline = part(.timeline) ?? []
        impact = part(.impact)
        gaps = part(.gaps) ?? []
        keyLines = part(.keyLines) ?? []
        report = part(.report)
    }
}
