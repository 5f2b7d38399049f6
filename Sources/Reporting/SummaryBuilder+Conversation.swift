package import Alerts
import Telemetry

/// The short messages of a conversation, beside the diagnosis and the end.
extension SummaryBuilder {
    /// What is said at once: that somebody looks.
    package func beginning(of alert: AlertGroup, on occasion: Occasion) -> Summary {
        let owner = Headline.owner(of: nil, alert)
        let name = alert.name.plainLine
        let since = alert.startsAt.map { " since \(day(of: $0, now: occasion.now))\(clock($0))" } ?? ""
        return Summary(
            mark: occasion.mark, status: .investigating, severity: alert.severity,
            headline: "\(name)\(owner.map { " on \($0)" } ?? "")\(since): looking for the cause",
            context: [
                Quantities.count(max(alert.alertCount, 1), "alert"), alert.severity?.plainLine,
                "traces, logs, events and metrics are being fetched",
            ].compactMap { $0 }.joined(separator: " · "),
            links: [evidenceLink(on: occasion)].compactMap { $0 }, incident: occasion.incident,
            alertText: Self.alertText(alert))
    }

    /// Alerts that joined and changed nothing.
    package func joining(of alerts: [Alert], on occasion: Occasion) -> Summary {
        let names = alerts.map { alert in
            let place = ["service_name", "service", "pod", "node", "job", "instance"].lazy
                .compactMap { alert.labels[$0] }.first { !$0.isEmpty }
            return [alert.labels["alertname"] ?? "alert", place].compactMap { $0?.plainLine }.joined(separator: " on ")
        }
        var seen: Set<String> = []
        let different = names.filter { seen.insert($0).inserted }
        let shown = different.prefix(TextBounds.standard.names).joined(separator: " · ")
        let rest =
            different.count > TextBounds.standard.names
            ? " · \(Quantities.count(different.count - TextBounds.standard.names)) more" : ""
        return Summary(
            mark: occasion.mark, severity: occasion.alert?.severity,
            headline: "\(Quantities.count(alerts.count, "more alert")), the same cause", context: shown + rest,
            incident: occasion.incident)
    }

    /// It still fires.
    package func reminder(of story: Story?, on occasion: Occasion) -> Summary {
        let alert = occasion.alert
        let start = story?.onset ?? alert?.startsAt
        let age = start.flatMap { start in occasion.now.map { Quantities.duration($0 - start) } }
        let what =
            story?.text
            ?? [alert?.name.plainLine, Headline.owner(of: nil, alert)].compactMap { $0 }
            .joined(separator: " on ")
        return Summary(
            mark: occasion.mark, severity: alert?.severity,
            headline: "Still firing\(age.map { " after \($0)" } ?? ""): \(what)",
            context: [
                story?.text == nil ? nil : alert?.name.plainLine, story?.owner?.plainLine,
                start.map { "since \(day(of: $0, now: occasion.now))\(clock($0))" }, alert?.severity?.plainLine,
            ].compactMap { $0 }.joined(separator: " · "),
            links: [
                story?.cause.flatMap { runbookLink(of: $0, on: occasion) },
                alert.flatMap { silenceLink($0, on: occasion) },
                evidenceLink(on: occasion),
            ].compactMap { $0 },
            incident: occasion.incident)
    }

    private func clock(_ instant: Timestamp) -> String { "\(zone.time(instant)) \(zone.abbreviation(at: instant))" }
}
