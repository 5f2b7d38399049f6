import GRDB
import Telemetry

extension SQLiteJournal {
    /// Of a longer question, the rest is not looked at: each word is searched for in every row.
    private static let mostWords = 8

    package func outlines(
        matching text: String, offset: Int, limit: Int
    ) async throws(JournalError) -> IncidentListing {
        let words = text.split(whereSeparator: \.isWhitespace).prefix(Self.mostWords).map { $0.lowercased() }
        let condition =
            words.isEmpty
            ? "1"
            : words.map { _ in "instr(lower('i-' || id || ' ' || alert_name || ' ' || playbook || ' ' || headline), ?)"
            }
            .joined(separator: " AND ")
        return try await store.read("list the incidents") { db in
            let counts = try Row.fetchOne(
                db,
                sql:
                    "SELECT count(*) AS matching, coalesce(sum(state = 'open'), 0) AS open FROM incident WHERE \(condition)",
                arguments: StatementArguments(words))
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, alert_name, playbook, state, starts_at, resolved_at, headline FROM incident
                    WHERE \(condition) ORDER BY state = 'open' DESC, id DESC LIMIT ? OFFSET ?
                    """, arguments: StatementArguments(words) + [max(0, limit), max(0, offset)])
            return IncidentListing(
                incidents: try rows.map(IncidentOutline.init(row:)),
                matching: try counts?.decode(forColumn: "matching") ?? 0,
                open: try counts?.decode(forColumn: "open") ?? 0)
        }
    }
}

extension IncidentOutline {
    fileprivate init(row: Row) throws {
        self.init(
            id: IncidentID(number: try row.decode(forColumn: "id")), alertName: try row.decode(forColumn: "alert_name"),
            playbook: try row.decode(forColumn: "playbook"), state: try row.named("state"),
            startsAt: try row.timestamp("starts_at"), resolvedAt: try row.timestampIfPresent("resolved_at"),
            headline: try row.decode(forColumn: "headline"))
    }
}
