import Settings
import Testing

/// Files in memory, and an environment: what a configuration is loaded from.
struct LoadedFrom {
    var files: [String: String]
    var environment: [String: String] = [:]
    /// Files that are not text, by path.
    var zones: [String: [UInt8]] = [:]
    /// Files that are there but cannot be read.
    var forbidden: Set<String> = []
    /// Whether it is for what neither fetches nor sends anything.
    var leavesOutSecrets = false
    /// Whether nothing is to be asked.
    var isOffline = false

    static let main = "/etc/sabueso/sabueso.yaml"

    init(_ main: String, files: [String: String] = [:], environment: [String: String] = [:]) {
        self.files = files.merging([Self.main: main]) { $1 }
        self.environment = environment
    }

    func settings() throws(SettingsError) -> Settings {
        let (files, zones, forbidden) = (files, zones, forbidden)
        let readFile: FileReader = { path throws(FileReadError) in
            if forbidden.contains(path) { throw .unreadable(reason: "permission denied") }
            if let bytes = zones[path] { return bytes }
            guard let text = files[path] else { throw .notFound }
            return [UInt8](text.utf8)
        }
        return try Settings.load(
            path: Self.main, environment: environment, readFile: readFile, leavesOutSecrets: leavesOutSecrets,
            isOffline: isOffline)
    }

    /// The problems, one a line, without the folder of the configuration.
    func problems() -> [String] {
        do {
            _ = try settings()
            return []
        } catch {
            return error.problems.map { problem in
                "\(problem)".trimmingPrefix("/etc/sabueso/").description
            }
        }
    }
}
