import Alerts
package import Journal
package import Logging
import Reporting
import ServiceLifecycle
import Settings
import Telemetry

/// What is said without a new alert: the digests of what was held back, and reminders of what nobody took.
package struct FollowUps: Service {
    /// Digests and reminders are planned in minutes.
    private static let interval = Duration.seconds(10)

    private let journal: any Journal
    private let receivers: [ChatReceiver]
    private let correspondence: Correspondence
    private let doorbell: Doorbell
    private let clock: WallClock
    private let logger: Logger

    package init(
        journal: any Journal, receivers: [ChatReceiver], doorbell: Doorbell, clock: WallClock,
        logger: Logger
    ) {
        self.journal = journal
        self.receivers = receivers
        correspondence = Correspondence(receivers: receivers, clock: clock)
        self.doorbell = doorbell
        self.clock = clock
        self.logger = logger
    }

    package func run() async {
        await clock.every(Self.interval) { await round() }
    }

    /// One look at what is due.
    package func round() async {
        do {
            let sent = try await tellDigests() + remind()
            if sent > 0 { doorbell.ring() }
        } catch {
            logger.error("the journal failed", metadata: ["reason": "\(error)"])
        }
    }

    // MARK: - Digests

    private func tellDigests() async throws(JournalError) -> Int {
        let due = try await journal.heldForDigests(dueAt: clock.now())
        var sent = 0
        for receiver in receivers {
            for reason in [HeldIncident.Reason.storm, .quiet] {
                let held = due.filter { $0.receiver == receiver.name && $0.reason == reason }
                guard !held.isEmpty, try await tell(held, reason, to: receiver) else { continue }
                sent += 1
            }
        }
        return sent
    }

    /// - Returns: whether it was told; not in a quiet time for it, after which it is due as well, and not when another
    ///   process was faster.
    private func tell(
        _ held: [HeldIncident], _ reason: HeldIncident.Reason, to receiver: ChatReceiver
    ) async throws(JournalError) -> Bool {
        var lines: [SummaryBuilder.DigestLine] = []
        var severities: [String?] = []
        for one in held {
            guard let incident = try await journal.incident(one.incident) else { continue }
            lines.append(SummaryBuilder.DigestLine(incident, wasTold: one.toldAt != nil))
            // What people know already, and what is over, calls nobody.
            if one.toldAt == nil, incident.state == .open {
                severities += (try? AlertGroup(webhookBody: incident.alertBody, maximumAlerts: .max))?.severities ?? []
            }
        }
        let quietEnd = receiver.routing.quietEnd(severities: severities, at: clock.now(), in: receiver.timeZone)
        guard quietEnd == nil else { return false }
        let occasion = SummaryBuilder.Occasion(now: clock.now())
        var summary = receiver.summaries.digest(of: lines, wasQuiet: reason == .quiet, on: occasion)
        summary.severity = Severity.worst(of: severities)
        summary.mentions = severities.isEmpty ? [] : receiver.routing.mentioned(severities: severities)
        let now = clock.now()
        let message = OutgoingMessage(
            incident: nil, receiver: receiver.name, kind: "digest",
            deduplicationKey: "digest/\(reason.rawValue)/\(receiver.name)/\(now.nanoseconds)",
            payload: receiver.payload(for: summary), createdAt: now)
        guard try await journal.enqueue(digest: message, of: held) else { return false }
        logger.info(
            "digest", metadata: ["receiver": "\(receiver.name)", "incidents": "\(held.count)", "for": "\(reason)"])
        return true
    }

    // MARK: - Reminders

    private func remind() async throws(JournalError) -> Int {
        var sent = 0
        for receiver in receivers {
            guard let interval = receiver.routing.reminderInterval else { continue }
            let time = clock.now() - interval
            let due = try await journal.untakenIncidents(unheardBy: receiver.name, since: time)
            for incident in due { sent += try await remind(receiver, of: incident, unheardSince: time) }
        }
        return sent
    }

    private func remind(
        _ receiver: ChatReceiver, of incident: Incident, unheardSince time: Timestamp
    ) async throws(JournalError) -> Int {
        guard let group = try? AlertGroup(webhookBody: incident.alertBody, maximumAlerts: .max) else { return 0 }
        let letters = correspondence.letters(
            .reminder, of: incident, group, to: [receiver.name], told: [receiver.name],
            held: try await journal.held(of: incident.id),
            key: "\(clock.now().nanoseconds)")
        guard !letters.messages.isEmpty else { return 0 }
        // Not saved with the incident: that may have changed since it was read.
        let isSent = try await journal.enqueue(
            reminders: letters.messages, of: incident.id, ifUnheardSince: time)
        return isSent ? letters.messages.count : 0
    }
}

extension SummaryBuilder.DigestLine {
    fileprivate init(_ incident: Incident, wasTold: Bool) {
        self.init(
            incident: "\(incident.id)", alert: incident.alertName, story: incident.story,
            startsAt: incident.startsAt, resolvedAt: incident.state == .resolved ? incident.resolvedAt : nil,
            wasTold: wasTold)
    }
}
