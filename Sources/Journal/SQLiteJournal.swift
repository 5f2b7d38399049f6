import Synchronization

/// The journal in one SQLite file, for one or few processes on one machine.
///
/// Every commit is on the disk when its call returns. A second process may open the same file: writers take turns,
/// leases keep them from doing the same work, and whoever waits for the other longer than the busy timeout gets
/// `JournalError.unavailable`. One that only wants to look (a replay beside the running service) opens it for reading.
/// The file must be on a local file system: SQLite's write-ahead log needs memory that its users share.
package final class SQLiteJournal: Journal {
    /// How many notifications may wait before new ones are refused: a day of one notification every nine seconds.
    package static let defaultWaitingLimit = 10_000
    /// SQLite's own shell and most drivers wait for 5 s; Alertmanager's webhook is given up after 10 s and more.
    package static let defaultBusyTimeout = Duration.seconds(5)

    let store: SQLiteStore
    let inbox: GroupCommit
    /// Held from `takeOver` to `close`.
    let ownership = Mutex<JournalLock?>(nil)

    /// Opens the journal, creates its file where there is none, and brings an older one up to date.
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

    /// Opens a journal that is there to look into it, beside the service that works with it or without one.
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

    private init(_ store: SQLiteStore, waitingLimit: Int) {
        self.store = store
        inbox = GroupCommit(store: store, countWaiting: InboxTable.countPending) { db, notification, waiting in
            try InboxTable.accept(notification, in: db, waiting: &waiting, limit: waitingLimit)
        }
    }

    /// How many transactions have stored notifications; fewer than the notifications when callers shared them.
    package var inboxCommits: Int { inbox.commits }

    package func close() async {
        await store.close()
        ownership.withLock { $0 = nil }
    }
}
