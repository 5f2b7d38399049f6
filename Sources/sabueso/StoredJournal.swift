import FoundationEssentials
import Journal
import Settings

/// The running service's journal, for commands that look into it.
enum StoredJournal {
    /// - Throws: `RunFailure` when it is not there or cannot be read.
    static func open(_ settings: Settings) throws(RunFailure) -> SQLiteJournal {
        let path = settings.journal.path
        guard FileManager.default.fileExists(atPath: path) else {
            throw RunFailure(
                "there is no journal at \(URL(filePath: path).path()); journal.path is relative to the folder that the "
                    + "service runs in: run this there, with the service's --config")
        }
        do {
            return try SQLiteJournal(readingFrom: path)
        } catch {
            throw RunFailure(error.description)
        }
    }
}
