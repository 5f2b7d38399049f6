/// Why PostgreSQL did not do what it was asked to.
package enum PostgresError: Error, Hashable, Sendable {
    /// The client library is not on this machine.
    case missing(String)
    /// The address of the database cannot be read.
    case badAddress(String)
    /// There is no connection, or it broke. Whether a transaction under way was committed is not known.
    case disconnected(String)
    /// The server refused a statement.
    ///
    /// - Parameters:
    ///   - code: SQLSTATE, five characters (PostgreSQL's documentation, appendix A).
    ///   - message: without the details that would repeat a row's values.
    case refused(code: String, message: String)
    /// An answer is of a type that nobody asked for.
    case unreadable(String)

    /// Whether only the values of one statement are to blame: its class is "data exception", "integrity constraint
    /// violation", or "program limit exceeded".
    package var blamesValues: Bool {
        guard case .refused(let code, _) = self else { return false }
        return ["22", "23", "54"].contains { code.hasPrefix($0) }
    }
}
