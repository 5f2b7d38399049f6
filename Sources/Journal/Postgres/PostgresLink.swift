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

    /// What the server gives up by itself, a statement that waits for another replica among it. Alertmanager's webhook is
    /// given up after 10 s and more. Times are in milliseconds, those of TCP in seconds: a replica whose machine is gone is
    /// noticed in 25 s. All questions are small and have an index: whole tables are never worth comparing, and without
    /// statistics the server may think so.
    private static let limits = """
        SET statement_timeout = 10000; SET lock_timeout = 8000; SET idle_in_transaction_session_timeout = 10000;
        SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
        SET tcp_user_timeout = 25000; SET synchronous_commit = on; SET jit = off;
        SET enable_hashjoin = off; SET enable_mergejoin = off
        """

    private struct State {
        var isClosed = false
        var connection: PostgresConnection?
        /// Why the last connection could not be made, and until when none is tried.
        var failure: (error: PostgresError, until: ContinuousClock.Instant)?
    }

    /// Whoever waits in line behind a connection that could not be made is not made to wait for the next one.
    private static let pauseAfterFailure = Duration.seconds(1)

    private let address: PostgresAddress
    private let role: Role
    private let queue: DispatchQueue
    private let state = Mutex(State())

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
        guard state.withLock({ !$0.isClosed }) else {
            return .failure(.unavailable("cannot \(attempt): \(address) has been closed"))
        }
        do {
            return .success(try state.withLock { try transact(in: &$0, work) })
        } catch {
            return .failure(JournalError(error, attempting: attempt, at: address.description))
        }
    }

    private func transact<T: Sendable>(
        in state: inout State, _ work: @Sendable (any SQLTransaction) throws -> T
    ) throws -> T {
        let open = try begin(&state)
        do {
            let outcome = try work(PostgresTransaction(connection: open, place: address.description))
            try open.commit()
            return outcome
        } catch {
            if open.isAlive { try? open.run("ROLLBACK") }
            // It has become a standby: the address may lead to another server by now.
            if case PostgresError.refused("25006", _) = error { state.connection = nil }
            throw error
        }
    }

    /// Begins a transaction, on a new connection where the old one turns out to be gone: a server that was started again
    /// is no failure.
    private func begin(_ state: inout State) throws(PostgresError) -> PostgresConnection {
        if let known = state.connection, known.isAlive {
            do {
                try known.run(beginning)
                return known
            } catch {
                guard known.isAlive else { return try connect(&state) }
                try known.run("ROLLBACK")
                throw error
            }
        }
        return try connect(&state)
    }

    /// Begins a transaction on a new connection.
    private func connect(_ state: inout State) throws(PostgresError) -> PostgresConnection {
        state.connection = nil
        if let failure = state.failure, ContinuousClock.now < failure.until { throw failure.error }
        do {
            let new = try PostgresConnection(address)
            try new.run("\(Self.limits); SET search_path = \(PostgresSchema.name)")
            if case .writer(let worker) = role { try Self.lock(worker, on: new) }
            try new.run(beginning)
            state.failure = nil
            state.connection = new
            return new
        } catch {
            state.failure = (error, ContinuousClock.now + Self.pauseAfterFailure)
            throw error
        }
    }

    /// Takes the lock by which others know that this process lives.
    ///
    /// When a connection broke without a word, the server may still hold the lock for the old one, and would let go of it
    /// some time later: that one is ended first.
    ///
    /// - Throws: when the lock cannot be had; the connection must not be used then.
    private static func lock(_ worker: Int64, on connection: PostgresConnection) throws(PostgresError) {
        _ = try connection.ask(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_locks
            WHERE locktype = 'advisory' AND classid::bigint = \(workersLock) AND objid::bigint = \(worker)
                AND objsubid = 2 AND pid <> pg_backend_pid()
            """)
        try connection.run("SELECT pg_advisory_lock(\(workersLock), \(worker))")
    }

    private var beginning: String {
        switch role {
        case .writer:
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(\(Self.writersLock))"
        case .reader: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.state.withLock { $0 = State(isClosed: true) }
                continuation.resume()
            }
        }
    }
}
