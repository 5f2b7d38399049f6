import FoundationEssentials
package import Journal
package import Reporting
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
            text: headline.isEmpty ? nil : headline, onset: stored.window.onset.flatMap { Timestamp(rfc3339: $0) })
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
    }

    let window: Window
    let hypotheses: [Hypothesis]
}
