import Journal
import Languages
import Reporting
import Responder
import Telemetry

/// What is only looked up.
extension CommandHandler {
    /// More than these nobody reads in a chat.
    private static let mostListed = 10
    /// So many of the newest incidents are compared; each is a row with its alerts.
    private static let mostCompared = 300

    func status() async throws(CommandFailure) -> Answer {
        let open = try await reading { () async throws(JournalError) in try await journal.openIncidents() }
        let counts = try await reading { () async throws(JournalError) in try await journal.counts() }
        var lines: [Phrase] = [open.isEmpty ? "Nothing is open." : "Open: \(Noun.incident.phrase(open.count))."]
        for incident in open.reversed().prefix(Self.mostListed) {
            let taken = try await remarks(on: incident.id).last { $0.kind == .acknowledged }
            let line: Phrase = "`\(incident.id)` \(title(of: incident)), since \(incident.startsAt.clock)"
            lines.append(taken.map { "\(line), taken by \(ChatText.plain($0.author))" } ?? line)
        }
        if open.count > Self.mostListed { lines.append("And \(open.count - Self.mostListed) older ones.") }
        if counts.pendingNotifications > 0 {
            lines.append("\(Noun.alertNotification.phrase(counts.pendingNotifications)) waiting to be looked at.")
        }
        if counts.parkedMessages + counts.parkedNotifications > 0 {
            let given = [
                Noun.message.phrase(counts.parkedMessages), Noun.notification.phrase(counts.parkedNotifications),
            ]
            lines.append("Given up: \(given.joined(separator: ", ")); the log says why.")
        }
        return reply(lines)
    }

    func describe(_ id: IncidentID) async throws(CommandFailure) -> Answer {
        let incident = try await incident(id)
        let (title, start) = (title(of: incident), incident.startsAt.clock)
        var lines: [Phrase] =
            switch incident.state {
            case .open: ["`\(id)` \(title): open since \(start)."]
            case .resolved:
                [
                    "`\(id)` \(title): over since \((incident.resolvedAt ?? incident.updatedAt).clock), began at \(start)."
                ]
            }
        if let cause = incident.namedCause {
            let percent = Int((min(max(cause.confidence, 0), 1) * 100).rounded())
            // Only the one who asked reads it.
            let statement = ChatText.plain(cause.statement.said(in: language))
            lines.append("Cause: \(cause.cause), \("\(percent) %"). \(statement)")
        } else {
            lines.append("It has not been looked at yet.")
        }
        for remark in try await remarks(on: id).suffix(Self.mostListed) { lines.append(line(of: remark)) }
        return reply(lines)
    }

    func similar(_ id: IncidentID) async throws(CommandFailure) -> Answer {
        let incident = try await incident(id)
        guard let cause = incident.namedCause else { throw .told("\(id) has not been looked at yet.") }
        guard cause.cause != "unknown" else {
            throw .told("The cause of \(id) is unknown, so there is nothing to compare.")
        }
        let others = try await reading { () async throws(JournalError) in
            try await journal.incidents(limit: Self.mostCompared)
        }
        let alike = others.filter { $0.id != id && $0.namedCause.map(cause.isLike) == true }
        guard !alike.isEmpty else {
            throw .told("No other incident that is still kept has the cause of \(id), \(cause.cause).")
        }
        var lines: [Phrase] = [
            "Like \(id) (\(cause.cause)): \(Noun.incident.phrase(alike.count)), the newest first."
        ]
        lines += alike.prefix(Self.mostListed).map { other -> Phrase in
            let isSame = other.namedCause.map { $0.subjectName == cause.subjectName } == true
            let (title, start) = (title(of: other), other.startsAt.clock)
            let line: Phrase =
                other.resolvedAt.map { "`\(other.id)` \(title), \(start), over after \(($0 - other.startsAt).words)" }
                ?? "`\(other.id)` \(title), \(start), still open"
            let place = ChatText.plain(other.namedCause?.subjectName ?? "", atMost: 80)
            return isSame ? line : "\(line) (elsewhere: \(place))"
        }
        return reply(lines)
    }

    // MARK: Words

    func remarks(on id: IncidentID) async throws(CommandFailure) -> [Remark] {
        try await reading { () async throws(JournalError) in try await journal.remarks(on: id) }
    }

    /// What happened, in as many words as a line has room for.
    func title(of incident: Incident) -> Phrase {
        incident.story?.text?.shortened(to: Self.longestTitle)
            ?? Phrase(verbatim: ChatText.plain(incident.alertName, atMost: Self.longestTitle))
    }

    private static let longestTitle = 160

    func reply(_ lines: [Phrase]) -> Answer { Answer(.reply(ChatReply(lines.map { .sentence($0) }))) }

    private func line(of remark: Remark) -> Phrase {
        let (who, when) = (ChatText.plain(remark.author, atMost: 80), remark.at.clock)
        switch remark.kind {
        case .acknowledged: return "\(when): taken by \(who)"
        case .note: return "\(when), \(who): \(ChatText.plain(remark.text))"
        case .silenced: return "\(when): silenced by \(who)"
        case .silenceEnded: return "\(when): silence ended by \(who)"
        }
    }
}

extension NamedCause {
    /// The same cause, at the same thing or in the same job or service.
    fileprivate func isLike(_ other: NamedCause) -> Bool {
        guard cause == other.cause else { return false }
        let isSameSubject = subjectKind == other.subjectKind && subjectName == other.subjectName
        let isSamePlace =
            !Set(jobs).isDisjoint(with: other.jobs)
            || (jobs.isEmpty && other.jobs.isEmpty && !Set(services).isDisjoint(with: other.services))
        return isSameSubject || isSamePlace
    }
}

extension Timestamp {
    /// "2026-11-22 15:29:41 UTC": an answer may be read in any zone, and next week.
    var clock: String {
        let text = Timestamp(seconds: seconds).description
        return text.replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}

extension Duration {
    /// "2 h 5 min", "45 s", "3 days"
    var words: Phrase {
        let seconds = max(0, components.seconds)
        if seconds < 60 { return Phrase(verbatim: "\(seconds) s") }
        let minutes = (seconds + 30) / 60
        if minutes < 60 { return Phrase(verbatim: "\(minutes) min") }
        let (hours, rest) = (minutes / 60, minutes % 60)
        if hours >= 48 { return "\(hours / 24) days" }
        return Phrase(verbatim: rest == 0 ? "\(hours) h" : "\(hours) h \(rest) min")
    }
}
