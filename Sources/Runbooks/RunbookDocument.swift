import HTML

/// A whole HTML page: a runbook, or the list of them.
package struct RunbookDocument: Sendable {
    /// The incident whose values are filled in.
    package struct Incident: Hashable, Sendable {
        /// As in `i-42`.
        package var id: String
        package var alertName: String
        /// What happened, in one clause; empty when nothing was found.
        package var headline: String
        /// In words: `open`, or since when it is over.
        package var state: String
        package var values: RunbookValues

        package init(id: String, alertName: String, headline: String, state: String, values: RunbookValues) {
            self.id = id
            self.alertName = alertName
            self.headline = headline
            self.state = state
            self.values = values
        }
    }

    private let runbook: Runbook
    private let isIndex: Bool
    private let incident: Incident?
    private let notice: String?

    /// - Parameters:
    ///   - isIndex: the list is served beside the folder of the pages, and a page in it.
    ///   - notice: a sentence above the page: why an incident that was asked for is not shown.
    package init(_ runbook: Runbook, isIndex: Bool = false, incident: Incident? = nil, notice: String? = nil) {
        self.runbook = runbook
        self.isIndex = isIndex
        self.incident = incident
        self.notice = notice
    }

    package var html: String {
        let query = incident.map { "?incident=\($0.id)" } ?? ""
        let writer = RunbookHTML(
            values: incident?.values ?? .none, folder: isIndex ? "runbooks/" : "", query: query)
        let titleFirst = runbook.blocks.prefix(1)
        return PageShell(title: runbook.title, script: Self.script).html(
            """
            \(isIndex ? "" : "<p class=\"up\"><a href=\"../runbooks\(query.htmlEscaped)\">All runbooks</a></p>")
            \(writer.text(Array(titleFirst)))
            \(box)
            \(isIndex ? "" : jumps)
            \(writer.text(Array(runbook.blocks.dropFirst(titleFirst.count))))
            """)
    }

    private var box: String {
        var lines: [String] = []
        if let notice { lines.append(notice.htmlEscaped) }
        if let incident {
            lines.append(
                "<strong>\(incident.id.htmlEscaped)</strong> · \(incident.alertName.htmlEscaped) · "
                    + incident.state.htmlEscaped)
            if !incident.headline.isEmpty { lines.append(incident.headline.htmlEscaped) }
            lines.append(
                "<span class=\"value\">Filled in</span> is what is known of it; "
                    + "<span class=\"open\">CAPITALS</span> are for you to replace.")
            let left = incident.values.unsafeInCommands.map(\.rawValue)
            if !left.isEmpty {
                lines.append(
                    "Left out of commands: \(left.joined(separator: ", ")). "
                        + "The value has characters that a shell may not take for a name.")
            }
        }
        guard !lines.isEmpty else { return "" }
        return "<div class=\"incident\">\n\(lines.map { "<p>\($0)</p>" }.joined(separator: "\n"))\n</div>"
    }

    /// The way to each section: what to do now stands below the fold of a telephone.
    private var jumps: String {
        let links = Runbook.sections.map { "<a href=\"#\($0.headingAnchor)\">\($0)</a>" }
        return "<nav>\(links.joined(separator: "\n"))</nav>"
    }
}
