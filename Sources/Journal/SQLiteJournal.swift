import Synchronization

/// The journal in one SQLite file, for one or few processes on one machine.
///
/// Every commit is on the disk when its call returns. A second process may open the same file (a replay beside the
/// running service does): writers take turns, leases keep them from doing the same work, and whoever waits for the other
/// longer than the busy timeout gets `JournalError.unavailable`. The file must be on a local file system: SQLite's
/// write-ahead log needs memory that its users share.
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
    package init(
        path: String, waitingLimit: Int = defaultWaitingLimit, busyTimeout: Duration = defaultBusyTimeout
    ) throws(JournalError) {
        let store = try SQLiteStore(path: path, busyTimeout: busyTimeout)
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
