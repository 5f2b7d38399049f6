import PostgreSQL

extension JournalError {
    /// Says what was attempted on which database, what PostgreSQL answered, and what a person can do about it.
    ///
    /// Statements and their arguments are left out: they carry labels and message texts.
    init(_ error: any Error, attempting attempt: String, at place: String) {
        switch error {
        case let error as JournalError:
            self = error
        case let error as SQLRow.Mismatch:
            self = .corrupt("cannot \(attempt): \(place): the column \(error.column) is not \(error.expected)")
        case PostgresError.refused(let code, let message):
            self = .unavailable("cannot \(attempt): \(place): \(message) (SQLSTATE \(code))\(Self.advice(for: code))")
        case PostgresError.disconnected(let reason):
            self = .unavailable("cannot \(attempt): \(place): \(reason)")
        case PostgresError.unreadable(let reason):
            self = .corrupt("cannot \(attempt): \(place): \(reason)")
        default:
            self = .unavailable("cannot \(attempt): \(place): \(error)")
        }
    }

    /// What a person can do about a code of PostgreSQL's documentation, appendix A.
    private static func advice(for code: String) -> String {
        switch code {
        case "23503": "; it refers to an incident that was never saved"
        case "23505": "; another incident is open for this group: read it and continue that one"
        case "25006": "; it takes no changes: give the address of the primary server, not of a standby"
        case "42501", "42P01":
            "; the service's user needs CREATE on the database, or a schema \(PostgresSchema.name) that is its own"
        case "53100": "; the server's disk is full: free some space"
        case "53300": "; raise max_connections, each replica takes two"
        case "55P03": "; another replica is writing for too long"
        case "57014": "; the server is too slow: look at its load, and at locks on its tables"
        default: ""
        }
    }
}
