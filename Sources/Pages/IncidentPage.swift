import Alerts
package import Journal
import Reporting
import RootCause
package import Telemetry

/// Everything that is known about one incident: `/incidents/i-42`.
package struct IncidentPage: Sendable {
    /// What the journal keeps beside the incident itself.
    package struct Story: Sendable {
        package var messages: [StoredMessage]
        package var remarks: [Remark]
        /// On this incident.
        package var votes: [Vote]

        package init(messages: [StoredMessage] = [], remarks: [Remark] = [], votes: [Vote] = []) {
            self.messages = messages
            self.remarks = remarks
            self.votes = votes
        }
    }

    let incident: Incident
    let story: Story
    private let now: Timestamp
    let diagnosis: StoredDiagnosis?
    /// On which it began: times of that day are told without it.
    let day: String
    private let alert: AlertGroup?

    package init(_ incident: Incident, story: Story, now: Timestamp) {
        self.incident = incident
        self.story = story
        self.now = now
        day = Markup.day(of: incident.startsAt)
        diagnosis = StoredDiagnosis(incident.diagnosis)
        alert = try? AlertGroup(webhookBody: incident.alertBody, maximumAlerts: .max)
    }

    package var html: String {
        let sections = [
            pictures, causes, timeline, affected, logLines, missing, figures, suspects, people, messages, origin,
        ].filter { !$0.isEmpty }
        return PageFrame(title: "\(incident.id) · \(title)", place: .below, isWide: true).html(
            ["<h1>\(title.shown(atMost: 300))</h1>", box, links, Self.jumps(to: sections)] + sections)
    }

    private var title: String {
        IncidentWords.title(of: incident.state, incident.headline, incident.alertName)
    }

    /// What it is, in the lines that a person reads first.
    private var box: String {
        // As the message tells it: what was found in the data, and never later than the first alert.
        let onset = diagnosis?.window?.onset.flatMap { Timestamp(rfc3339: $0) }
        let start = min(incident.startsAt, onset ?? incident.startsAt)
        let duration = IncidentWords.duration(from: start, to: incident.resolvedAt, now: now)
        var lines = [
            "\(IncidentWords.badge(incident.state)) <strong>\(incident.id)</strong> · "
                + ([incident.alertName] + (alert?.severity.map { [$0] } ?? [])).map { $0.shown(atMost: 100) }
                .joined(separator: " · "),
            "Since \(Markup.time(start)) UTC, \(duration)"
                + (incident.resolvedAt.map { "; over at \(Markup.time($0, on: day)) UTC" } ?? ""),
        ]
        if let affected = diagnosis?.report?.affected { lines.append("Affected: \(affected.prose)") }
        if let lookedAt = diagnosis?.report?.lookedAt, !lookedAt.isEmpty {
            lines.append("Looked at: \(lookedAt.prose)")
        }
        let holder = story.remarks.last { $0.kind == .acknowledged }
        if let holder, incident.state == .open {
            lines.append(
                "\(holder.author.shown(atMost: 100)) takes care of it, since \(Markup.time(holder.at, on: day)) UTC")
        }
        return "<div class=\"incident\">\n\(lines.map { "<p>\($0)</p>" }.joined(separator: "\n"))\n</div>"
    }

    /// Where to look next, as buttons; the runbook is the service's own, with the incident's values.
    private var links: String {
        var all =
            diagnosis?.report?.links.filter { $0.title != Self.runbook }.compactMap { link -> String? in
                guard PlainText.webAddress(link.url) != nil else { return nil }
                return link.title.shown(atMost: 40).linked(to: link.url)
            } ?? []
        if let cause = diagnosis?.hypotheses.first?.cause, let page = runbookPage(of: cause) {
            all.append("<a href=\"\(page)\">\(Self.runbook)</a>")
        }
        if !incident.diagnosis.isEmpty { all.append("<a href=\"\(incident.id).json\">JSON</a>") }
        return all.isEmpty ? "" : "<nav>\(all.joined(separator: "\n"))</nav>"
    }

    private static let runbook = "Runbook"

    func runbookPage(of cause: String) -> String? {
        Cause(rawValue: cause).map { "../runbooks/\($0.rawValue)?incident=\(incident.id)" }
    }

    private static func jumps(to sections: [String]) -> String {
        // Each section begins with its heading, which is ours.
        let links = sections.compactMap { section -> String? in
            guard let id = section.firstRange(of: "<h2 id=\""), let end = section.firstRange(of: "</h2>"),
                id.lowerBound == section.startIndex
            else { return nil }
            let heading = section[id.upperBound..<end.lowerBound].split(separator: "\">")
            guard heading.count == 2 else { return nil }
            return "<a href=\"#\(heading[0])\">\(heading[1])</a>"
        }
        return links.isEmpty ? "" : Markup.quiet("On this page: " + links.joined(separator: " · "))
    }

    /// What Alertmanager said, and what was looked at.
    private var origin: String {
        var facts: [(String, String)] = []
        for (name, value) in (alert?.commonLabels ?? [:]).sorted(by: { $0.key < $1.key }) {
            facts.append((name.shown(atMost: 100), value.shown(atMost: 300)))
        }
        for name in ["summary", "description"] {
            if let text = alert?.commonAnnotations[name] { facts.append((name, text.shown())) }
        }
        if let alert { facts.append(("alerts", "\(alert.alertCount), \(alert.firing.count) firing")) }
        facts.append(("playbook", incident.playbook.shown(atMost: 100)))
        if let window = diagnosis?.window {
            facts.append(
                ("looked at", "\(Markup.time(window.start, on: day)) to \(Markup.time(window.end, on: day)) UTC"))
        }
        return Markup.section("Alert", [Self.facts(facts)])
    }

    static func facts(_ facts: [(String, String)]) -> String {
        guard !facts.isEmpty else { return "" }
        return "<dl>\n\(facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n"))\n</dl>"
    }
}
