/// The journal in a database: an SQLite file for one process, or PostgreSQL for several.
///
/// Every commit is on the disk when its call returns.
package final class DatabaseJournal: Journal {
    /// How many notifications may wait before new ones are refused: a day of one notification every nine seconds.
    package static let defaultWaitingLimit = 10_000
    /// SQLite's own shell and most drivers wait for 5 s; Alertmanager's webhook is given up after 10 s and more.
    package static let defaultBusyTimeout = Duration.seconds(5)

    let store: any JournalStore
    let inbox: GroupCommit
    let notificationsInHand = Hand()
    let messagesInHand = Hand()
    let roll = Roll()

    /// Opens the journal in an SQLite file, creates it where there is none, and brings an older one up to date.
    ///
    /// A second process may open the same file: writers take turns, leases keep them from doing the same work, and whoever
    /// waits for the other longer than the busy timeout gets `JournalError.unavailable`. The file must be on a local file
    /// system: SQLite's write-ahead log needs memory that its users share.
    ///
    /// - Parameters:
    ///   - path: of the file; its directory must be there. `:memory:` is a journal that is gone when it is closed.
    ///   - waitingLimit: above it `accept` throws `JournalError.full`.
    ///   - busyTimeout: how long to wait for another process that writes.
    /// - Throws: `unavailable` when the file cannot be opened, belongs to another program or was written by a newer
    ///   release; `corrupt` when it is damaged.
    package convenience init(
        path: String, waitingLimit: Int = defaultWaitingLimit, busyTimeout: Duration = defaultBusyTimeout
    ) throws(JournalError) {
        self.init(try SQLiteStore(path: path, busyTimeout: busyTimeout), waitingLimit: waitingLimit)
    }

    /// Opens a file that is there to look into it, beside the service that works with it or without one.
    ///
    /// Nothing in the file is changed, its schema neither, and no lock is taken that would stop the service. Every call
    /// that would write throws `unavailable`. SQLite may leave its `-wal` and `-shm` files beside the file.
    ///
    /// - Throws: `unavailable` when the file is not there or cannot be read, or has another schema than this release's,
    ///   an older or a newer one; `corrupt` when it is damaged.
    package convenience init(readingFrom path: String) throws(JournalError) {
        self.init(
            try SQLiteStore(readingFrom: path, busyTimeout: Self.defaultBusyTimeout),
            waitingLimit: Self.defaultWaitingLimit)
    }

    /// Opens the journal in a PostgreSQL database, creates its tables where there are none, and brings older ones up to
    /// date. Several processes may work through it at the same time.
    ///
    /// - Parameters:
    ///   - address: `postgresql://user:password@host:5432/database`; a secret.
    ///   - waitingLimit: above it `accept` throws `JournalError.full`; of all processes together.
    /// - Throws: `unavailable` when the database cannot be reached or used, or was written by a newer release.
    package convenience init(
        postgres address: String, waitingLimit: Int = defaultWaitingLimit
    ) throws(JournalError) {
        self.init(try PostgresStore(address, opening: .forWork), waitingLimit: waitingLimit)
    }

    /// Opens a PostgreSQL journal that is there, to look into it: nothing is changed.
    ///
    /// - Throws: as `init(readingFrom:)` does.
    package convenience init(readingFromPostgres address: String) throws(JournalError) {
        self.init(try PostgresStore(address, opening: .forReading), waitingLimit: Self.defaultWaitingLimit)
    }

    private init(_ store: any JournalStore, waitingLimit: Int) {
        self.store = store
        inbox = GroupCommit(store: store, countWaiting: InboxTable.countPending) { db, notification, waiting in
            try InboxTable.accept(notification, in: db, waiting: &waiting, limit: waitingLimit)
        }
    }

    /// How many transactions have stored notifications; fewer than the notifications when callers shared them.
    package var inboxCommits: Int { inbox.commits }

    package func close() async {
        await store.close()
    }
}
