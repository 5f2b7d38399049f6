/// The findings as JSON of the schema `sabueso/check/v1`, which is additive: no field is renamed or gets a new meaning.
package struct FindingsJSON: Encodable, Sendable {
    private let schema = "sabueso/check/v1"
    /// Whether nothing failed.
    private let ok: Bool
    private let counts: [String: Int]
    private let checks: [Line]

    package init(_ findings: [Finding]) {
        ok = !findings.contains { $0.verdict == .failure }
        counts = Dictionary(
            uniqueKeysWithValues: Finding.Verdict.allCases.map { verdict in
                (verdict.rawValue, findings.count { $0.verdict == verdict })
            })
        checks = findings.map { finding in
            Line(
                check: finding.check.rawValue, verdict: finding.verdict.rawValue, statement: finding.statement,
                target: finding.target, observed: finding.observed, advice: finding.advice)
        }
    }

    private struct Line: Encodable {
        let check: String
        let verdict: String
        let statement: String
        let target: String
        let observed: String
        let advice: String?
    }
}
