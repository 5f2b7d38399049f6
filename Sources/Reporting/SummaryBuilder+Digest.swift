import Languages
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
            language: language, mark: occasion.mark,
            status: isOver ? .resolved(at: occasion.now ?? lines.first?.startsAt ?? .init(seconds: 0)) : .firing,
            headline: say(Self.headline(of: lines, wasQuiet: wasQuiet)),
            context: say(context(of: lines, now: occasion.now)),
            links: incidentList.map {
                [
                    .init(
                        target: .evidence, title: say("All incidents"), destination: say("the list of incidents"),
                        url: $0)
                ]
            } ?? [],
            digest: groups(of: lines).map { group in
                Summary.DigestGroup(
                    title: say(group.title), count: group.lines.count,
                    over: group.lines.count { $0.resolvedAt != nil },
                    incidents: group.lines.prefix(TextBounds.standard.digestIncidents).map { line in
                        Summary.Affected(name: line.incident, outcome: "", url: incidentPage(line.incident))
                    }, more: max(0, group.lines.count - TextBounds.standard.digestIncidents))
            })
    }

    /// Those that are told of for the first time, and then those that a digest told of and that have ended since.
    private static func headline(of lines: [DigestLine], wasQuiet: Bool) -> Phrase {
        let new = lines.filter { !$0.wasTold }
        let told = lines.count - new.count
        guard !new.isEmpty else {
            let incidents = Quantities.count(told, .incident)
            return switch (wasQuiet, told) {
            case (true, 1): "\(incidents) of the quiet time is over"
            case (true, _): "\(incidents) of the quiet time are over"
            case (false, 1): "\(incidents) of this storm of alerts is over"
            case (false, _): "\(incidents) of this storm of alerts are over"
            }
        }
        let count: Phrase =
            wasQuiet
            ? "\(Quantities.count(new.count, .incident)) during the quiet time"
            : "\(Quantities.count(new.count, .moreIncident)) in this storm of alerts"
        let rest: Phrase =
            switch told {
            case 0: .empty
            case 1: "; 1 told before is over"
            default: "; \(Quantities.count(told)) told before are over"
            }
        return "\(count): \(going(new.count { $0.resolvedAt == nil }, of: new.count))" + rest
    }

    private static func going(_ open: Int, of count: Int) -> Phrase {
        switch open {
        case 0: "all are over"
        case count: "none is over"
        case 1: "1 still firing"
        default: "\(Quantities.count(open)) still firing"
        }
    }

    /// Those with the same story first told by it, the most numerous first.
    private func groups(of lines: [DigestLine]) -> [(title: Phrase, lines: [DigestLine])] {
        var groups: [String: (title: Phrase, lines: [DigestLine])] = [:]
        for line in lines {
            let alert = Phrase(verbatim: line.alert.plainLine)
            let title = line.story?.text ?? line.story?.owner.map { "\(alert) on \($0)" } ?? alert
            groups[title.english, default: (title, [])].lines.append(line)
        }
        return groups.sorted { ($1.value.lines.count, $0.key) < ($0.value.lines.count, $1.key) }.map(\.value)
    }

    /// When they began, and how many kinds there are more than a message shows.
    private func context(of lines: [DigestLine], now: Timestamp?) -> Phrase {
        let hidden = groups(of: lines).count - TextBounds.standard.digestGroups
        return [span(of: lines, now: now), hidden > 0 ? Quantities.count(hidden, .otherKind) : nil]
            .compactMap { $0 }.joined(separator: " · ")
    }

    private func span(of lines: [DigestLine], now: Timestamp?) -> Phrase? {
        guard let first = lines.map(\.startsAt).min(), let last = lines.map(\.startsAt).max() else { return nil }
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
