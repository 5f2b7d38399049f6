import Telemetry

extension DatabaseJournal {
    package func add(_ remark: Remark) async throws(JournalError) {
        try await store.write("keep a remark on incident \(remark.incident)") { db in
            _ = try db.change(
                """
                INSERT INTO remark (incident, at, author, kind, text)
                VALUES (\(remark.incident), \(remark.at), \(remark.author), \(remark.kind.rawValue), \(remark.text))
                """)
        }
    }

    package func remarks(on incident: IncidentID) async throws(JournalError) -> [Remark] {
        try await store.read("read the remarks on incident \(incident)") { db in
            try db.rows("SELECT * FROM remark WHERE incident = \(incident) ORDER BY id").map(Remark.init(row:))
        }
    }

    package func record(_ vote: Vote) async throws(JournalError) {
        try await store.write("record a vote on incident \(vote.incident)") { db in
            _ = try db.change(
                """
                INSERT INTO vote (incident, author, at, cause, signature, confidence, is_right, actual_cause)
                VALUES (\(vote.incident), \(vote.author), \(vote.at), \(vote.cause), \(vote.signature),
                    \(vote.confidence), \(vote.isRight ? 1 : 0), \(vote.actualCause))
                ON CONFLICT (incident, author) DO UPDATE SET at = excluded.at, cause = excluded.cause,
                    signature = excluded.signature, confidence = excluded.confidence,
                    is_right = excluded.is_right, actual_cause = excluded.actual_cause
                """)
        }
    }

    package func votes() async throws(JournalError) -> [Vote] {
        try await store.read("read the votes") { db in
            try db.rows("SELECT * FROM vote ORDER BY at, incident, author").map(Vote.init(row:))
        }
    }
}

extension Remark {
    fileprivate init(row: SQLRow) throws {
        self.init(
            incident: try row.incident("incident"), at: try row.timestamp("at"), author: try row.text("author"),
            kind: try row.named("kind"), text: try row.text("text"))
    }
}

extension Vote {
    fileprivate init(row: SQLRow) throws {
        self.init(
            incident: try row.incident("incident"), author: try row.text("author"), at: try row.timestamp("at"),
            cause: try row.text("cause"), signature: try row.textIfPresent("signature"),
            confidence: try row.real("confidence"), isRight: try row.integer("is_right") == 1,
            actualCause: try row.textIfPresent("actual_cause"))
    }
}
