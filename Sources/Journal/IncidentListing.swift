package import Telemetry

/// What a list shows of an incident.
package struct IncidentOutline: Hashable, Sendable {
    package let id: IncidentID
    package let alertName: String
    package let playbook: String
    package let state: Incident.State
    package let startsAt: Timestamp
    package let resolvedAt: Timestamp?
    package let headline: String

    package init(
        id: IncidentID, alertName: String, playbook: String, state: Incident.State, startsAt: Timestamp,
        resolvedAt: Timestamp? = nil, headline: String
    ) {
        self.id = id
        self.alertName = alertName
        self.playbook = playbook
        self.state = state
        self.startsAt = startsAt
        self.resolvedAt = resolvedAt
        self.headline = headline
    }
}

/// A page of the list of incidents.
package struct IncidentListing: Hashable, Sendable {
    package let incidents: [IncidentOutline]
    /// How many there are on all pages together.
    package let matching: Int
    /// How many of them are open.
    package let open: Int

    package init(incidents: [IncidentOutline], matching: Int, open: Int) {
        self.incidents = incidents
        self.matching = matching
        self.open = open
    }
}
