import GRDB
import Telemetry

extension SQLiteJournal {
    package func add(_ remark: Remark) async throws(JournalError) {
        try await store.write("keep a remark on incident \(remark.incident)") { db in
            try db.execute(
                sql: "INSERT INTO remark (incident, at, author, kind, text) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    remark.incident.number, remark.at.nanoseconds, remark.author, remark.kind.rawValue, remark.text,
                ])
        }
    }

    package func remarks(on incident: IncidentID) async throws(JournalError) -> [Remark] {
        try await store.read("read the remarks on incident \(incident)") { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM remark WHERE incident = ? ORDER BY id", arguments: [incident.number]
            )
            .map(Remark.init(row:))
        }
    }

    package func record(_ vote: Vote) async throws(JournalError) {
        try await store.write("record a vote on incident \(vote.incident)") { db in
            try db.execute(
                sql: """
                    INSERT INTO vote (incident, author, at, cause, signature, confidence, is_right, actual_cause)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (incident, author) DO UPDATE SET at = excluded.at, cause = excluded.cause,
                        signature = excluded.signature, confidence = excluded.confidence,
                        is_right = excluded.is_right, actual_cause = excluded.actual_cause
                    """,
                arguments: [
                    vote.incident.number, vote.author, vote.at.nanoseconds, vote.cause, vote.signature,
                    vote.confidence, vote.isRight ? 1 : 0, vote.actualCause,
                ])
        }
    }

    package func votes() async throws(JournalError) -> [Vote] {
        try await store.read("read the votes") { db in
            try Row.fetchAll(db, sql: "SELECT * FROM vote ORDER BY at, incident, author").map(Vote.init(row:))
        }
    }
}

extension Remark {
    fileprivate init(row: Row) throws {
        self.init(
            incident: IncidentID(number: try row.decode(forColumn: "incident")), at: try row.timestamp("at"),
            author: try row.decode(forColumn: "author"), kind: try row.named("kind"),
            text: try row.decode(forColumn: "text"))
    }
}

extension Vote {
    fileprivate init(row: Row) throws {
        self.init(
            incident: IncidentID(number: try row.decode(forColumn: "incident")),
            author: try row.decode(forColumn: "author"), at: try row.timestamp("at"),
            cause: try row.decode(forColumn: "cause"), signature: try row.decode(forColumn: "signature"),
            confidence: try row.decode(forColumn: "confidence"),
            isRight: try row.decode(Int64.self, forColumn: "is_right") == 1,
            actualCause: try row.decode(forColumn: "actual_cause"))
    }
}
