import PostgreSQL

/// A transaction in a PostgreSQL database.
struct PostgresTransaction: SQLTransaction {
    let connection: PostgresConnection
    /// The database, for people.
    let place: String

    func rows(_ statement: SQL) throws -> [SQLRow] {
        let answer = try ask(statement)
        return answer.rows.map { SQLRow(columns: answer.columns, values: $0.map(SQLValue.init(_:))) }
    }

    func change(_ statement: SQL) throws -> Int { try ask(statement).changedRows }

    func savepoint<T>(_ work: () throws -> T) throws -> T {
        try connection.run("SAVEPOINT one")
        do {
            let outcome = try work()
            try connection.run("RELEASE one")
            return outcome
        } catch {
            // Where the connection is lost, so is the transaction, and the first error says why.
            try? connection.run("ROLLBACK TO one; RELEASE one")
            throw error
        }
    }

    func faultOfOneRow(_ error: any Error, attempting attempt: String) -> JournalError? {
        guard let refusal = error as? PostgresError, refusal.blamesValues else { return nil }
        return JournalError(refusal, attempting: attempt, at: place)
    }

    private func ask(_ statement: SQL) throws(PostgresError) -> PostgresAnswer {
        try connection.ask(statement.text(withArgument: "$"), statement.arguments.map(PostgresValue.init(_:)))
    }
}

extension SQLValue {
    fileprivate init(_ value: PostgresValue) {
        switch value {
        case .null: self = .null
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .text(let text): self = .text(text)
        case .bytes(let bytes): self = .bytes(bytes)
        }
    }
}

extension PostgresValue {
    fileprivate init(_ value: SQLValue) {
        switch value {
        case .null: self = .null
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .text(let text): self = .text(text)
        case .bytes(let bytes): self = .bytes(bytes)
        }
    }
}
