package import Journal
package import Languages
package import Reporting
import RootCause
package import Telemetry

/// What is read back of an incident's stored diagnosis (`sabueso/diagnosis/v1`).
extension Incident {
    /// The likeliest cause with its subject, to tell whether a second look changed the answer; nil before the first.
    package var firstCause: String? {
        stored?.hypotheses.first.map { "\($0.cause) \($0.subject.kind) \($0.subject.name)" }
    }

    /// What is told of it when it is over; nil when it was never diagnosed.
    package var story: SummaryBuilder.Story? {
        guard let stored else { return nil }
        return SummaryBuilder.Story(
            // A diagnosis from before there were languages has it in English only.
            text: headline.isEmpty ? nil : stored.report?.story ?? Phrase(verbatim: headline),
            // The newest diagnosis may be about alerts that joined later: the incident is as old as its first one.
            onset: min(startsAt, stored.window?.onset.flatMap { Timestamp(rfc3339: $0) } ?? startsAt),
            owner: stored.scope.owner.map { Phrase(verbatim: $0) },
            cause: stored.hypotheses.first.flatMap { Cause(rawValue: $0.cause) },
            confidence: stored.hypotheses.first?.confidence ?? 0)
    }

    /// The likeliest cause as it was named; nil before the first diagnosis.
    package var namedCause: NamedCause? {
        guard let stored, let first = stored.hypotheses.first else { return nil }
        return NamedCause(
            cause: first.cause, subjectKind: first.subject.kind, subjectName: first.subject.name,
            confidence: first.confidence,
            statement: stored.report?.statement ?? Phrase(verbatim: first.statement),
            signature: first.signature, services: stored.scope.services, jobs: stored.scope.jobs)
    }

    /// What was looked at; nil before the first diagnosis.
    package var scope: Scope? { stored?.scope }

    private var stored: StoredDiagnosis? { StoredDiagnosis(diagnosis) }
}

extension Scope {
    /// What the incident is of: the first that is named of services, jobs, pods and namespaces.
    fileprivate var owner: String? {
        [services, jobs, pods, namespaces].first { !$0.isEmpty }?.joined(separator: ", ")
    }
}

/// The first cause of a stored diagnosis.
package struct NamedCause: Hashable, Sendable {
    /// `spot-eviction`
    package let cause: String
    package let subjectKind: String
    package let subjectName: String
    /// From 0 to 1.
    package let confidence: Double
    package let statement: Phrase
    /// The signature that found it, where the diagnosis names one.
    package let signature: String?
    /// What the incident is about.
    package let services: [String]
    package let jobs: [String]
}
