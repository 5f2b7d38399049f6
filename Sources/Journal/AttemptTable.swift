import GRDB
import Telemetry

/// The statements about the tries to send a message.
enum AttemptTable {
    /// Adds the attempt, and brings its message to the state that follows from it.
    ///
    /// A message's state only moves forward, for the case that a worker reports after its lease has ended: what was
    /// delivered stays delivered, and a late delivery counts even for a parked message.
    static func record(_ attempt: DeliveryAttempt, of message: Int64, in db: Database) throws {
        let at = attempt.at.nanoseconds
        switch attempt.outcome {
        case .delivered(let receipt):
            try insert("delivered", of: message, at: at, receipt: receipt, detail: attempt.detail, in: db)
            try db.execute(
                sql:
                    "UPDATE message SET state = 'sent', due_at = NULL, holds_until = NULL, settled_at = ? WHERE id = ? AND state <> 'sent'",
                arguments: [at, message])
        case .retry(let retryAt):
            try insert("retry", of: message, at: at, retryAt: retryAt.nanoseconds, detail: attempt.detail, in: db)
            try db.execute(
                sql: """
                    UPDATE message SET due_at = :retry, holds_until = iif(
                        (SELECT count(*) FROM attempt WHERE message = :id) < :holding, :retry, NULL)
                    WHERE id = :id AND state = 'pending'
                    """,
                arguments: [
                    "retry": retryAt.nanoseconds, "id": message,
                    "holding": OutgoingMessage.failuresThatHoldItsReceiver,
                ])
        case .parked:
            try insert("parked", of: message, at: at, detail: attempt.detail, in: db)
            try db.execute(
                sql: """
                    UPDATE message SET state = 'parked', due_at = NULL, holds_until = NULL, settled_at = ?
                    WHERE id = ? AND state = 'pending'
                    """, arguments: [at, message])
        }
    }

    private static func insert(
        _ outcome: String, of message: Int64, at: Int64, retryAt: Int64? = nil, receipt: String? = nil, detail: String,
        in db: Database
    ) throws {
        try db.execute(
            sql: "INSERT INTO attempt (message, at, outcome, retry_at, receipt, detail) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [message, at, outcome, retryAt, receipt, detail])
    }

    static func attempts(of message: Int64, in db: Database) throws -> [DeliveryAttempt] {
        try Row.fetchAll(db, sql: "SELECT * FROM attempt WHERE message = ? ORDER BY id", arguments: [message])
            .map(DeliveryAttempt.init(row:))
    }
}

extension DeliveryAttempt {
    fileprivate init(row: Row) throws {
        let outcome: Outcome
        switch try row.decode(String.self, forColumn: "outcome") {
        case "delivered": outcome = .delivered(receipt: try row.decode(forColumn: "receipt"))
        case "retry": outcome = .retry(at: try row.timestamp("retry_at"))
        case "parked": outcome = .parked
        case let other: throw JournalError.corrupt("\"\(other)\" in the column outcome is no outcome of an attempt")
        }
        self.init(at: try row.timestamp("at"), outcome: outcome, detail: try row.decode(forColumn: "detail"))
    }
}
