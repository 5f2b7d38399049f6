package import Alerts
import Languages
import Telemetry

/// The short messages of a conversation, beside the diagnosis and the end.
extension SummaryBuilder {
    /// What is said at once: that somebody looks.
    package func beginning(of alert: AlertGroup, on occasion: Occasion) -> Summary {
        let owner = Headline.owner(of: nil, alert)
        let name = Phrase(verbatim: alert.name.plainLine)
        let place = owner.map { "\(name) on \($0)" } ?? name
        let start = alert.startsAt.map { "\(place) \(since($0, now: occasion.now))" } ?? place
        let context: [Phrase?] = [
            Quantities.count(max(alert.alertCount, 1), .alert), alert.severity.map { Phrase(verbatim: $0.plainLine) },
            "traces, logs, events and metrics are being fetched",
        ]
        return Summary(
            language: language, mark: occasion.mark, status: .investigating, severity: alert.severity,
            headline: say("\(start): looking for the cause"),
            context: say(context.compactMap { $0 }.joined(separator: " · ")),
            links: [evidenceLink(on: occasion)].compactMap { $0 }, incident: occasion.incident,
            alertText: Self.alertText(alert))
    }

    /// Alerts that joined and changed nothing.
    package func joining(of alerts: [Alert], on occasion: Occasion) -> Summary {
        let names = alerts.map { alert -> Phrase in
            let place = ["service_name", "service", "pod", "node", "job", "instance"].lazy
                .compactMap { alert.labels[$0] }.first { !$0.isEmpty }
            let name = alert.labels["alertname"].map { Phrase(verbatim: $0.plainLine) } ?? "alert"
            return place.map { "\(name) on \($0.plainLine)" } ?? name
        }
        var seen: Set<Phrase> = []
        let different = names.filter { seen.insert($0).inserted }
        let hidden = different.count - TextBounds.standard.names
        let shown = different.prefix(TextBounds.standard.names) + (hidden > 0 ? [Quantities.more(hidden)] : [])
        return Summary(
            language: language, mark: occasion.mark, severity: occasion.alert?.severity,
            headline: say("\(Quantities.count(alerts.count, .moreAlert)), the same cause"),
            context: say(shown.joined(separator: " · ")), incident: occasion.incident)
    }

    /// It still fires.
    package func reminder(of story: Story?, on occasion: Occasion) -> Summary {
        let alert = occasion.alert
        let start = story?.onset ?? alert?.startsAt
        let age = start.flatMap { start in occasion.now.map { Quantities.duration($0 - start) } }
        let name = alert.map { Phrase(verbatim: $0.name.plainLine) }
        let owner = Headline.owner(of: nil, alert)
        let place = name.map { name in owner.map { "\(name) on \($0)" } ?? name }
        let what = story?.text ?? place ?? .empty
        let context: [Phrase?] = [
            story?.text == nil ? nil : name, story?.owner, start.map { since($0, now: occasion.now) },
            alert?.severity.map { Phrase(verbatim: $0.plainLine) },
        ]
        return Summary(
            language: language, mark: occasion.mark, severity: alert?.severity,
            headline: say(age.map { "Still firing after \($0): \(what)" } ?? "Still firing: \(what)"),
            context: say(context.compactMap { $0 }.joined(separator: " · ")),
            links: [
                story?.cause.flatMap { runbookLink(of: $0, on: occasion) },
                alert.flatMap { silenceLink($0, on: occasion) },
                evidenceLink(on: occasion),
            ].compactMap { $0 },
            incident: occasion.incident)
    }
}
