package import Journal
import Reporting
package import Telemetry

/// The list of incidents: `/incidents`.
package struct IncidentListPage: Sendable {
    /// So many are on a page.
    package static let length = 50

    private let listing: IncidentListing
    private let question: String
    private let number: Int
    private let now: Timestamp

    /// - Parameters:
    ///   - question: what the list is filtered by, as it was typed; empty for all.
    ///   - number: of the page, from 1.
    package init(_ listing: IncidentListing, question: String, number: Int, now: Timestamp) {
        self.listing = listing
        self.question = question
        self.number = number
        self.now = now
    }

    package var html: String {
        PageFrame(title: "Incidents", place: .top).html([
            "<h1>Incidents</h1>", form, Markup.quiet(count), rows, turning,
        ])
    }

    private var form: String {
        """
        <form action="incidents" method="get" role="search">
        <input type="search" name="q" value="\(question.shown(atMost: 200))" \
        placeholder="Word in headline, alert, playbook or id" aria-label="Words to find">
        <button>Find</button>
        </form>
        """
    }

    private var pages: Int { max(1, (listing.matching + Self.length - 1) / Self.length) }

    private var count: String {
        let all = question.isEmpty ? "" : " with “\(question.shown(atMost: 200))” (<a href=\"incidents\">all</a>)"
        guard listing.matching > 0 else {
            return question.isEmpty
                ? "No incident yet: the first alert that Alertmanager sends will be here." : "No incident\(all)."
        }
        let page = pages > 1 ? " · page \(number) of \(pages)" : ""
        return "\(Markup.count(listing.matching, "incident"))\(all), \(listing.open) open\(page). Times are UTC."
    }

    private var rows: String {
        guard !listing.incidents.isEmpty else { return "" }
        let items = listing.incidents.map { incident in
            let title = IncidentWords.title(of: incident.state, incident.headline, incident.alertName)
            return """
                <li><p><a href="incidents/\(incident.id)">\(title.shown(atMost: 300))</a></p>
                <p class="quiet">\(IncidentWords.badge(incident.state)) \(incident.id) · \
                \(incident.alertName.shown(atMost: 100)) · since \(Markup.time(incident.startsAt)) · \
                \(IncidentWords.duration(from: incident.startsAt, to: incident.resolvedAt, now: now))</p></li>
                """
        }
        return "<ul class=\"rows\">\n\(items.joined(separator: "\n"))\n</ul>"
    }

    private var turning: String {
        let links = [
            number > 1 ? link(to: min(number - 1, pages), "Newer") : nil,
            number < pages ? link(to: number + 1, "Older") : nil,
        ].compactMap { $0 }
        return links.isEmpty ? "" : "<nav>\(links.joined(separator: "\n"))</nav>"
    }

    private func link(to page: Int, _ title: String) -> String {
        let query = question.isEmpty ? "" : "q=\(question.percentEncoded)&amp;"
        return "<a href=\"incidents?\(query)page=\(page)\">\(title)</a>"
    }
}

/// How an incident's state is told.
enum IncidentWords {
    static func badge(_ state: Incident.State) -> String {
        switch state {
        case .open: Markup.badge("open", "bad")
        case .resolved: Markup.badge("over", "good")
        }
    }

    /// What happened, or that nobody knows.
    static func title(of state: Incident.State, _ headline: String, _ alertName: String) -> String {
        if !headline.isEmpty { return headline.sentence }
        return "\(alertName): nothing was found" + (state == .open ? " yet" : "")
    }

    /// "for 6 min", "lasted 9 min"
    static func duration(from start: Timestamp, to end: Timestamp?, now: Timestamp) -> String {
        guard let end else {
            if now - start < .seconds(1) { return "just now" }
            return "for \(PlainText.duration(max(.zero, now - start)))"
        }
        return "lasted \(PlainText.duration(max(.zero, end - start)))"
    }
}

extension String {
    /// The same with a capital at its beginning: a headline is kept as a clause. Names keep their letters.
    var sentence: String {
        guard let first, first.isLowercase else { return self }
        let word = prefix { !$0.isWhitespace }
        return word.allSatisfy(\.isLetter) ? first.uppercased() + dropFirst() : self
    }
}
