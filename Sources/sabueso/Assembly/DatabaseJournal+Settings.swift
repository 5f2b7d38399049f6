import FoundationEssentials
import Journal
import Settings

extension DatabaseJournal {
    /// The journal to work through.
    convenience init(_ settings: Settings.Journal) throws(RunFailure) {
        do {
            if let url = settings.url {
                try self.init(postgres: url.revealed, waitingLimit: settings.maximumWaiting)
            } else {
                try self.init(path: settings.path, waitingLimit: settings.maximumWaiting)
            }
        } catch {
            throw settings.failure(error)
        }
    }

    /// The running service's journal, for commands that look into it.
    ///
    /// - Throws: `RunFailure` when it is not there or cannot be read.
    static func reading(_ settings: Settings.Journal) throws(RunFailure) -> DatabaseJournal {
        do {
            if let journal = try DatabaseJournal(readingIfThere: settings) { return journal }
        } catch {
            throw RunFailure(error.description)
        }
        throw RunFailure(
            "there is no journal at \(URL(filePath: settings.path).path()); journal.path is relative to the folder "
                + "that the service runs in: run this there, with the service's --config")
    }

    /// The same; nil when it is a file that is not there.
    convenience init?(readingIfThere settings: Settings.Journal) throws(JournalError) {
        if let url = settings.url {
            try self.init(readingFromPostgres: url.revealed)
        } else {
            guard FileManager.default.fileExists(atPath: settings.path) else { return nil }
            try self.init(readingFrom: settings.path)
        }
    }
}

extension Settings.Journal {
    /// Where it is, for people.
    var place: String { url == nil ? path : "PostgreSQL (journal.url)" }

    /// The file, or the key of the configuration that has the address.
    var key: String { url == nil ? path : "journal.url" }

    func failure(_ error: JournalError) -> RunFailure {
        RunFailure("\(key): \(error.description)")
    }
}
