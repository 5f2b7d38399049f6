import Alerts
package import Journal
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

    private let journal: any Journal
    private let investigator: Investigator
    private let summaries: SummaryBuilder
    private let receivers: [ChatReceiver]
    private let clock: WallClock
    private let logger: Logger
    private let metrics: any MetricsFactory

    package init(
        journal: any Journal, investigator: Investigator, summaries: SummaryBuilder, receivers: [ChatReceiver],
        clock: WallClock, logger: Logger, metrics: any MetricsFactory
    ) {
        self.journal = journal
        self.investigator = investigator
        self.summaries = summaries
        self.receivers = receivers
        self.clock = clock
        self.logger = logger
        self.metrics = metrics
    }

    package func handle(_ notification: StoredNotification) async throws(JournalError) -> Ending {
        var logger = logger
        logger[metadataKey: "notification"] = "\(notification.id)"
        let group: AlertGroup
        do {
            // The limit on alerts was applied when it came in; what is in the journal has to be handled.
            group = try AlertGroup(webhookBody: notification.body, maximumAlerts: .max)
        } catch {
            logger.error("stored notification cannot be read", metadata: ["reason": "\(error)"])
            try await journal.parkNotification(notification.id, reason: error.description)
            return .finished
        }
        let open = try await journal.openIncident(groupKey: group.groupKey, receiver: group.receiver)
        let previous = open.flatMap { try? AlertGroup(webhookBody: $0.alertBody, maximumAlerts: .max) }
        logger[metadataKey: "incident"] = "\(open?.id ?? IncidentID(number: notification.id))"
        logger[metadataKey: "alert"] = "\(group.name)"

        switch (IncidentStory.next(for: group, previous: previous), open) {
        case (.ignore, _):
            logger.info("the end of a group that was not seen firing")
            try await journal.finishNotification(notification.id, incident: nil)
            return .finished
        case (.remember, let incident?):
            return try await remember(group, notification, incident)
        case (.resolve, let incident?):
            return try await resolve(group, notification, incident, logger)
        case (.investigateAgain, let incident?):
            return try await investigate(group, notification, incident, logger)
        case (.replace, var incident?):
            incident.state = .resolved
            incident.resolvedAt = group.startsAt
            incident.updatedAt = clock.now()
            try await journal.save(incident, messages: [])
            logger[metadataKey: "incident"] = "\(IncidentID(number: notification.id))"
            return try await investigate(group, notification, begin(group, notification), logger)
        case (.open, _), (_, nil):
            return try await investigate(group, notification, begin(group, notification), logger)
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

    private func investigate(
        _ group: AlertGroup, _ notification: StoredNotification, _ incident: Incident, _ logger: Logger
    ) async throws(JournalError) -> Ending {
        logger.info("investigating", metadata: ["alerts": "\(group.alerts.count)"])
        let started = clock.now()
        let investigation: Investigation
        if notification.attempts >= Self.attemptsBeforeGivingUp {
            let reason = "the investigation was broken off \(notification.attempts) times; nothing was looked at"
            logger.error("giving up on the investigation", metadata: ["attempts": "\(notification.attempts)"])
            investigation = investigator.giveUp(on: group, because: reason)
        } else {
            investigation = await investigator.investigate(group)
        }
        guard !Task.isCancelled else {
            try await journal.releaseNotification(
                notification.id, retryAt: clock.now(), reason: "the service was stopped")
            logger.notice("investigation interrupted; it will be done after the restart")
            return .interrupted
        }
        let diagnosis = investigation.diagnosis
        let occasion = SummaryBuilder.Occasion(
            alert: group, playbook: investigation.playbook.name, incident: "\(incident.id)", now: clock.now())
        let summary = summaries.summary(of: diagnosis, on: occasion)

        var incident = incident
        let before = incident.firstCause
        incident.alertBody = notification.body
        incident.headline = summaries.story(of: diagnosis, alert: group).text ?? ""
        incident.diagnosis = [UInt8](DiagnosisJSON(grafana: summaries.grafana).text(diagnosis).utf8)
        incident.updatedAt = clock.now()
        // A channel that cannot be edited hears of a second look only when it changed the answer.
        let isNews = before == nil || before != incident.firstCause
        let messages = isNews ? outgoing(summary, of: incident, kind: before == nil ? "diagnosis" : "update") : []
        try await journal.save(incident, messages: messages)
        try await journal.finishNotification(notification.id, incident: incident.id)

        let first = diagnosis.hypotheses.first
        logger.info(
            "investigated",
            metadata: [
                "cause": "\(first?.cause.rawValue ?? "none")", "subject": "\(first?.subject.name ?? "")",
                "confidence": "\(first?.confidence ?? 0)", "gaps": "\(diagnosis.gaps.count)",
                "messages": "\(messages.count)",
            ])
        Counter(
            label: "sabueso_investigations_total", dimensions: [("cause", first?.cause.rawValue ?? "none")],
            factory: metrics
        ).increment()
        Metrics.Timer(label: "sabueso_investigation_seconds", factory: metrics)
            .recordNanoseconds((clock.now() - started).nanoseconds)
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
        let occasion = SummaryBuilder.Occasion(
            alert: group, playbook: incident.playbook, incident: "\(incident.id)", now: clock.now())
        let summary = summaries.resolution(of: incident.story, on: occasion)
        let messages = outgoing(summary, of: incident, kind: "resolved")
        try await journal.save(incident, messages: messages)
        try await journal.finishNotification(notification.id, incident: incident.id)
        logger.info("resolved", metadata: ["messages": "\(messages.count)"])
        return .finished
    }

    private func outgoing(_ summary: Summary, of incident: Incident, kind: String) -> [OutgoingMessage] {
        let names = investigator.receivers(of: incident.playbook)
        return receivers.filter { names?.contains($0.name) ?? true }.map { receiver in
            // The cause is part of the key: a restart must not send the same finding again, another finding may go out.
            let finding = kind == "resolved" ? "" : "/\(incident.firstCause ?? "")"
            return OutgoingMessage(
                incident: incident.id, receiver: receiver.name, kind: kind,
                deduplicationKey: "\(incident.id)/\(kind)/\(receiver.name)\(finding)",
                payload: receiver.payload(for: summary), createdAt: clock.now())
        }
    }
}
