import FoundationEssentials
import GRDB

/// A transaction in an SQLite file.
struct SQLiteTransaction: SQLTransaction {
    let database: Database
    let path: String

    func rows(_ statement: SQL) throws -> [SQLRow] {
        let prepared = try database.cachedStatement(sql: statement.text(withArgument: "?"))
        let rows = try Row.fetchAll(prepared, arguments: Self.arguments(statement))
        return rows.map { row in
            SQLRow(columns: Array(row.columnNames), values: row.databaseValues.map(SQLValue.init(_:)))
        }
    }

    func change(_ statement: SQL) throws -> Int {
        try database.cachedStatement(sql: statement.text(withArgument: "?"))
            .execute(arguments: Self.arguments(statement))
        return database.changesCount
    }

    func savepoint<T>(_ work: () throws -> T) throws -> T {
        var outcome: T?
        try database.inSavepoint {
            outcome = try work()
            return .commit
        }
        guard let outcome else { throw JournalError.unavailable("nothing was tried") }
        return outcome
    }

    func faultOfOneRow(_ error: any Error, attempting attempt: String) -> JournalError? {
        guard let refusal = error as? DatabaseError, refusal.blamesOneRow else { return nil }
        return JournalError(refusal, attempting: attempt, path: path)
    }

    private static func arguments(_ statement: SQL) -> StatementArguments {
        StatementArguments(statement.arguments.map(\.databaseValue))
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes([UInt8](data))
        }
    }

    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
