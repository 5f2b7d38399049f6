package import Telemetry

extension SummaryBuilder {
    /// One incident that was not told by itself.
    package struct DigestLine: Hashable, Sendable {
        /// `i-42`
        package let incident: String
        package let alert: String
        /// nil when it was not diagnosed.
        package let story: Story?
        package let startsAt: Timestamp
        /// nil while it goes on.
        package let resolvedAt: Timestamp?

        package init(incident: String, alert: String, story: Story?, startsAt: Timestamp, resolvedAt: Timestamp?) {
            self.incident = incident
            self.alert = alert
            self.story = story
            self.startsAt = startsAt
            self.resolvedAt = resolvedAt
        }
    }

    /// Many incidents in one message: how many, of which alerts, and what is known of them.
    ///
    /// - Parameter wasQuiet: whether they waited for the end of a quiet time, and not for that of a storm.
    package func digest(of lines: [DigestLine], wasQuiet: Bool, on occasion: Occasion) -> Summary {
        let open = lines.filter { $0.resolvedAt == nil }
        let count = Quantities.count(lines.count, wasQuiet ? "incident" : "more incident")
        let going =
            open.isEmpty
            ? "all are over"
            : open.count == lines.count
                ? "none is over" : "\(Quantities.count(open.count)) still firing"
        return Summary(
            mark: occasion.mark, status: open.isEmpty ? .resolved(at: occasion.now ?? lines[0].startsAt) : .firing,
            headline: "\(count) \(wasQuiet ? "during the quiet time" : "in this storm of alerts"): \(going)",
            context: context(of: lines, now: occasion.now),
            digest: groups(of: lines).map { group in
                Summary.DigestGroup(
                    title: group.title, count: group.lines.count,
                    over: group.lines.count { $0.resolvedAt != nil },
                    incidents: group.lines.prefix(TextBounds.standard.digestIncidents).map { line in
                        Summary.Affected(name: line.incident, outcome: "", url: incidentPage(line.incident))
                    }, more: max(0, group.lines.count - TextBounds.standard.digestIncidents))
            })
    }

    /// Those with the same story first told by it, the most numerous first.
    private func groups(of lines: [DigestLine]) -> [(title: String, lines: [DigestLine])] {
        var byTitle: [String: [DigestLine]] = [:]
        for line in lines {
            let owner = line.story?.owner.map { " on \($0.plainLine)" } ?? ""
            byTitle[line.story?.text ?? "\(line.alert.plainLine)\(owner)", default: []].append(line)
        }
        return byTitle.map { (title: $0.key, lines: $0.value) }
            .sorted { ($1.lines.count, $0.title) < ($0.lines.count, $1.title) }
    }

    /// When they began, and how many kinds there are more than a message shows.
    private func context(of lines: [DigestLine], now: Timestamp?) -> String {
        let hidden = groups(of: lines).count - TextBounds.standard.digestGroups
        return [span(of: lines, now: now), hidden > 0 ? "\(Quantities.count(hidden, "kind")) more than shown" : nil]
            .compactMap { $0 }.joined(separator: " · ")
    }

    private func span(of lines: [DigestLine], now: Timestamp?) -> String {
        guard let first = lines.map(\.startsAt).min(), let last = lines.map(\.startsAt).max() else { return "" }
        let start = "\(day(of: first, now: now))\(zone.time(first))"
        return "began \(start)–\(day(of: last, now: now))\(zone.time(last)) \(zone.abbreviation(at: last))"
    }

    /// Where an incident is read, when the service's own pages can be reached.
    package func incidentPage(_ incident: String) -> String? {
        ownPages.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/incidents/\(incident.percentEncoded)" }
    }
}
