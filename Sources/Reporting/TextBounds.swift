import Languages

/// How much of each part a reader gets, in UTF-16 units or pieces.
///
/// Everything in a summary may come from outside and be of any length. These bounds keep one oversized label from
/// crowding out the rest; the surfaces' own limits come on top.
struct TextBounds: Hashable {
    var headline = 150
    var context = 300
    var name = 100
    /// A clock time with its day.
    var label = 24
    /// A percentage with the votes that corrected it.
    var percent = 48
    var sentence = 300
    /// One line of a log on a telephone, wrapped three times.
    var logLine = 160
    var logLines = 5
    /// One line of a log beside a chain that has said it.
    var toldLine = 100
    var causes = 3
    var recommendations = 3
    var missing = 5
    /// In a report: every kind of evidence may be missing, some for more than one reason.
    var alsoMissing = 20
    /// Findings of one cause.
    var findings = 2
    /// Log lines in a message that does not explain itself yet.
    var tellingLines = 2
    /// Of the affected by name.
    var names = 6
    /// Kinds of incidents in a digest, and of each kind those named.
    var digestGroups = 8
    var digestIncidents = 5
    /// Times around the onset.
    var courseRows = CourseFigures.mostRows
    /// Of the steps that explain what happened.
    var keySteps = KeySteps.limit

    static let standard = TextBounds()
}

extension Summary {
    /// The same summary with every text within bounds and the lists of fixed length cut; the timeline and the affected
    /// names keep their length, because the surfaces have different room for them.
    func bounded(_ bounds: TextBounds = .standard) -> Summary {
        var summary = self
        summary.headline = headline.shownLine(to: bounds.headline)
        summary.context = context.shownLine(to: bounds.context)
        summary.severity = severity?.shownLine(to: bounds.name)
        summary.causes = causes.prefix(bounds.causes).map { $0.bounded(bounds) }
        summary.timeline = timeline.map {
            Step(
                time: $0.time.shownLine(to: bounds.label), text: $0.text.shownLine(to: bounds.sentence),
                isKey: $0.isKey)
        }
        summary.affected = affected?.shownLine(to: bounds.sentence)
        summary.affectedNames = affectedNames.map {
            Affected(
                name: $0.name.shownLine(to: bounds.name), outcome: $0.outcome.shownLine(to: bounds.label),
                url: $0.url.flatMap { WebAddress.checked($0) })
        }
        summary.recommendations = recommendations.prefix(bounds.recommendations).map {
            $0.shownLine(to: bounds.sentence)
        }
        summary.keyLines = keyLines.prefix(bounds.logLines).map {
            LogLine(
                text: $0.text.shownLine(to: bounds.logLine), count: $0.count,
                origin: $0.origin.shownLine(to: bounds.name))
        }
        summary.missing = missing.prefix(bounds.missing).map { $0.shownLine(to: bounds.sentence) }
        let harmless = Array(missing.dropFirst(bounds.missing)) + alsoMissing
        summary.alsoMissing = harmless.prefix(bounds.alsoMissing).map { $0.shownLine(to: bounds.sentence) }
        summary.sameCause = sameCause?.shownLine(to: bounds.sentence)
        summary.lookedAt = lookedAt.shownLine(to: bounds.sentence)
        summary.figures = figures.map {
            Figure(name: $0.name.shownLine(to: bounds.name), value: $0.value.shownLine(to: bounds.name))
        }
        summary.course = course.map { course in
            Course(
                title: course.title.plainLine.cut(to: bounds.name),
                rows: course.rows.prefix(bounds.courseRows).map {
                    Step(time: $0.time.plainLine.cut(to: bounds.label), text: $0.text.plainLine.cut(to: bounds.name))
                })
        }
        summary.links = links.compactMap { link in
            WebAddress.checked(link.url).map { url in
                let title = link.title.shownLine(to: bounds.name)
                return Link(
                    target: link.target, title: title.isEmpty ? Self.open.said(in: language) : title,
                    destination: link.destination.shownLine(to: bounds.sentence), url: url)
            }
        }
        summary.incident = incident?.shownLine(to: bounds.name)
        summary.playbook = playbook?.shownLine(to: bounds.name)
        summary.alertText = alertText?.shownLine(to: bounds.logLine)
        summary.digest = digest.prefix(bounds.digestGroups).map { group in
            DigestGroup(
                title: group.title.shownLine(to: bounds.headline), count: group.count, over: group.over,
                incidents: group.incidents.prefix(bounds.digestIncidents).map {
                    Affected(
                        name: $0.name.shownLine(to: bounds.name), outcome: "",
                        url: $0.url.flatMap { WebAddress.checked($0) })
                }, more: group.more)
        }
        summary.shortenEnglish(bounds)
        return summary
    }

    /// What a button says whose own words are not to be shown.
    static let open: Phrase = "Open"
}

extension Summary.Cause {
    fileprivate func bounded(_ bounds: TextBounds) -> Summary.Cause {
        Summary.Cause(
            name: name.shownLine(to: bounds.name), certainty: certainty,
            percent: percent.shownLine(to: bounds.percent),
            statement: statement.shownLine(to: bounds.sentence),
            evidence: evidence.map {
                Summary.Finding(
                    text: $0.text.shownLine(to: bounds.sentence), url: $0.url.flatMap { WebAddress.checked($0) })
            },
            runbook: runbook, isKnown: isKnown)
    }
}
