import ArgumentParser
import FoundationEssentials
import Settings

/// The `--config` option of every command that needs settings.
struct ConfigurationFile: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The configuration; see Config/sabueso.yaml.", valueName: "file"))
    var path: String?

    /// - Parameters:
    ///   - leavesOutSecrets: for what neither fetches nor sends anything: it needs none of them.
    ///   - isOffline: for what looks only at the configuration itself.
    /// - Throws: `RunFailure` with every problem of every file, a line each.
    func load(leavesOutSecrets: Bool = false, isOffline: Bool = false) throws(RunFailure) -> Settings {
        guard let path else { return Settings() }
        do {
            return try Settings.load(
                path: path, environment: ProcessInfo.processInfo.environment,
                leavesOutSecrets: leavesOutSecrets, isOffline: isOffline)
        } catch {
            throw RunFailure("the configuration cannot be used:\n\(error.description)")
        }
    }
}
