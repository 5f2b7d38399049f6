package import Telemetry

/// A group of alerts from its first firing to its resolution.
package struct Incident: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case open, resolved }

    package let id: IncidentID
    package let groupKey: String
    package let receiver: String
    package let alertName: String
    package let playbook: String
    package var state: State
    package let startsAt: Timestamp
    package var resolvedAt: Timestamp?
    package let openedAt: Timestamp
    package var updatedAt: Timestamp
    /// The newest notification's webhook body.
    package var alertBody: [UInt8]
    /// The webhook body of the notification that was last investigated: what `diagnosis` is about; empty before the first.
    package var investigatedBody: [UInt8]
    /// What happened, in one clause in the past: what a person remembers it by. Empty before the first diagnosis, and
    /// when nothing was found.
    package var headline: String
    /// The newest diagnosis as `sabueso/diagnosis/v1` JSON; empty before the first.
    package var diagnosis: [UInt8]
    /// When evidence that could not be had is asked for once more; nil for not at all.
    package var lookAgainAt: Timestamp?

    package init(
        id: IncidentID, groupKey: String, receiver: String, alertName: String, playbook: String, state: State,
        startsAt: Timestamp, resolvedAt: Timestamp? = nil, openedAt: Timestamp, updatedAt: Timestamp,
        alertBody: [UInt8], investigatedBody: [UInt8] = [], headline: String = "", diagnosis: [UInt8] = [],
        lookAgainAt: Timestamp? = nil
    ) {
        self.id = id
        self.groupKey = groupKey
        self.receiver = receiver
        self.alertName = alertName
        self.playbook = playbook
        self.state = state
        self.startsAt = startsAt
        self.resolvedAt = resolvedAt
        self.openedAt = openedAt
        self.updatedAt = updatedAt
        self.alertBody = alertBody
        self.investigatedBody = investigatedBody
        self.headline = headline
        self.diagnosis = diagnosis
        self.lookAgainAt = lookAgainAt
    }
}
