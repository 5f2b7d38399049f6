import FoundationEssentials
package import Telemetry

/// What is read back of the JSON of a diagnosis (`sabueso/diagnosis/v1`, which ``DiagnosisJSON`` writes).
///
/// Fields that later releases added may be missing, and a part that cannot be read must not take the others away: it is
/// as if it were not there.
package struct StoredDiagnosis: Decodable, Sendable {
    /// Times as they are written, RFC 3339 in UTC.
    package struct Window: Decodable, Sendable {
        package let start: String
        package let end: String
        package let onset: String?
    }

    package struct Step: Decodable, Sendable {
        package let at: String
        package let source: String
        package let text: String
    }

    package struct Suspect: Decodable, Sendable {
        package let kind: String
        package let name: String
        package let service: String?
        package let pod: String?
        package let node: String?
        package let namespace: String?
    }

    package struct Affected: Decodable, Sendable {
        package let kind: String
        package let name: String
        package let number: Int?
        package let url: String?
        package let outcome: String
        package let traceId: String?
    }

    package struct Gap: Decodable, Sendable {
        package let source: String
        package let reason: String
    }

    package struct KeyLine: Decodable, Sendable {
        package let text: String
        package let count: Int
        package let service: String?
        package let pod: String?
    }

    package let window: Window?
    /// Empty where it was not narrowed down.
    package let scope: Scope
    /// The likeliest first.
    package let hypotheses: [Hypothesis]
    package let suspects: [Suspect]
    package let timeline: [Step]
    package let affected: [Affected]
    package let gaps: [Gap]
    package let keyLines: [KeyLine]
    package let pictures: PictureData
    /// nil where it was stored without one.
    package let report: Report?

    /// - Returns: nil for what is no JSON object, and for nothing at all.
    package init?(_ json: [UInt8]) {
        guard !json.isEmpty, let stored = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = stored
    }

    private enum CodingKeys: CodingKey {
        case window, scope, hypotheses, suspects, timeline, impact, gaps, keyLines, course, exemplarTrace, report
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        window = fields.readable(.window)
        scope = (fields.readable(.scope) as StoredScope?)?.value ?? Scope()
        hypotheses = fields.readable(.hypotheses) ?? []
        suspects = fields.readable(.suspects) ?? []
        timeline = fields.readable(.timeline) ?? []
        affected = (fields.readable(.impact) as StoredImpact?)?.affected ?? []
        gaps = fields.readable(.gaps) ?? []
        keyLines = fields.readable(.keyLines) ?? []
        pictures = PictureData(
            course: (fields.readable(.course) as StoredCourse?)?.value,
            outline: (fields.readable(.exemplarTrace) as StoredTrace?)?.value)
        report = fields.readable(.report)
    }
}

private struct StoredScope: Decodable {
    let services: [String]?
    let namespaces: [String]?
    let pods: [String]?
    let jobs: [String]?

    var value: Scope {
        Scope(services: services ?? [], namespaces: namespaces ?? [], pods: pods ?? [], jobs: jobs ?? [])
    }
}

private struct StoredImpact: Decodable {
    let affected: [StoredDiagnosis.Affected]
}

extension KeyedDecodingContainer {
    /// The field's value; nil where it is missing, `null` or something else.
    func readable<Value: Decodable>(_ key: Key) -> Value? { try? decode(Value.self, forKey: key) }
}
