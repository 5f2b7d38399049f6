package import Journal
package import Languages

/// What somebody asks for in a chat.
package enum Command: Hashable, Sendable {
    case help
    case status
    /// What ails a service now; nil is the service of the thread's incident.
    case why(service: String?, incident: IncidentID?, lookback: Duration)
    case incident(IncidentID)
    case replay(IncidentID)
    case similar(IncidentID)
    case silence(IncidentID, lasting: Duration, reason: String)
    case endSilence(IncidentID)
    case acknowledge(IncidentID)
    case note(IncidentID, String)
    case right(IncidentID)
    case wrong(IncidentID, actual: String)

    /// The incident that something is done about, which all who look after it should know of.
    var deed: IncidentID? {
        switch self {
        case .acknowledge(let id), .note(let id, _), .silence(let id, _, _), .endSilence(let id): id
        default: nil
        }
    }

    /// Whether it takes longer than a platform waits: the backends are asked.
    var isSlow: Bool {
        switch self {
        case .why, .replay: true
        default: false
        }
    }

    /// What is said while it is worked on.
    var announcement: Phrase {
        switch self {
        case .why(let service?, _, _): "Looking at \(ChatText.quoted(service)); the answer follows here."
        case .why: "Looking; the answer follows here."
        case .replay(let id): "Investigating \(id) again, at its own time; the answer follows here."
        default: "That takes a moment; the answer follows here."
        }
    }
}

/// Why a text is no command: a sentence for the one who typed it.
package struct CommandMistake: Error, Hashable, Sendable {
    package let sentence: Phrase
    /// Whether it would be one in the thread of an incident.
    var lacksIncident = false
}
