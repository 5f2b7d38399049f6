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
        /// The same first cause, with evidence that could not be had before.
        case refined(Investigation)
        /// Alerts joined that change nothing.
        case joined([Alert], Investigation)
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

    /// Whoever was told of an incident hears how it goes on, to its end, whatever it wants to hear of by then. The others
    /// are told in full as soon as they want to hear of it, in whichever chapter that is.
    ///
    /// - Parameters:
    ///   - sameCause: another open incident with the same cause.
    ///   - names: of the receivers that the playbook asks for; nil is all.
    ///   - told: who got a message about it.
    ///   - held: who hears of this incident in digests already.
    ///   - remarks: what people did; a message that is edited goes on saying it.
    ///   - key: of the occasion; a chapter is written once for each.
    func letters(
        _ chapter: Chapter, of incident: Incident, _ group: AlertGroup, sameCause: SummaryBuilder.SameCause? = nil,
        to names: [String]?, told: Set<String>, held: [HeldIncident], remarks: [Remark] = [], key: String
    ) -> Letters {
        let firing = group.firing.isEmpty ? group.alerts : group.firing
        var letters = Letters()
        for receiver in receivers where names?.contains(receiver.name) ?? true {
            let hold = held.first { $0.receiver == receiver.name }
            let quietEnd = receiver.routing.quietEnd(
                severities: group.severities, at: clock.now(), in: receiver.timeZone)
            if let hold, case .ended = chapter {
                // Whatever became of it is worth a line, in the digest that tells of it or in another one.
                let due = max(clock.now() + receiver.digestInterval, quietEnd ?? clock.now())
                letters.held.append(self.hold(incident, receiver, hold.reason, until: due))
                continue
            }
            if let hold, !mayEnd(hold, with: chapter, isQuiet: quietEnd != nil) { continue }
            let isNew = hold != nil || !told.contains(receiver.name)
            if isNew, !receiver.routing.wants(playbook: incident.playbook, alerts: firing.map(\.labels)) { continue }
            guard let chapter = isNew ? chapter.announcing(to: receiver) : chapter else { continue }
            if let quietEnd, isNew || chapter.ringsAgain(at: receiver) {
                // A reminder comes again by itself.
                if case .reminder = chapter { continue }
                letters.held.append(self.hold(incident, receiver, .quiet, until: quietEnd))
                continue
            }
            letters.messages += messages(
                chapter, of: incident, group, sameCause, to: receiver, isNew: isNew, remarks, key: key)
        }
        return letters
    }

    /// Whether a receiver that hears of an incident in digests is to be told of it by itself from now on.
    private func mayEnd(_ hold: HeldIncident, with chapter: Chapter, isQuiet: Bool) -> Bool {
        switch hold.reason {
        case .quiet: return !isQuiet
        case .storm:
            // Its digest has to come first; then only another cause is news.
            guard hold.toldAt != nil, hold.dueAt == nil else { return false }
            if case .changed = chapter { return true }
            return false
        }
    }

    private func hold(
        _ incident: Incident, _ receiver: ChatReceiver, _ reason: HeldIncident.Reason, until due: Timestamp
    ) -> HeldIncident {
        HeldIncident(
            incident: incident.id, receiver: receiver.name, reason: reason, heldAt: clock.now(), dueAt: due)
    }

    /// - Parameter isNew: whether the receiver hears of the incident for the first time.
    private func messages(
        _ chapter: Chapter, of incident: Incident, _ group: AlertGroup, _ sameCause: SummaryBuilder.SameCause?,
        to receiver: ChatReceiver, isNew: Bool, _ remarks: [Remark], key: String
    ) -> [OutgoingMessage] {
        let people = PeopleLine(remarks, zone: receiver.timeZone, language: receiver.summaries.language)
        let pages =
            receiver.converses
            ? conversation(chapter, incident, group, sameCause, receiver, isNew)
            : single(chapter, incident, group, sameCause, receiver)
        return pages.map { page in
            OutgoingMessage(
                incident: incident.id, receiver: receiver.name, kind: chapter.kind,
                // One of a kind and place for one occasion, however often it is handled.
                deduplicationKey: "\(incident.id)/\(chapter.kind)/\(receiver.name)/\(key)"
                    + (page.step == .post ? "" : "/\(page.step.rawValue)"),
                payload: page.step == .edit ? people.added(to: page.payload) ?? page.payload : page.payload,
                createdAt: clock.now(), step: page.step,
                limit: isNew && page.step == .post ? limit(of: receiver) : nil)
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
        _ chapter: Chapter, _ incident: Incident, _ group: AlertGroup, _ sameCause: SummaryBuilder.SameCause?,
        _ receiver: ChatReceiver, _ isNew: Bool
    ) -> [Page] {
        let occasion = occasion(incident, group, receiver)
        let first = isNew ? OutgoingMessage.Step.post : .edit
        switch chapter {
        case .begun:
            let summary = offering(
                mentioning(receiver.summaries.beginning(of: group, on: occasion), group, receiver), receiver)
            return [Page(step: .post, payload: receiver.payload(for: summary))]
        case .diagnosed(let investigation):
            var summary = summary(of: investigation, incident, group, sameCause, receiver)
            let details = receiver.details(for: summary)
            if isNew { summary = mentioning(summary, group, receiver) }
            return [
                Page(step: first, payload: receiver.payload(for: offering(summary, receiver))),
                Page(step: .reply, payload: details),
            ] + pictures(of: investigation, receiver)
        case .changed(let investigation, let isOtherCause):
            let summary = summary(of: investigation, incident, group, sameCause, receiver)
            return [
                Page(step: .edit, payload: receiver.payload(for: offering(summary, receiver))),
                Page(step: .reply, payload: receiver.payload(for: summary)),
            ] + (isOtherCause ? pictures(of: investigation, receiver) : [])
        case .refined(let investigation):
            let summary = summary(of: investigation, incident, group, sameCause, receiver)
            return [Page(step: .edit, payload: receiver.payload(for: offering(summary, receiver)))]
        case .joined(let alerts, _):
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
            return [Page(step: first, payload: receiver.payload(for: offering(summary, receiver)))]
        case .reminder:
            let summary = receiver.summaries.reminder(of: incident.story, on: occasion)
            return [Page(step: .reply, payload: receiver.payload(for: summary))]
        }
    }

    /// For a webhook, which can neither edit nor thread.
    private func single(
        _ chapter: Chapter, _ incident: Incident, _ group: AlertGroup, _ sameCause: SummaryBuilder.SameCause?,
        _ receiver: ChatReceiver
    ) -> [Page] {
        let occasion = occasion(incident, group, receiver)
        let summary: Summary
        switch chapter {
        case .begun, .joined, .refined: return []
        case .diagnosed(let investigation):
            summary = mentioning(self.summary(of: investigation, incident, group, sameCause, receiver), group, receiver)
        case .changed(let investigation, _):
            summary = self.summary(of: investigation, incident, group, sameCause, receiver)
        case .ended: summary = receiver.summaries.resolution(of: incident.story, on: occasion)
        case .notice(let notice):
            let told = notice.summary(of: group, incident: "\(incident.id)", in: receiver.summaries.language)
            summary = mentioning(told, group, receiver)
        case .reminder: summary = receiver.summaries.reminder(of: incident.story, on: occasion)
        }
        return [Page(step: .post, payload: receiver.payload(for: summary))]
    }

    private func summary(
        of investigation: Investigation, _ incident: Incident, _ group: AlertGroup,
        _ sameCause: SummaryBuilder.SameCause?, _ receiver: ChatReceiver
    ) -> Summary {
        var occasion = occasion(incident, group, receiver)
        occasion.playbook = investigation.playbookToShow
        occasion.record = investigation.record
        occasion.sameCause = sameCause
        return receiver.summaries.summary(of: investigation.diagnosis, on: occasion)
    }

    private func occasion(
        _ incident: Incident, _ group: AlertGroup, _ receiver: ChatReceiver
    ) -> SummaryBuilder.Occasion {
        SummaryBuilder.Occasion(
            alert: group, playbook: incident.playbook, incident: "\(incident.id)", startedAt: incident.startsAt,
            evidenceURL: receiver.summaries.incidentPage("\(incident.id)"), now: clock.now())
    }

    private func mentioning(_ summary: Summary, _ group: AlertGroup, _ receiver: ChatReceiver) -> Summary {
        var summary = summary
        summary.mentions = receiver.routing.mentioned(severities: group.severities)
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
        case .refined: "refined"
        case .joined: "joined"
        case .ended: "resolved"
        case .notice: "notice"
        case .reminder: "reminder"
        }
    }

    /// Whether it says what the cause is.
    var tellsCause: Bool {
        switch self {
        case .diagnosed, .changed, .refined, .joined: true
        case .begun, .ended, .notice, .reminder: false
        }
    }

    /// What somebody is told who has not heard of the incident; nil when this is no time to begin with it.
    fileprivate func announcing(to receiver: ChatReceiver) -> Correspondence.Chapter? {
        switch self {
        case .begun: receiver.converses ? self : nil
        case .diagnosed, .notice: self
        case .changed(let investigation, _), .joined(_, let investigation): .diagnosed(investigation)
        case .refined, .ended, .reminder: nil
        }
    }

    /// Whether it disturbs somebody who has heard of the incident: a new message in the channel does, and what is edited
    /// or stands below another one does not.
    fileprivate func ringsAgain(at receiver: ChatReceiver) -> Bool {
        switch self {
        case .reminder: true
        case .changed, .ended: !receiver.converses
        case .begun, .diagnosed, .refined, .joined, .notice: false
        }
    }
}
