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
        guard incident.namedCause?.isNamed == true else { return nil }
        let alike = others.filter { $0.id != incident.id && $0.state == .open && hasSameCause($0, incident) }
        return alike.min { $0.id.number < $1.id.number }.map { first in
            let services = first.namedCause?.services ?? []
            let jobs = first.namedCause?.jobs ?? []
            let owner = (services.isEmpty ? jobs : services).first ?? first.alertName
            return SummaryBuilder.SameCause(incident: "\(first.id)", owner: owner)
        }
    }

    private static func hasSameCause(_ one: Incident, _ other: Incident) -> Bool {
        guard let cause = one.namedCause, let otherCause = other.namedCause, cause.isNamed,
            cause.cause == otherCause.cause, cause.subjectKind == otherCause.subjectKind,
            cause.subjectName == otherCause.subjectName
        else { return false }
        // The same name in another namespace is another thing.
        let namespaces = Set(one.scope?.namespaces ?? []), others = Set(other.scope?.namespaces ?? [])
        return namespaces.isEmpty || others.isEmpty || !namespaces.isDisjoint(with: others)
    }
}

extension NamedCause {
    /// Whether a message names it as a cause, and not as a lead.
    fileprivate var isNamed: Bool {
        cause != Cause.unknown.rawValue && !subjectName.isEmpty && Certainty(confidence: confidence) != .lead
    }
}
