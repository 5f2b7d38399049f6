import Dispatch
import PostgreSQL
import Synchronization

/// A connection that is made when it is needed, and made again when it broke; one transaction at a time.
final class PostgresLink: Sendable {
    enum Role {
        /// - Parameter worker: under this number the server knows that its process lives.
        case writer(_ worker: Int64)
        case reader
    }

    /// Names of our locks in the database: "SABU" and "SABW" in ASCII.
    static let writersLock = 0x5341_4255
    static let workersLock = 0x5341_4257

    /// A server that says nothing for so long is not asked further, and a statement that waits for another replica
    /// neither. Alertmanager's webhook is given up after 10 s and more. Times are in milliseconds, those of TCP in
    /// seconds: a replica whose machine is gone is noticed in 25 s.
    private static let limits = """
        SET statement_timeout = 10000; SET lock_timeout = 5000; SET idle_in_transaction_session_timeout = 10000;
        SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
        SET synchronous_commit = on
        """

    private let address: PostgresAddress
    private let role: Role
    private let queue: DispatchQueue
    private let connection = Mutex<PostgresConnection?>(nil)
    private let isClosed = Mutex(false)

    init(_ address: PostgresAddress, label: String, as role: Role) {
        self.address = address
        self.role = role
        queue = DispatchQueue(label: label)
    }

    /// Runs `work` after everything that was scheduled before it.
    func schedule(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }

    /// One transaction, at once: for what was scheduled, or before anything is.
    func transact<T: Sendable>(
        _ attempt: String, _ work: @Sendable (any SQLTransaction) throws -> T
    ) -> Result<T, JournalError> {
        guard isClosed.withLock({ !$0 }) else {
            return .failure(.unavailable("cannot \(attempt): \(address) has been closed"))
        }
        do {
            return .success(try connection.withLock { try transact(on: &$0, work) })
        } catch {
            return .failure(JournalError(error, attempting: attempt, at: address.description))
        }
    }

    private func transact<T: Sendable>(
        on connection: inout PostgresConnection?, _ work: @Sendable (any SQLTransaction) throws -> T
    ) throws -> T {
        let open = try begin(&connection)
        do {
            let outcome = try work(PostgresTransaction(connection: open, place: address.description))
            try open.commit()
            return outcome
        } catch {
            if open.isAlive { try? open.run("ROLLBACK") }
            throw error
        }
    }

    /// Begins a transaction, on a new connection where the old one turns out to be gone: a server that was started again
    /// is no failure.
    private func begin(_ connection: inout PostgresConnection?) throws(PostgresError) -> PostgresConnection {
        if let known = connection, known.isAlive {
            do {
                try known.run(beginning)
                return known
            } catch {
                guard known.isAlive else { return try connect(&connection) }
                try known.run("ROLLBACK")
                throw error
            }
        }
        return try connect(&connection)
    }

    /// Begins a transaction on a new connection.
    private func connect(_ connection: inout PostgresConnection?) throws(PostgresError) -> PostgresConnection {
        connection = nil
        let new = try PostgresConnection(address)
        try new.run("\(Self.limits); SET search_path = \(PostgresSchema.name)")
        if case .writer(let worker) = role {
            _ = try new.ask("SELECT pg_try_advisory_lock(\(Self.workersLock), \(worker))")
        }
        try new.run(beginning)
        connection = new
        return new
    }

    private var beginning: String {
        switch role {
        case .writer: "BEGIN; SELECT pg_advisory_xact_lock(\(Self.writersLock))"
        case .reader: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.isClosed.withLock { $0 = true }
                self.connection.withLock { $0 = nil }
                continuation.resume()
            }
        }
    }
}
