import Journal
import Reporting
import RootCause
import Telemetry

/// Another open incident with the same cause, for who would look into both.
///
/// Only what is certain is said: both name the same cause of the same subject, and are as sure of it as a message must be
/// to name a cause at all.
enum SameCause {
    /// Incidents that are looked at, the newest: a storm of alerts must not make each message dear.
    static let mostIncidents = 50

    /// - Returns: the first of the others that opened; nil where none has the same cause.
    static func incident(like incident: Incident, among others: [Incident]) -> SummaryBuilder.SameCause? {
        guard let cause = incident.namedCause, cause.isNamed else { return nil }
        let namespaces = Set(incident.scope?.namespaces ?? [])
        // Reading a diagnosis is what costs: in a storm of one cause the first is enough.
        for other in others.sorted(by: { $0.id < $1.id }) where other.id != incident.id && other.state == .open {
            guard let otherCause = other.namedCause, otherCause.isNamed, otherCause.isAlike(cause) else { continue }
            // The same name in another namespace is another thing.
            let otherNamespaces = Set(other.scope?.namespaces ?? [])
            guard namespaces.isEmpty || otherNamespaces.isEmpty || !namespaces.isDisjoint(with: otherNamespaces) else {
                continue
            }
            let owner = (otherCause.services.isEmpty ? otherCause.jobs : otherCause.services).first
            return SummaryBuilder.SameCause(incident: "\(other.id)", owner: owner ?? other.alertName)
        }
        return nil
    }
}

extension NamedCause {
    /// Whether a message names it as a cause, and not as a lead.
    fileprivate var isNamed: Bool {
        cause != Cause.unknown.rawValue && !subjectName.isEmpty && Certainty(confidence: confidence) != .lead
    }

    fileprivate func isAlike(_ other: NamedCause) -> Bool {
        cause == other.cause && subjectKind == other.subjectKind && subjectName == other.subjectName
    }
}
