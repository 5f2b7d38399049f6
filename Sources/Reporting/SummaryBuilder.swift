package import Alerts
package import Languages
package import RootCause
package import Telemetry

/// Makes of a diagnosis what a person reads.
///
/// Pure: the clock and the reader's zone come in as values, so that a replay next year gives the same bytes.
package struct SummaryBuilder: Sendable {
    /// What is known beside the evidence.
    package struct Occasion: Sendable {
        /// nil for a case that no alert started.
        package var alert: AlertGroup?
        package var playbook: String?
        package var incident: String?
        /// When the first alert of the incident began, which may be over by now; nil outside of an incident.
        package var startedAt: Timestamp?
        /// The page that shows all evidence; nil where no such page is served.
        package var evidenceURL: String?
        /// For "(6 min)"; nil in replays and analyses of the past, which then tell the day.
        package var now: Timestamp?
        package var mark: Summary.Mark?
        /// What people said of earlier diagnoses; confidences are shown as it corrects them.
        package var record: TrackRecord
        /// Another open incident with the same cause.
        package var sameCause: SameCause?

        package init(
            alert: AlertGroup? = nil, playbook: String? = nil, incident: String? = nil,
            startedAt: Timestamp? = nil, evidenceURL: String? = nil, now: Timestamp? = nil, mark: Summary.Mark? = nil,
            record: TrackRecord = .none
        ) {
            self.alert = alert
            self.playbook = playbook
            self.incident = incident
            self.startedAt = startedAt
            self.evidenceURL = evidenceURL
            self.now = now
            self.mark = mark
            self.record = record
        }
    }

    /// An open incident of which the same cause was told.
    package struct SameCause: Hashable, Sendable {
        /// `i-12`
        package let incident: String
        /// The service or job that it is about.
        package let owner: String

        package init(incident: String, owner: String) {
            self.incident = incident
            self.owner = owner
        }
    }

    package let grafana: GrafanaLinks?
    let runbooks: String?
    let ownPages: String?
    let zone: ClockZone
    package let language: Language

    /// - Parameters:
    ///   - grafana: nil for a summary without links to Grafana.
    ///   - runbooks: the address of the folder in which the causes' pages are: `…/spot-eviction.md` is put behind it.
    ///   - ownPages: the service's own address, which serves the same pages with the incident's values; `runbooks` wins.
    package init(
        grafana: GrafanaLinks? = nil, runbooks: String? = nil, ownPages: String? = nil, zone: ClockZone = .utc,
        language: Language = .english
    ) {
        self.grafana = grafana
        self.runbooks = runbooks
        self.ownPages = ownPages
        self.zone = zone
        self.language = language
    }

    /// In the readers' language.
    func say(_ phrase: Phrase) -> String { phrase.said(in: language) }

    package func summary(of diagnosis: Diagnosis, on occasion: Occasion = Occasion()) -> Summary {
        var summary = saidSummary(of: diagnosis, on: occasion)
        guard language != .english else { return summary }
        let english = SummaryBuilder(grafana: grafana, runbooks: runbooks, ownPages: ownPages, zone: zone)
        summary.remember(english.saidSummary(of: diagnosis, on: occasion))
        return summary
    }

    private func saidSummary(of diagnosis: Diagnosis, on occasion: Occasion) -> Summary {
        let telling = occasion.record.telling(of: diagnosis)
        let diagnosis = telling.diagnosis
        let impact = ImpactWording(diagnosis)
        let (bounds, top) = (TextBounds.standard, diagnosis.hypotheses.first)
        var summary = Summary(
            language: language, mark: occasion.mark, status: .firing, severity: occasion.alert?.severity,
            headline: say(Headline(diagnosis: diagnosis, alert: occasion.alert).text),
            context: say(context(of: diagnosis, on: occasion)),
            causes: causes(of: telling), timeline: KeySteps.of(diagnosis, zone: zone, in: language),
            affected: impact.line.map(say), affectedNames: impact.names(in: language),
            recommendations: recommendations(of: diagnosis),
            keyLines: diagnosis.keyLines.prefix(bounds.logLines).map { line in
                Summary.LogLine(
                    text: line.text.shownLine(to: bounds.logLine), count: line.count,
                    origin: (line.pod ?? line.service ?? "").plainLine)
            },
            missing: GapWording.lines(diagnosis.gaps, under: top, in: language),
            alsoMissing: GapWording.harmlessLines(diagnosis.gaps, under: top, in: language),
            lookedAt: say(SamplingWording.text(diagnosis)), figures: FigureWording(diagnosis, in: language).figures,
            links: links(for: diagnosis, on: occasion), incident: occasion.incident, playbook: occasion.playbook,
            alertText: Self.alertText(occasion.alert))
        summary.sameCause = occasion.sameCause.map {
            say("Same cause as \($0.incident) (\($0.owner.plainLine))")
        }
        summary.unanswered = say(GapWording.unanswered(diagnosis.gaps, under: top))
        summary.course = diagnosis.course.flatMap { CourseFigures(course: $0, zone: zone, language: language).table }
        return summary
    }

    /// The alert's summary, else its description: of all alerts together, else of the first that fires.
    static func alertText(_ alert: AlertGroup?) -> String? {
        guard let alert else { return nil }
        let candidates = [alert.commonAnnotations] + alert.firing.prefix(1).map(\.annotations)
        return ["summary", "message", "description"].lazy
            .flatMap { name in candidates.compactMap { $0[name]?.plainLine } }.first { !$0.isEmpty }
    }

    /// What is kept of a diagnosis until its incident is over.
    package struct Story: Hashable, Sendable {
        /// "spot node aks-spot-3 was preempted, 3 builds lost their agents"; nil when nothing is known.
        package let text: Phrase?
        package let onset: Timestamp?
        /// The service, job, pod or namespace that it is about.
        package let owner: Phrase?
        /// The likeliest cause; nil when nothing is known.
        package let cause: Cause?
        /// How sure it was, 0 to 1.
        package let confidence: Double

        package init(
            text: Phrase?, onset: Timestamp?, owner: Phrase? = nil, cause: Cause? = nil, confidence: Double = 0
        ) {
            self.text = text
            self.onset = onset
            self.owner = owner
            self.cause = cause
            self.confidence = confidence
        }
    }

    package func story(of diagnosis: Diagnosis, alert: AlertGroup?, record: TrackRecord = .none) -> Story {
        let diagnosis = record.telling(of: diagnosis).diagnosis
        return Story(
            text: Headline(diagnosis: diagnosis, alert: alert).retrospect, onset: diagnosis.onset,
            owner: Headline.owner(of: diagnosis.scope, alert), cause: diagnosis.hypotheses.first?.cause,
            confidence: diagnosis.hypotheses.first?.confidence ?? 0)
    }

    /// The short follow-up once the alert is over.
    ///
    /// - Parameter diagnosis: nil when there was none, for instance because it resolved before it was looked at.
    package func resolution(of diagnosis: Diagnosis?, on occasion: Occasion) -> Summary {
        resolution(of: diagnosis.map { story(of: $0, alert: occasion.alert) }, on: occasion)
    }

    /// The same from what was kept.
    package func resolution(of story: Story?, on occasion: Occasion) -> Summary {
        let alert = occasion.alert
        let end = alert?.endsAt ?? occasion.now
        let start = [story?.onset, alert?.startsAt].compactMap { $0 }.first { start in
            end.map { start <= $0 } ?? true
        }
        let name = alert.map { Phrase(verbatim: $0.name.plainLine) } ?? "the alert"
        let owner = story?.owner ?? Headline.owner(of: nil, alert)
        let what = story?.text ?? owner.map { "\(name) on \($0)" } ?? name
        return Summary(
            language: language, mark: occasion.mark, status: .resolved(at: end ?? Timestamp(nanoseconds: 0)),
            severity: alert?.severity, headline: say("\(over(from: start, to: end, now: occasion.now)): \(what)"),
            context: say([name, owner].compactMap { $0 }.joined(separator: " · ")),
            causes: story.flatMap(cause).map { [$0] } ?? [],
            links: [evidenceLink(on: occasion)].compactMap { $0 }, incident: occasion.incident,
            playbook: occasion.playbook)
    }

    /// "Over after 9 min (15:29:41–15:38:50 CET)"
    private func over(from start: Timestamp?, to end: Timestamp?, now: Timestamp?) -> Phrase {
        guard let start, let end else { return "Over" }
        let days = zone.day(start) == zone.day(end) ? "" : "\(zone.day(end)) "
        let span = "\(day(of: start, now: now))\(zone.time(start))–\(days)\(zone.time(end))"
        return "Over after \(Quantities.duration(end - start)) (\(span) \(zone.abbreviation(at: end)))"
    }

    /// What it was, for who reads it later: a lead is not worth a line any more.
    private func cause(of story: Story) -> Summary.Cause? {
        let certainty = Certainty(confidence: story.confidence)
        guard let cause = story.cause, cause != .unknown, certainty != .lead else { return nil }
        return Summary.Cause(
            name: say(cause.title), certainty: certainty, percent: Certainty.text(confidence: story.confidence),
            statement: "", runbook: "Runbooks/\(cause.rawValue).md", isKnown: true)
    }

    // MARK: - Parts

    private func context(of diagnosis: Diagnosis, on occasion: Occasion) -> Phrase {
        let alert = occasion.alert
        // The diagnosis may be about alerts that joined later: the incident is as old as its first one.
        let since =
            [diagnosis.onset ?? alert?.startsAt, occasion.startedAt].compactMap { $0 }.min() ?? diagnosis.window.start
        let age = occasion.now.map { now -> Phrase in " (\(Quantities.duration(now - since)))" } ?? .empty
        let count = alert?.alertCount ?? 0
        let parts: [Phrase?] = [
            alert.map { Phrase(verbatim: $0.name.plainLine) }, Headline.owner(of: diagnosis.scope, alert),
            self.since(since, now: occasion.now) + age,
            count > 1 ? Quantities.count(count, .alert) : nil,
            alert?.severity.map { Phrase(verbatim: $0.plainLine) },
            alert?.endsAt.map { "over at \(zone.time($0))" },
        ]
        return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// "since 15:29:41 CET"
    func since(_ instant: Timestamp, now: Timestamp?) -> Phrase {
        "since \(day(of: instant, now: now))\(zone.time(instant)) \(zone.abbreviation(at: instant))"
    }

    /// The day where it is not today; a reader who does not know it would take yesterday's 15:29 for today's.
    func day(of instant: Timestamp, now: Timestamp?) -> String {
        if let now, zone.day(now) == zone.day(instant) { return "" }
        return zone.day(instant) + " "
    }

    private func causes(of telling: TrackRecord.Telling) -> [Summary.Cause] {
        let diagnosis = telling.diagnosis
        let prose = Prose(diagnosis, zone: zone, in: language)
        let told = zip(diagnosis.hypotheses, telling.corrections).prefix(TextBounds.standard.causes)
        return told.map { hypothesis, correction in
            let percent = Certainty.text(confidence: hypothesis.confidence)
            let corrected: Phrase = "\(percent), corrected by \(Quantities.count(correction.votes, .vote))"
            return Summary.Cause(
                name: say(hypothesis.cause.title), certainty: Certainty(confidence: hypothesis.confidence),
                percent: correction.isLarge ? say(corrected) : percent,
                statement: prose.text(hypothesis.statement),
                evidence: hypothesis.evidence.map { finding in
                    Summary.Finding(
                        text: prose.text(finding.text),
                        url: finding.reference.flatMap { grafana?.link(to: $0, in: diagnosis.window) },
                        at: finding.at)
                },
                runbook: hypothesis.runbook, isKnown: hypothesis.cause != .unknown)
        }
    }

    /// Those of the likeliest cause; of an unlikely one nothing should be done but looked at.
    private func recommendations(of diagnosis: Diagnosis) -> [String] {
        let prose = Prose(diagnosis, zone: zone, in: language)
        var recommendations: [String] = []
        for text in diagnosis.hypotheses.first?.recommendations ?? [] {
            let line = prose.text(text)
            if !line.isEmpty, !recommendations.contains(line) { recommendations.append(line) }
        }
        return Array(recommendations.prefix(TextBounds.standard.recommendations))
    }
}
