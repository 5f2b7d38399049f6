import FoundationEssentials
package import Journal
package import Reporting
import RootCause
import Telemetry

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
            text: headline.isEmpty ? nil : headline,
            // The newest diagnosis may be about alerts that joined later: the incident is as old as its first one.
            onset: min(startsAt, stored.window.onset.flatMap { Timestamp(rfc3339: $0) } ?? startsAt),
            owner: stored.scope.owner, cause: stored.hypotheses.first.flatMap { Cause(rawValue: $0.cause) },
            confidence: stored.hypotheses.first?.confidence ?? 0)
    }

    private var stored: StoredDiagnosis? {
        diagnosis.isEmpty ? nil : try? JSONDecoder().decode(StoredDiagnosis.self, from: Data(diagnosis))
    }
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

    let window: Window
    let scope: Scope
    let hypotheses: [Hypothesis]
}
