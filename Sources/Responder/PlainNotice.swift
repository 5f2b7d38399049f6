import Alerts
import Reporting
import Telemetry

/// What people are told when an investigation ended the process again and again: Alertmanager's own words.
///
/// Made without evidence, diagnosis and summary builder on purpose: one of them is what failed.
enum PlainNotice {
    static func summary(of group: AlertGroup, incident: String, attempts: Int) -> Summary {
        let owner = ["service_name", "service", "job", "pod", "namespace"].lazy
            .compactMap { group.values(of: $0).first }.first
        let subject = owner.map { "\(group.name) fires for \($0)" } ?? "\(group.name) fires"
        let since = group.startsAt.map { "since \($0)" }
        let annotations = group.alerts.first?.annotations ?? group.commonAnnotations
        return Summary(
            severity: group.severity, headline: "\(subject); it could not be investigated",
            context: [group.name, owner, since, group.severity].compactMap { $0 }.joined(separator: " · "),
            recommendations: [annotations["summary"], annotations["description"]].compactMap { $0 },
            missing: ["the investigation was broken off \(attempts) times; nothing was looked at"], incident: incident)
    }
}
