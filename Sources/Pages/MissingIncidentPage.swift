package import Journal

/// For an id that is none, or of an incident that is not kept: says what there is.
package struct MissingIncidentPage: Sendable {
    private let asked: String
    private let listing: IncidentListing

    /// - Parameter listing: the first of what there is.
    package init(asked: String, listing: IncidentListing) {
        self.asked = asked
        self.listing = listing
    }

    package var html: String {
        let newest = listing.incidents.map { incident in
            let title = incident.headline.isEmpty ? incident.alertName : incident.headline.sentence
            return "\(IncidentWords.badge(incident.state)) <a href=\"\(incident.id)\">\(incident.id)</a> "
                + title.shown(atMost: 200)
        }
        return PageFrame(title: "No such incident", place: .below).html([
            "<h1>There is no incident “\(asked.shown(atMost: 60))”</h1>",
            "<p>Ids look like <code>i-42</code>. Incidents that were over long ago are no longer kept.</p>",
            listing.matching == 0
                ? "<p>There are none at the moment.</p>"
                : "<p><a href=\"../incidents\">\(Markup.count(listing.matching, "incident"))</a> can be read here:</p>",
            Markup.list(newest),
        ])
    }
}
