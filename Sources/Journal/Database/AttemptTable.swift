import Telemetry

/// The statements about the tries to send a message.
enum AttemptTable {
    /// Adds the attempt, and brings its message to the state that follows from it.
    ///
    /// A message's state only moves forward, for the case that a worker reports after its lease has ended: what was
    /// delivered stays delivered, and a late delivery counts even for a parked message. What another worker has claimed by
    /// then is its own.
    static func record(
        _ attempt: DeliveryAttempt, of message: Int64, by worker: Int64, in db: any SQLTransaction
    ) throws {
        switch attempt.outcome {
        case .delivered(let receipt):
            try insert("delivered", attempt, of: message, receipt: receipt, in: db)
            try db.change(
                """
                UPDATE message SET state = 'sent', due_at = NULL, holds_until = NULL, leased_by = NULL,
                    settled_at = \(attempt.at)
                WHERE id = \(message) AND state <> 'sent'
                """)
        case .retry(let retryAt):
            try insert("retry", attempt, of: message, retryAt: retryAt, in: db)
            let failures = try db.count("SELECT count(*) AS count FROM attempt WHERE message = \(message)")
            let holdsUntil = failures < OutgoingMessage.failuresThatHoldItsReceiver ? retryAt : nil
            try db.change(
                """
                UPDATE message SET due_at = \(retryAt), holds_until = \(holdsUntil), leased_by = NULL
                WHERE id = \(message) AND state = 'pending' AND coalesce(leased_by, \(worker)) = \(worker)
                """)
        case .parked:
            try insert("parked", attempt, of: message, in: db)
            try db.change(
                """
                UPDATE message SET state = 'parked', due_at = NULL, holds_until = NULL, leased_by = NULL,
                    settled_at = \(attempt.at)
                WHERE id = \(message) AND state = 'pending' AND coalesce(leased_by, \(worker)) = \(worker)
                """)
        }
    }

    private static func insert(
        _ outcome: String, _ attempt: DeliveryAttempt, of message: Int64, retryAt: Timestamp? = nil,
        receipt: String? = nil, in db: any SQLTransaction
    ) throws {
        try db.change(
            """
            INSERT INTO attempt (message, at, outcome, retry_at, receipt, detail)
            VALUES (\(message), \(attempt.at), \(outcome), \(retryAt), \(receipt), \(attempt.detail))
            """)
    }

    static func attempts(of message: Int64, in db: any SQLTransaction) throws -> [DeliveryAttempt] {
        try db.rows("SELECT * FROM attempt WHERE message = \(message) ORDER BY id").map(DeliveryAttempt.init(row:))
    }
}

extension DeliveryAttempt {
    fileprivate init(row: SQLRow) throws {
        let outcome: Outcome
        switch try row.text("outcome") {
        case "delivered": outcome = .delivered(receipt: try row.text("receipt"))
        case "retry": outcome = .retry(at: try row.timestamp("retry_at"))
        case "parked": outcome = .parked
        default: throw SQLRow.Mismatch(column: "outcome", expected: "the outcome of an attempt")
        }
        self.init(at: try row.timestamp("at"), outcome: outcome, detail: try row.text("detail"))
    }
}
