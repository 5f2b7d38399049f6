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
        /// Whether an earlier digest told of it, and this one tells of its end.
        package let wasTold: Bool

        package init(
            incident: String, alert: String, story: Story?, startsAt: Timestamp, resolvedAt: Timestamp?,
            wasTold: Bool = false
        ) {
            self.incident = incident
            self.alert = alert
            self.story = story
            self.startsAt = startsAt
            self.resolvedAt = resolvedAt
            self.wasTold = wasTold
        }
    }

    /// Many incidents in one message: how many, of which alerts, and what is known of them.
    ///
    /// - Parameter wasQuiet: whether they waited for the end of a quiet time, and not for that of a storm.
    package func digest(of lines: [DigestLine], wasQuiet: Bool, on occasion: Occasion) -> Summary {
        let isOver = lines.allSatisfy { $0.resolvedAt != nil }
        return Summary(
            mark: occasion.mark,
            status: isOver ? .resolved(at: occasion.now ?? lines.first?.startsAt ?? .init(seconds: 0)) : .firing,
            headline: headline(of: lines, wasQuiet: wasQuiet), context: context(of: lines, now: occasion.now),
            links: incidentList.map {
                [.init(target: .evidence, title: "All incidents", destination: "the list of incidents", url: $0)]
            } ?? [],
            digest: groups(of: lines).map { group in
                Summary.DigestGroup(
                    title: group.title, count: group.lines.count,
                    over: group.lines.count { $0.resolvedAt != nil },
                    incidents: group.lines.prefix(TextBounds.standard.digestIncidents).map { line in
                        Summary.Affected(name: line.incident, outcome: "", url: incidentPage(line.incident))
                    }, more: max(0, group.lines.count - TextBounds.standard.digestIncidents))
            })
    }

    /// Those that are told of for the first time, and then those that a digest told of and that have ended since.
    private func headline(of lines: [DigestLine], wasQuiet: Bool) -> String {
        let new = lines.filter { !$0.wasTold }
        let told = lines.count - new.count
        let occasion = wasQuiet ? "during the quiet time" : "in this storm of alerts"
        let ended = "\(told == 1 ? "is" : "are") over"
        guard !new.isEmpty else { return "\(Quantities.count(told, "incident")) \(occasion) \(ended)" }
        let open = new.count { $0.resolvedAt == nil }
        let going =
            open == 0
            ? "all are over" : open == new.count ? "none is over" : "\(Quantities.count(open)) still firing"
        let count = Quantities.count(new.count, wasQuiet ? "incident" : "more incident")
        return "\(count) \(occasion): \(going)" + (told == 0 ? "" : "; \(Quantities.count(told)) told before \(ended)")
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
        incidentList.map { "\($0)/\(incident.percentEncoded)" }
    }

    private var incidentList: String? {
        ownPages.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/incidents" }
    }
}
