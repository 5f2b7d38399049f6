import Alerts
import Journal
import Languages
import Logging
import Reporting
import Responder
import Settings
import Telemetry

extension CommandHandler {
    func silence(
        _ id: IncidentID, _ lasting: Duration, _ reason: String, _ person: Person
    ) async throws(CommandFailure) -> Answer {
        let silences = try await allowed(person)
        guard lasting <= silences.longest else {
            throw .told("A silence may last \(DurationText.format(silences.longest)) at most.")
        }
        let incident = try await incident(id)
        let group = try alerts(of: incident)
        let now = clock.now()
        let why =
            reason.isEmpty
            ? title(of: incident) : Phrase(verbatim: ChatText.plain(reason, atMost: CommandParser.longestText))
        let order = AlertmanagerSilences.Order(
            matchers: group.silenceMatchers, startsAt: now, endsAt: now + lasting, createdBy: person.author,
            comment: "\(id): \(why.english)")
        let silence = try await put(order, replacing: try await active(id), by: silences)
        try await keep(.silenced, silence, on: incident, by: person)
        let labels = group.silenceMatchers.map { ChatText.quoted("\($0.label)=\($0.value)") }.joined(separator: ", ")
        var reply = ChatReply(
            "Silenced until \(order.endsAt.clock) by \(person.author): \(labels).",
            "Reason: \(why)", "`unsilence \(id)` ends it.")
        let root = group.externalURL.hasSuffix("/") ? String(group.externalURL.dropLast()) : group.externalURL
        reply.lines.append(.link("The silence in Alertmanager", url: "\(root)/#/silences/\(silence)"))
        reply.buttons = [.endSilence]
        reply.incident = "\(id)"
        return Answer(.reply(reply), to: .everyone)
    }

    func endSilence(_ id: IncidentID, _ person: Person) async throws(CommandFailure) -> Answer {
        let silences = try await allowed(person)
        let incident = try await incident(id)
        guard let silence = try await active(id) else { throw .told("\(id) was not silenced from here.") }
        do throws(AlertmanagerSilences.Failure) {
            try await silences.alertmanager.expire(silence)
        } catch {
            // One that Alertmanager has forgotten is over.
            if case .refused(let reason) = error {
                throw refused(reason, "The silence of \(id) was not ended")
            }
        }
        try await keep(.silenceEnded, silence, on: incident, by: person)
        return .sentences("\(person.author) ended the silence of \(id); it alerts again.", to: .everyone)
    }

    // MARK: Parts

    private func allowed(_ person: Person) async throws(CommandFailure) -> Silences {
        guard let silences else { throw .told("Silences are switched off here; use Alertmanager's own page.") }
        if let objection = await silences.objection(to: person, now: clock.now()) {
            logger.notice("silence refused", metadata: ["person": "\(person.id)"])
            throw .told(objection)
        }
        return silences
    }

    /// The newest body: an alert that joined narrows what all of them have in common.
    private func alerts(of incident: Incident) throws(CommandFailure) -> AlertGroup {
        guard let group = try? AlertGroup(webhookBody: incident.alertBody, maximumAlerts: .max) else {
            throw .told("The alerts of \(incident.id) cannot be read any more.")
        }
        guard !group.silenceMatchers.isEmpty else {
            throw .told("The alerts of \(incident.id) have no label to select them by; use Alertmanager's own page.")
        }
        return group
    }

    /// The id of the silence that was made for the incident and not ended.
    private func active(_ id: IncidentID) async throws(CommandFailure) -> String? {
        let newest = try await remarks(on: id).last { $0.kind == .silenced || $0.kind == .silenceEnded }
        return newest?.kind == .silenced ? newest?.text : nil
    }

    /// Asked twice, it changes the silence that is there: two buttons pressed at once make one silence.
    private func put(
        _ order: AlertmanagerSilences.Order, replacing id: String?, by silences: Silences
    ) async throws(CommandFailure) -> String {
        do throws(AlertmanagerSilences.Failure) {
            do throws(AlertmanagerSilences.Failure) {
                return try await silences.alertmanager.put(order, replacing: id)
            } catch {
                guard error == .notFound, id != nil else { throw error }
                return try await silences.alertmanager.put(order)
            }
        } catch {
            let reason: Phrase = if case .refused(let reason) = error { reason } else { "it knows no silences" }
            throw refused(reason, "Nothing was silenced")
        }
    }

    private func refused(_ reason: Phrase, _ what: Phrase) -> CommandFailure {
        logger.error("Alertmanager refused", metadata: ["reason": "\(reason.english)"])
        return .told("\(what): Alertmanager: \(reason).")
    }
}
