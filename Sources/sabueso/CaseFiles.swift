import Alerts
import Backends
import Telemetry

/// A case folder as the commands need it.
enum CaseFiles {
    /// - Throws: `RunFailure` with the file and the place in it.
    static func load(_ folder: String) throws(RunFailure) -> (evidence: Evidence, alert: AlertGroup?) {
        let loaded: Case
        do {
            loaded = try CaseFolder(path: folder).load()
        } catch {
            throw RunFailure("\(error)")
        }
        guard let body = loaded.alertBody else { return (loaded.evidence, nil) }
        do {
            return (loaded.evidence, try AlertGroup(webhookBody: body))
        } catch {
            throw RunFailure("\(folder): alert.json: \(error.description)")
        }
    }
}
