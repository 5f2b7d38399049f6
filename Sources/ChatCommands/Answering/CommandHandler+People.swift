import Journal
import Logging
import Reporting
import Responder
import RootCause
import Settings
import Telemetry

/// What people say and do about an incident.
extension CommandHandler {
    func acknowledge(_ id: IncidentID, _ person: Person) async throws(CommandFailure) -> Answer {
        let incident = try await incident(id)
        let taken = try await remarks(on: id).last { $0.kind == .acknowledged }
        if let taken, taken.author == person.author {
            return .sentences("You have taken \(id) already, at \(taken.at.clock).")
        }
        try await keep(.acknowledged, "", on: incident, by: person)
        let before = taken.map { " Before, \(ChatText.plain($0.author, atMost: 80)) did." } ?? ""
        return .sentences("\(person.author) takes care of \(id): \(title(of: incident)).\(before)", to: .everyone)
    }

    func note(_ id: IncidentID, _ text: String, _ person: Person) async throws(CommandFailure) -> Answer {
        let incident = try await incident(id)
        try await keep(.note, text, on: incident, by: person)
        return .sentences("Noted on \(id) by \(person.author): \(ChatText.plain(text))", to: .everyone)
    }

    func vote(
        _ id: IncidentID, isRight: Bool, actual: String, _ person: Person
    ) async throws(CommandFailure) -> Answer {
        let incident = try await incident(id)
        guard let cause = incident.namedCause else {
            throw .told("\(id) has not been looked at yet: no cause was named.")
        }
        let known = Cause.allCases.map(\.rawValue)
        let word = actual.lowercased().split(whereSeparator: { $0 == " " || $0 == "_" }).joined(separator: "-")
        let isKnown = known.contains(word)
        if word == cause.cause {
            throw .told("\(cause.cause) is the cause that was named; `right \(id)` says that it was that.")
        }
        let vote = Vote(
            incident: id, author: person.id, at: clock.now(), cause: cause.cause, signature: cause.signature,
            confidence: cause.confidence, isRight: isRight,
            actualCause: actual.isEmpty
                ? nil : isKnown ? word : ChatText.plain(actual, atMost: CommandParser.longestText))
        try await reading { () async throws(JournalError) in try await journal.record(vote) }
        await records.refresh()
        if isRight { return .sentences("Thank you: \(cause.cause) was right for \(id).") }
        if actual.isEmpty {
            return .sentences(
                "Thank you: \(cause.cause) was wrong for \(id).",
                "What it was: `wrong \(id) cause`, as in the runbooks.")
        }
        if isKnown { return .sentences("Thank you: \(id) was \(word), not \(cause.cause).") }
        return .sentences(
            "Thank you: kept in your words. \(ChatText.quoted(actual)) is no cause that I know.",
            "Near to it: \(nearest(to: word, among: known)).")
    }

    /// The nearest by typing errors, then those that share a word with it.
    private func nearest(to word: String, among known: [String]) -> String {
        let words = Set(word.split(separator: "-"))
        let sharing = known.filter { !words.isDisjoint(with: $0.split(separator: "-")) }
        let typed = NearestWord.to(word, among: known).map { [$0] } ?? []
        let names = (typed + sharing.filter { !typed.contains($0) }).prefix(Self.mostNames)
        return (names.isEmpty ? known.prefix(Self.mostNames) : names).map { "`\($0)`" }.joined(separator: ", ")
    }

    private static let mostNames = 3

    /// Stores a remark, and has the incident's messages show it.
    func keep(
        _ kind: Remark.Kind, _ text: String, on incident: Incident, by person: Person
    ) async throws(CommandFailure) {
        let remark = Remark(incident: incident.id, at: clock.now(), author: person.author, kind: kind, text: text)
        try await reading { () async throws(JournalError) in try await journal.add(remark) }
        guard kind != .note else { return }
        let remarks = try await remarks(on: incident.id)
        for receiver in receivers where receiver.converses {
            _ = try await reading { () async throws(JournalError) in
                try await journal.editFirstMessage(
                    of: incident.id, receiver: receiver.name, kind: "people", at: clock.now()
                ) { payload in
                    PeopleLine(remarks, zone: receiver.timeZone, language: receiver.summaries.language).added(
                        to: payload)
                }
            }
        }
        doorbell.ring()
    }

    /// What was done goes into the incident's conversations, so that all who look after it see who did it. It is done by
    /// then: a journal that fails is logged and not answered.
    ///
    /// - Returns: whether it stands in one of them.
    func tell(_ answer: Answer, below id: IncidentID, except conversation: String?) async -> Bool {
        var isTold = false
        do {
            for receiver in receivers where receiver.converses {
                let isHere = try await journal.reply(
                    answer.slackMessage, below: id, receiver: receiver.name, kind: "people", at: clock.now(),
                    except: conversation)
                isTold = isTold || isHere
            }
        } catch {
            logger.error("the journal failed", metadata: ["reason": "\(error)"])
        }
        if isTold { doorbell.ring() }
        return isTold
    }
}
