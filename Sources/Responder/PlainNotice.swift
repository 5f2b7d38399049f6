package import Alerts
package import Languages
package import Reporting
import Telemetry

/// What people are told when an investigation ended the process again and again: Alertmanager's own words.
///
/// Made without evidence, diagnosis and summary builder on purpose: one of them is what failed.
package struct PlainNotice: Hashable, Sendable {
    /// How often it was begun.
    let attempts: Int

    package init(attempts: Int) {
        self.attempts = attempts
    }

    package func summary(of group: AlertGroup, incident: String, in language: Language) -> Summary {
        let owner = ["service_name", "service", "job", "pod", "namespace"].lazy
            .compactMap { group.values(of: $0).first }.first
        let headline: Phrase =
            owner.map { "\(group.name) fires for \($0); it could not be investigated" }
            ?? "\(group.name) fires; it could not be investigated"
        let since = group.startsAt.map { start -> Phrase in "since \("\(start)")" }
        let context = [
            Phrase(verbatim: group.name), owner.map { Phrase(verbatim: $0) }, since,
            group.severity.map { Phrase(verbatim: $0) },
        ]
        let annotations = group.alerts.first?.annotations ?? group.commonAnnotations
        let missing: Phrase =
            attempts == 1
            ? "the investigation was broken off; nothing was looked at"
            : "the investigation was broken off \(attempts) times; nothing was looked at"
        return Summary(
            language: language, severity: group.severity, headline: headline.said(in: language),
            context: context.compactMap { $0 }.joined(separator: " · ").said(in: language),
            recommendations: [annotations["summary"], annotations["description"]].compactMap { $0 },
            missing: [missing.said(in: language)], incident: incident)
    }
}
