import Alerts
import Backends

/// A case folder as the commands need it.
enum CaseFiles {
    /// - Throws: `RunFailure` with the file and the place in it.
    static func load(_ folder: String) throws(RunFailure) -> (case: Case, alert: AlertGroup?) {
        let loaded: Case
        do {
            loaded = try CaseFolder(path: folder).load()
        } catch {
            throw RunFailure("\(error)")
        }
        for note in loaded.notes { StandardError.write("note: \(folder): \(note)\n") }
        guard let body = loaded.alertBody else { return (loaded, nil) }
        do {
            return (loaded, try AlertGroup(webhookBody: body))
        } catch {
            throw RunFailure("\(folder): alert.json: \(error.description)")
        }
    }
}
