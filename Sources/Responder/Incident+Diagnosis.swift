import FoundationEssentials
package import Journal
import Languages
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
            text: headline.isEmpty ? nil : stored.report?.story?.phrase ?? Phrase(verbatim: headline),
            // The newest diagnosis may be about alerts that joined later: the incident is as old as its first one.
            onset: min(startsAt, stored.window.onset.flatMap { Timestamp(rfc3339: $0) } ?? startsAt),
            owner: stored.scope.owner.map { Phrase(verbatim: $0) },
            cause: stored.hypotheses.first.flatMap { Cause(rawValue: $0.cause) },
            confidence: stored.hypotheses.first?.confidence ?? 0)
    }

    /// The likeliest cause as it was named; nil before the first diagnosis.
    package var namedCause: NamedCause? {
        guard let stored, let first = stored.hypotheses.first else { return nil }
        return NamedCause(
            cause: first.cause, subjectKind: first.subject.kind, subjectName: first.subject.name,
            confidence: first.confidence ?? 0, statement: first.statement ?? "", signature: first.signature,
            services: stored.scope.services ?? [], jobs: stored.scope.jobs ?? [])
    }

    /// What was looked at; nil before the first diagnosis.
    package var scope: Scope? {
        stored.map {
            Scope(
                services: $0.scope.services ?? [], namespaces: $0.scope.namespaces ?? [], pods: $0.scope.pods ?? [],
                jobs: $0.scope.jobs ?? [])
        }
    }

    private var stored: StoredDiagnosis? {
        diagnosis.isEmpty ? nil : try? JSONDecoder().decode(StoredDiagnosis.self, from: Data(diagnosis))
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
    package let statement: String
    /// The signature that found it, where the diagnosis names one.
    package let signature: String?
    /// What the incident is about.
    package let services: [String]
    package let jobs: [String]
}

private struct StoredDiagnosis: Decodable {
    struct Window: Decodable {
        let onset: String?
    }

    struct Hypothesis: Decodable {
        struct Subject: Decodable {
            let kind: String
            let name: String
        }

        let cause: String
        let subject: Subject
        let confidence: Double?
        let statement: String?
        let signature: String?
    }

    struct Scope: Decodable {
        let services: [String]?
        let jobs: [String]?
        let pods: [String]?
        let namespaces: [String]?

        var owner: String? {
            [services, jobs, pods, namespaces].compactMap { $0 }.first { !$0.isEmpty }?.joined(separator: ", ")
        }
    }

    struct Report: Decodable {
        let story: StoredPhrase?
    }

    let window: Window
    let scope: Scope
    let hypotheses: [Hypothesis]
    /// nil where it was stored without one.
    let report: Report?
}
