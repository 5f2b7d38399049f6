package import Telemetry

/// What a person did about an incident or said of it.
package struct Remark: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Somebody takes care of it.
        case acknowledged
        case note
        /// Alertmanager was asked to be quiet about it; the text is the silence's id.
        case silenced
        case silenceEnded = "silence-ended"
    }

    package let incident: IncidentID
    package let at: Timestamp
    /// As the chat platform names the person.
    package let author: String
    package let kind: Kind
    package let text: String

    package init(incident: IncidentID, at: Timestamp, author: String, kind: Kind, text: String) {
        self.incident = incident
        self.at = at
        self.author = author
        self.kind = kind
        self.text = text
    }
}
