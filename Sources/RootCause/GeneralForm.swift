import Languages
import Telemetry

/// Tells an explanation that is only the general form of another one: who knows that a spot node was taken back learns
/// nothing from hearing that it may have been lost.
enum GeneralForm {
    /// Causes that say less, with those that say the same and why.
    private static let specialForms: [Cause: Set<Cause>] = [
        .nodeLost: [.spotEviction], .controllerRestart: [.controllerOOMKilled],
    ]

    /// Whether the other one says all of it, of the same subject and by the same evidence, and more.
    ///
    /// Whatever speaks for the general one alone, the autoscaler's word for instance, keeps it an alternative.
    static func isSaid(_ general: Draft, _ cause: Cause, by special: Draft, _ specialCause: Cause) -> Bool {
        guard specialForms[cause]?.contains(specialCause) == true, general.subject == special.subject,
            general.explains.isSubset(of: special.explains)
        else { return false }
        let told = Set(special.findings.filter { $0.weight > 0 }.map(Seen.init))
        return general.findings.allSatisfy { $0.weight <= 0 || told.contains(Seen($0)) }
    }

    /// What was seen, whatever it counts for.
    private struct Seen: Hashable {
        let source: EvidenceSource
        let at: Timestamp?
        let text: String

        init(_ finding: Finding) {
            source = finding.source
            at = finding.at
            text = finding.text.english
        }
    }
}
