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
    convenience init(reading settings: Settings.Journal) throws(RunFailure) {
        do {
            if let url = settings.url {
                try self.init(readingFromPostgres: url.revealed)
                return
            }
            guard FileManager.default.fileExists(atPath: settings.path) else {
                throw RunFailure(
                    "there is no journal at \(URL(filePath: settings.path).path()); journal.path is relative to the folder "
                        + "that the service runs in: run this there, with the service's --config")
            }
            try self.init(readingFrom: settings.path)
        } catch let failure as RunFailure {
            throw failure
        } catch {
            throw RunFailure("\(error)")
        }
    }
}

extension Settings.Journal {
    /// Where it is, for people.
    var place: String { url == nil ? path : "PostgreSQL (journal.url)" }

    func failure(_ error: JournalError) -> RunFailure {
        RunFailure("\(place): \(error.description)")
    }
}
