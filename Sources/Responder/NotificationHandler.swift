import Alerts
package import Journal
import Languages
package import Logging
package import Metrics
package import Reporting
import RootCause
import Settings
import Telemetry

/// Turns a claimed notification into the next chapter of its incident, and puts what people should read into the outbox.
package struct NotificationHandler: Sendable {
    /// How a notification's handling ended.
    package enum Ending: Hashable, Sendable {
        case finished
        /// The service is being stopped; the notification has been given back.
        case interrupted
    }

    /// A notification that was claimed this often without an end ended the process each time: people are then told
    /// without an investigation, because silence would be worse.
    static let attemptsBeforeGivingUp = 3
    /// When even that ends the process, the notification is put aside, where people see it and others can pass.
    static let attemptsBeforeParking = 6

    let journal: any Journal
    let investigator: Investigator
    private let summaries: SummaryBuilder
    private let correspondence: Correspondence
    let clock: WallClock
    let logger: Logger
    private let metrics: any MetricsFactory
    private let figures: DiagnosisMetrics
    private let records: CauseRecords
    private let doorbell: Doorbell
    let turnstile: Turnstile

    /// - Parameters:
    ///   - doorbell: tells the sender of messages that are due before the handling ends.
    ///   - investigationsAtOnce: the others wait, after people were told that somebody looks.
    package init(
        journal: any Journal, investigator: Investigator, summaries: SummaryBuilder, receivers: [ChatReceiver],
        records: CauseRecords, doorbell: Doorbell, investigationsAtOnce: Int, clock: WallClock, logger: Logger,
        metrics: any MetricsFactory
    ) {
        self.doorbell = doorbell
        turnstile = Turnstile(investigationsAtOnce)
        self.journal = journal
        self.investigator = investigator
        self.summaries = summaries
        correspondence = Correspondence(receivers: receivers, clock: clock)
        self.clock = clock
        self.logger = logger
        self.metrics = metrics
        self.records = records
        figures = DiagnosisMetrics(factory: metrics)
    }

    package func handle(_ notification: StoredNotification) async throws(JournalError) -> Ending {
        var logger = logger
        logger[metadataKey: "notification"] = "\(notification.id)"
        guard notification.attempts < Self.attemptsBeforeParking else {
            let reason = "its handling ended the process \(notification.attempts) times"
            logger.error("notification put aside", metadata: ["reason": "\(reason)"])
            try await journal.parkNotification(notification.id, reason: reason)
            return .finished
        }
        let group: AlertGroup
        do {
            // The limit on alerts was applied when it came in; what is in the journal has to be handled.
            group = try AlertGroup(webhookBody: notification.body, maximumAlerts: .max)
        } catch {
            logger.error("stored notification cannot be read", metadata: ["reason": "\(error)"])
            try await journal.parkNotification(notification.id, reason: error.description)
            return .finished
        }
        let found = try await journal.openIncident(groupKey: group.groupKey, receiver: group.receiver)
        // One that an earlier attempt at this very notification began is begun again, and nobody is told twice.
        let open = found?.id == IncidentID(number: notification.id) ? nil : found
        let previous = open.flatMap { try? AlertGroup(webhookBody: $0.alertBody, maximumAlerts: .max) }
        logger[metadataKey: "incident"] = "\(open?.id ?? IncidentID(number: notification.id))"
        logger[metadataKey: "alert"] = "\(group.name)"

        switch (IncidentStory.next(for: group, previous: previous), open) {
        case (.ignore, _):
            logger.info("the end of a group that was not seen firing")
            try await journal.finishNotification(notification.id, incident: nil)
            return .finished
        case (.remember, let incident?):
            return try await remember(group, notification, taken(incident, isSecondLookWanted: true))
        case (.resolve, let incident?):
            return try await resolve(group, notification, taken(incident), logger)
        case (.investigateAgain, let incident?):
            return try await investigate(group, after: previous, notification, taken(incident), logger)
        // An incident whose last notification cannot be read any more ends as well: its group must not be blocked.
        case (.replace, var incident?), (.open, var incident?):
            incident.state = .resolved
            incident.resolvedAt = group.startsAt
            incident.updatedAt = clock.now()
            try await journal.save(incident, messages: [])
            logger[metadataKey: "incident"] = "\(IncidentID(number: notification.id))"
            return try await investigate(group, notification, begin(group, notification), logger)
        case (_, nil):
            return try await investigate(group, notification, begin(group, notification), logger)
        }
    }

    /// The incident as it is by now; a second look that is under way changes it no more.
    private func taken(
        _ incident: Incident, isSecondLookWanted: Bool = false
    ) async throws(JournalError) -> Incident {
        var current = incident
        while true {
            var taken = current
            taken.updatedAt = clock.now()
            if !isSecondLookWanted { taken.lookAgainAt = nil }
            if try await journal.save(taken, messages: [], held: [], ifUntouchedSince: current.updatedAt) {
                return taken
            }
            guard let newer = try await journal.incident(incident.id), newer.state == .open else { return current }
            current = newer
        }
    }

    private func begin(_ group: AlertGroup, _ notification: StoredNotification) -> Incident {
        Incident(
            id: IncidentID(number: notification.id), groupKey: group.groupKey, receiver: group.receiver,
            alertName: group.name, playbook: investigator.playbook(for: group).name, state: .open,
            startsAt: group.startsAt ?? notification.receivedAt, openedAt: notification.receivedAt,
            updatedAt: clock.now(), alertBody: notification.body)
    }

    // MARK: Chapters

    /// - Parameter previous: the incident's notification before this one; its alerts have been looked at.
    private func investigate(
        _ group: AlertGroup, after previous: AlertGroup? = nil, _ notification: StoredNotification,
        _ incident: Incident, _ logger: Logger
    ) async throws(JournalError) -> Ending {
        guard notification.attempts < Self.attemptsBeforeGivingUp else {
            return try await tellPlainly(group, notification, incident, logger)
        }
        logger.info("investigating", metadata: ["alerts": "\(group.alerts.count)"])
        if previous == nil, correspondence.converses {
            try await write(.begun, incident, group, notification)
            // People hear of it while it is being looked at, or waits for that, and not after.
            doorbell.ring()
        }
        let newcomers = IncidentStory.newcomers(in: group, previous: previous)
        guard let investigation = await look(at: group, about: newcomers) else {
            try await journal.releaseNotification(
                notification.id, retryAt: clock.now(), reason: "the service was stopped")
            logger.notice("investigation interrupted; it will be done after the restart")
            return .interrupted
        }
        var incident = incident
        let before = incident.firstCause
        incident.alertBody = notification.body
        incident.investigatedBody = notification.body
        incident.lookAgainAt = before == nil && investigation.mayGetBetter ? clock.now() + Self.secondLookDelay : nil
        note(investigation, of: group, in: &incident)
        // People hear of a second look when it changed the answer. An alert about something that was not told of yet is
        // news whatever the answer.
        let isOtherCause = before != incident.firstCause
        let isNews =
            isOtherCause
            || investigator.adds(newcomers, to: previous?.firing ?? [], of: investigation.playbook)
        let chapter: Correspondence.Chapter =
            before == nil
            ? .diagnosed(investigation)
            : isNews
                ? .changed(investigation, isOtherCause: isOtherCause) : .joined(newcomers, investigation)
        let messages = try await write(chapter, incident, group, notification)
        try await journal.finishNotification(notification.id, incident: incident.id)
        report(investigation.diagnosis, messages: messages, logger)
        return .finished
    }

    /// - Returns: nil when the service stops before the end.
    func look(at group: AlertGroup, about alerts: [Alert]) async -> Investigation? {
        guard await turnstile.enter() else { return nil }
        defer { turnstile.leave() }
        let started = clock.now()
        var investigation = await investigator.investigate(group, about: alerts)
        guard !Task.isCancelled else { return nil }
        investigation.record = records.current
        Metrics.Timer(label: "sabueso_investigation_seconds", factory: metrics)
            .recordNanoseconds((clock.now() - started).nanoseconds)
        return investigation
    }

    /// Has the incident remember what was found.
    func note(_ investigation: Investigation, of group: AlertGroup, in incident: inout Incident) {
        incident.headline =
            summaries.story(of: investigation.diagnosis, alert: group, record: investigation.record).text?.english ?? ""
        incident.diagnosis = kept(investigation, group, incident)
        incident.updatedAt = clock.now()
    }

    private func report(_ diagnosis: Diagnosis, messages: Int, _ logger: Logger) {
        for gap in diagnosis.gaps where !gap.isStanding {
            logger.warning(
                "evidence is missing",
                metadata: ["source": "\(gap.source.rawValue)", "reason": "\(gap.reason.english)"])
            Counter(
                label: "sabueso_evidence_gaps_total", dimensions: [("source", gap.source.rawValue)], factory: metrics
            ).increment()
        }
        let first = diagnosis.hypotheses.first
        logger.info(
            "investigated",
            metadata: [
                "cause": "\(first?.cause.rawValue ?? "none")", "subject": "\(first?.subject.name ?? "")",
                "confidence": "\(first?.confidence ?? 0)", "gaps": "\(diagnosis.gaps.count)",
                "messages": "\(messages)",
            ])
        Counter(
            label: "sabueso_investigations_total", dimensions: [("cause", first?.cause.rawValue ?? "none")],
            factory: metrics
        ).increment()
        figures.record(diagnosis)
    }

    /// The diagnosis as it stays in the journal, with what people are told of it.
    private func kept(_ investigation: Investigation, _ group: AlertGroup, _ incident: Incident) -> [UInt8] {
        let occasion = SummaryBuilder.Occasion(
            alert: group, playbook: investigation.playbookToShow, incident: "\(incident.id)", now: clock.now(),
            record: investigation.record)
        let summary = summaries.summary(of: investigation.diagnosis, on: occasion)
        let text = DiagnosisJSON(grafana: summaries.grafana).text(
            investigation.diagnosis,
            keeping: .init(
                record: investigation.record, summary: summary,
                story: summaries.story(of: investigation.diagnosis, alert: group, record: investigation.record).text))
        return [UInt8](text.utf8)
    }

    /// The last resort for what keeps ending the process: Alertmanager's own words, with nothing looked at.
    private func tellPlainly(
        _ group: AlertGroup, _ notification: StoredNotification, _ incident: Incident, _ logger: Logger
    ) async throws(JournalError) -> Ending {
        logger.error("giving up on the investigation", metadata: ["attempts": "\(notification.attempts)"])
        var incident = incident
        incident.alertBody = notification.body
        incident.updatedAt = clock.now()
        try await write(.notice(PlainNotice(attempts: notification.attempts)), incident, group, notification)
        try await journal.finishNotification(notification.id, incident: incident.id)
        return .finished
    }

    private func remember(
        _ group: AlertGroup, _ notification: StoredNotification, _ incident: Incident
    ) async throws(JournalError) -> Ending {
        var incident = incident
        incident.alertBody = notification.body
        incident.updatedAt = clock.now()
        try await journal.save(incident, messages: [])
        try await journal.finishNotification(notification.id, incident: incident.id)
        return .finished
    }

    private func resolve(
        _ group: AlertGroup, _ notification: StoredNotification, _ incident: Incident, _ logger: Logger
    ) async throws(JournalError) -> Ending {
        var incident = incident
        incident.state = .resolved
        incident.resolvedAt = group.endsAt ?? clock.now()
        incident.updatedAt = clock.now()
        incident.alertBody = notification.body
        let messages = try await write(.ended, incident, group, notification)
        try await journal.finishNotification(notification.id, incident: incident.id)
        logger.info("resolved", metadata: ["messages": "\(messages)"])
        return .finished
    }

    /// Saves the incident with what its receivers are told of this chapter.
    ///
    /// - Returns: how many messages that is.
    @discardableResult
    private func write(
        _ chapter: Correspondence.Chapter, _ incident: Incident, _ group: AlertGroup,
        _ notification: StoredNotification
    ) async throws(JournalError) -> Int {
        let letters = try await letters(chapter, incident, group, key: "\(notification.id)")
        try await journal.save(incident, messages: letters.messages, held: letters.held)
        return letters.messages.count
    }

    func letters(
        _ chapter: Correspondence.Chapter, _ incident: Incident, _ group: AlertGroup, key: String
    ) async throws(JournalError) -> Correspondence.Letters {
        correspondence.letters(
            chapter, of: incident, group, sameCause: try await sameCause(as: incident, chapter),
            to: investigator.receivers(of: incident.playbook),
            told: try await journal.receivers(toldOf: incident.id), held: try await journal.held(of: incident.id),
            remarks: try await journal.remarks(on: incident.id), key: key)
    }

    /// Another open incident with the cause that this chapter tells of.
    private func sameCause(
        as incident: Incident, _ chapter: Correspondence.Chapter
    ) async throws(JournalError) -> SummaryBuilder.SameCause? {
        guard chapter.tellsCause, incident.namedCause.map({ $0.cause != Cause.unknown.rawValue }) ?? false else {
            return nil
        }
        return SameCause.incident(
            like: incident, among: try await journal.incidents(limit: SameCause.mostIncidents))
    }
}
