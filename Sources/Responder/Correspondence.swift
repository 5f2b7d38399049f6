import Alerts
import Journal
import Reporting
import RootCause
import Settings
import Telemetry

/// What the receivers hear of an incident: which of them, in which form, and in which place of their conversation.
///
/// A platform that can edit and thread gets one conversation for each incident: a first message within seconds, which
/// becomes the diagnosis and in the end turns green, and below it what changed. The others get a message when there is
/// something to know, and one at the end.
struct Correspondence: Sendable {
    enum Chapter: Sendable {
        /// The alert came in; nothing was looked at yet.
        case begun
        case diagnosed(Investigation)
        /// The first cause is another one, or alerts about something else joined.
        case changed(Investigation, isOtherCause: Bool)
        /// Alerts joined that change nothing.
        case joined([Alert])
        case ended
        /// It could not be investigated.
        case notice(PlainNotice)
        /// It still fires, and nobody took it.
        case reminder
    }

    /// What a chapter becomes: messages, and receivers that hear of it in a digest.
    struct Letters: Sendable {
        var messages: [OutgoingMessage] = []
        var held: [HeldIncident] = []
    }

    let receivers: [ChatReceiver]
    let clock: WallClock

    /// Whether anybody hears of an incident before it was looked at.
    var converses: Bool { receivers.contains(where: \.converses) }

    /// - Parameters:
    ///   - names: of the receivers that the playbook asks for; nil is all.
    ///   - held: who hears of this incident in digests already.
    ///   - remarks: what people did; a message that is edited goes on saying it.
    ///   - key: of the occasion; a chapter is written once for each.
    func letters(
        _ chapter: Chapter, of incident: Incident, _ group: AlertGroup, to names: [String]?, held: [HeldIncident],
        remarks: [Remark] = [], key: String
    ) -> Letters {
        var letters = Letters()
        for receiver in receivers where names?.contains(receiver.name) ?? true {
            guard receiver.routing.wants(playbook: incident.playbook, alerts: group.alerts.map(\.labels)) else {
                continue
            }
            if held.contains(where: { $0.receiver == receiver.name }) {
                // In a digest only what became of it is worth a line.
                if case .ended = chapter { letters.held.append(digested(incident, receiver, .storm)) }
                continue
            }
            if chapter.announces(to: receiver),
                let end = receiver.routing.quietEnd(
                    severity: group.severity, at: clock.now(), in: receiver.timeZone)
            {
                letters.held.append(
                    HeldIncident(
                        incident: incident.id, receiver: receiver.name, reason: .quiet, heldAt: clock.now(), dueAt: end)
                )
                continue
            }
            letters.messages += messages(chapter, of: incident, group, to: receiver, remarks, key: key)
        }
        return letters
    }

    private func digested(
        _ incident: Incident, _ receiver: ChatReceiver, _ reason: HeldIncident.Reason
    ) -> HeldIncident {
        HeldIncident(
            incident: incident.id, receiver: receiver.name, reason: reason, heldAt: clock.now(),
            dueAt: clock.now() + receiver.digestInterval)
    }

    private func messages(
        _ chapter: Chapter, of incident: Incident, _ group: AlertGroup, to receiver: ChatReceiver,
        _ remarks: [Remark], key: String
    ) -> [OutgoingMessage] {
        let people = PeopleLine(remarks, zone: receiver.timeZone, language: receiver.summaries.language)
        let pages =
            receiver.converses
            ? conversation(chapter, incident, group, receiver) : single(chapter, incident, group, receiver)
        return pages.map { page in
            OutgoingMessage(
                incident: incident.id, receiver: receiver.name, kind: chapter.kind,
                // One of a kind and place for one occasion, however often it is handled.
                deduplicationKey: "\(incident.id)/\(chapter.kind)/\(receiver.name)/\(key)"
                    + (page.step == .post ? "" : "/\(page.step.rawValue)"),
                payload: page.step == .edit ? people.added(to: page.payload) ?? page.payload : page.payload,
                createdAt: clock.now(), step: page.step,
                limit: chapter.announces(to: receiver) && page.step == .post ? limit(of: receiver) : nil)
        }
    }

    private func limit(of receiver: ChatReceiver) -> OutgoingMessage.StormLimit? {
        receiver.routing.storm.map { storm in
            OutgoingMessage.StormLimit(
                incidents: storm.incidents, since: clock.now() - storm.within,
                digestAt: clock.now() + storm.digestInterval)
        }
    }

    private struct Page {
        let step: OutgoingMessage.Step
        let payload: [UInt8]
    }

    /// For a platform that can edit and thread.
    private func conversation(
        _ chapter: Chapter, _ incident: Incident, _ group: AlertGroup, _ receiver: ChatReceiver
    ) -> [Page] {
        let occasion = occasion(incident, group, receiver)
        switch chapter {
        case .begun:
            let summary = offering(
                mentioning(receiver.summaries.beginning(of: group, on: occasion), group, receiver), receiver)
            return [Page(step: .post, payload: receiver.payload(for: summary))]
        case .diagnosed(let investigation):
            let summary = summary(of: investigation, incident, group, receiver)
            return [
                Page(step: .edit, payload: receiver.payload(for: offering(summary, receiver))),
                Page(step: .reply, payload: receiver.details(for: summary)),
            ] + pictures(of: investigation, receiver)
        case .changed(let investigation, let isOtherCause):
            let summary = summary(of: investigation, incident, group, receiver)
            return [
                Page(step: .edit, payload: receiver.payload(for: offering(summary, receiver))),
                Page(step: .reply, payload: receiver.payload(for: summary)),
            ] + (isOtherCause ? pictures(of: investigation, receiver) : [])
        case .joined(let alerts):
            let summary = receiver.summaries.joining(of: alerts, on: occasion)
            return [Page(step: .reply, payload: receiver.payload(for: summary))]
        case .ended:
            let summary = receiver.summaries.resolution(of: incident.story, on: occasion)
            return [
                Page(step: .edit, payload: receiver.payload(for: offering(summary, receiver))),
                Page(step: .reply, payload: receiver.payload(for: summary)),
            ]
        case .notice(let notice):
            let summary = notice.summary(
                of: group, incident: "\(incident.id)", in: receiver.summaries.language)
            return [Page(step: .edit, payload: receiver.payload(for: offering(summary, receiver)))]
        case .reminder:
            let summary = receiver.summaries.reminder(of: incident.story, on: occasion)
            return [Page(step: .reply, payload: receiver.payload(for: summary))]
        }
    }

    /// For a webhook, which can neither edit nor thread.
    private func single(
        _ chapter: Chapter, _ incident: Incident, _ group: AlertGroup, _ receiver: ChatReceiver
    ) -> [Page] {
        let occasion = occasion(incident, group, receiver)
        let summary: Summary
        switch chapter {
        case .begun, .joined: return []
        case .diagnosed(let investigation):
            summary = mentioning(self.summary(of: investigation, incident, group, receiver), group, receiver)
        case .changed(let investigation, _): summary = self.summary(of: investigation, incident, group, receiver)
        case .ended: summary = receiver.summaries.resolution(of: incident.story, on: occasion)
        case .notice(let notice):
            let told = notice.summary(of: group, incident: "\(incident.id)", in: receiver.summaries.language)
            summary = mentioning(told, group, receiver)
        case .reminder: summary = receiver.summaries.reminder(of: incident.story, on: occasion)
        }
        return [Page(step: .post, payload: receiver.payload(for: summary))]
    }

    private func summary(
        of investigation: Investigation, _ incident: Incident, _ group: AlertGroup, _ receiver: ChatReceiver
    ) -> Summary {
        var occasion = occasion(incident, group, receiver)
        occasion.playbook = investigation.playbookToShow
        occasion.record = investigation.record
        return receiver.summaries.summary(of: investigation.diagnosis, on: occasion)
    }

    private func occasion(
        _ incident: Incident, _ group: AlertGroup, _ receiver: ChatReceiver
    ) -> SummaryBuilder.Occasion {
        SummaryBuilder.Occasion(
            alert: group, playbook: incident.playbook, incident: "\(incident.id)",
            evidenceURL: receiver.summaries.incidentPage("\(incident.id)"), now: clock.now())
    }

    private func mentioning(_ summary: Summary, _ group: AlertGroup, _ receiver: ChatReceiver) -> Summary {
        var summary = summary
        summary.mentions = receiver.routing.mentioned(severity: group.severity)
        return summary
    }

    /// With buttons that are sent back to us: only in the conversation's first message, where people look for them.
    private func offering(_ summary: Summary, _ receiver: ChatReceiver) -> Summary {
        var summary = summary
        summary.offers = receiver.offers
        return summary
    }

    /// Last, because nothing may wait for them.
    private func pictures(of investigation: Investigation, _ receiver: ChatReceiver) -> [Page] {
        guard let svg = receiver.pictures?.svg(of: PictureData(investigation.diagnosis)) else { return [] }
        return [Page(step: .picture, payload: [UInt8](svg.utf8))]
    }
}

extension Correspondence.Chapter {
    /// As it is called in the journal, the log and the metrics.
    var kind: String {
        switch self {
        case .begun: "begun"
        case .diagnosed: "diagnosis"
        case .changed: "update"
        case .joined: "joined"
        case .ended: "resolved"
        case .notice: "notice"
        case .reminder: "reminder"
        }
    }

    /// Whether it is the first that a receiver hears of an incident.
    fileprivate func announces(to receiver: ChatReceiver) -> Bool {
        switch self {
        case .begun: receiver.converses
        case .diagnosed, .notice: !receiver.converses
        case .changed, .joined, .ended, .reminder: false
        }
    }
}
