/// A transaction that is open: what its statements see and change is one step, or nothing.
protocol SQLTransaction {
    func rows(_ statement: SQL) throws -> [SQLRow]

    /// - Returns: how many rows were inserted, changed or deleted.
    @discardableResult func change(_ statement: SQL) throws -> Int

    /// Runs `work` so that its failure undoes only what itself has changed.
    func savepoint<T>(_ work: () throws -> T) throws -> T

    /// What is told to the caller whose row was refused; nil when more than that row is to blame, and the whole
    /// transaction fails.
    func faultOfOneRow(_ error: any Error, attempting attempt: String) -> JournalError?
}

extension SQLTransaction {
    func row(_ statement: SQL) throws -> SQLRow? { try rows(statement).first }

    /// Whether the statement finds anything.
    func exists(_ statement: SQL) throws -> Bool { try row(statement) != nil }

    /// The number in the statement's column `count`.
    func count(_ statement: SQL) throws -> Int { Int(try row(statement)?.integer("count") ?? 0) }
}
