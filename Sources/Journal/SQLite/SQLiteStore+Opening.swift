import GRDB
import Telemetry

/// The steps of opening the file: whose it is, which release wrote it, and how its commits become durable.
extension SQLiteStore {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for step in JournalSchema.steps {
            migrator.registerMigration(step.name) { db in try db.execute(sql: step.statements) }
        }
        return migrator
    }

    static func connect(_ path: String, busyTimeout: Duration, isReadOnly: Bool) throws -> DatabaseQueue {
        // SQLite would take an empty path as a temporary database that is gone on closing.
        guard !path.isEmpty else { throw JournalError.unavailable("the path of its file is empty") }
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.busyMode = .timeout(busyTimeout.inSeconds)
        configuration.readonly = isReadOnly
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Refuses a file of another program, and one of a newer release, before anything is written to it; a new file is
    /// marked as ours.
    static func takeOwnership(_ db: Database, path: String) throws {
        let applicationID = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if applicationID == 0 && objects == 0 {
            try db.execute(sql: "PRAGMA application_id = \(JournalSchema.applicationID)")
        } else if applicationID != JournalSchema.applicationID {
            throw JournalError.unavailable(
                "\(path) is an SQLite database of another program; give the journal a file of its own")
        }
        try refuseNewer(db, path: path)
    }

    static func refuseNewer(_ db: Database, path: String) throws {
        guard try !migrator.hasBeenSuperseded(db) else {
            let known = Set(migrator.migrations)
            let unknown = try migrator.appliedIdentifiers(db).subtracting(known).sorted()
            throw JournalError.unavailable(
                "\(path) was written by a newer release (schema \(unknown.joined(separator: ", "))); "
                    + "start that release, or give this one another file")
        }
    }

    static func migrate(_ queue: DatabaseQueue) throws {
        do {
            try migrator.migrate(queue)
        } catch {
            // Another process that starts at the same time may have created the tables between our look and our
            // step. Then there is nothing left to do the second time; any other error comes again.
            try migrator.migrate(queue)
        }
    }

    /// Readers do not stop the writer (WAL), and a commit has reached the disk when it returns (synchronous FULL).
    static func makeDurable(_ db: Database, path: String, busyTimeout: Duration) throws {
        let mode = try writeAhead(db, within: busyTimeout)
        guard mode == "wal" || mode == "memory" else {
            throw JournalError.unavailable(
                "\(path) cannot have a write-ahead log (SQLite chose \"\(mode)\"); put it on a local file system")
        }
        try db.execute(sql: "PRAGMA synchronous = FULL")
    }

    /// SQLite refuses at once when another process that starts at the same time does the same, without the wait that it
    /// makes elsewhere. An empty transaction waits for that process, and then the file has its log.
    private static func writeAhead(_ db: Database, within busyTimeout: Duration) throws -> String {
        let end = ContinuousClock.now + busyTimeout
        while true {
            do {
                return try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") ?? ""
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
                try db.inTransaction(.immediate) { .commit }
            }
        }
    }
}
