import Telemetry

extension DatabaseJournal {
    /// Of a longer question, the rest is not looked at: each word is searched for in every row.
    private static let mostWords = 8

    package func outlines(
        matching text: String, offset: Int, limit: Int
    ) async throws(JournalError) -> IncidentListing {
        let words = text.split(whereSeparator: \.isWhitespace).prefix(Self.mostWords)
        let searched: SQL = "lower('i-' || id || ' ' || alert_name || ' ' || playbook || ' ' || headline)"
        let conditions = words.map { word -> SQL in
            "\(searched) LIKE \(Self.pattern(containing: word.lowercased())) ESCAPE '!'"
        }
        let matches = conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND ")
        return try await store.read("list the incidents") { db in
            let rows = try db.rows(
                """
                SELECT id, alert_name, playbook, state, starts_at, resolved_at, headline FROM incident
                WHERE \(matches) ORDER BY state = 'open' DESC, id DESC LIMIT \(max(0, limit)) OFFSET \(max(0, offset))
                """)
            return IncidentListing(
                incidents: try rows.map(IncidentOutline.init(row:)),
                matching: try db.count("SELECT count(*) AS count FROM incident WHERE \(matches)"),
                open: try db.count("SELECT count(*) AS count FROM incident WHERE state = 'open' AND \(matches)"))
        }
    }

    /// A pattern for what has the text in it; `!` takes the meaning from the signs of patterns.
    private static func pattern(containing text: String) -> String {
        let escaped = text.map { "!%_".contains($0) ? "!\($0)" : "\($0)" }.joined()
        return "%\(escaped)%"
    }
}

extension IncidentOutline {
    fileprivate init(row: SQLRow) throws {
        self.init(
            id: try row.incident("id"), alertName: try row.text("alert_name"), playbook: try row.text("playbook"),
            state: try row.named("state"), startsAt: try row.timestamp("starts_at"),
            resolvedAt: try row.timestampIfPresent("resolved_at"), headline: try row.text("headline"))
    }
}
