import ArgumentParser
import Journal
import Logging
import Settings

/// `sabueso serve`: the service itself.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take Alertmanager's webhooks, investigate, and tell people.",
        discussion: """
            Without a configuration it listens on port 9096, keeps its journal in ./sabueso.sqlite, and has nothing to \
            look at and nobody to tell: enough to see that Alertmanager reaches it.

            Example:
              sabueso serve --config /etc/sabueso/sabueso.yaml
            """)

    @OptionGroup var configurationFile: ConfigurationFile

    func run() async throws {
        let settings = try configurationFile.load()
        let logger = Logger(settings.logging)
        for change in settings.migrated {
            logger.warning(
                "the configuration is of an older version, and was read as today's: see sabueso migrate-config",
                metadata: ["line": "\(change.line)", "change": "\(change.text)"])
        }
        if settings.receivers.isEmpty { logger.warning("no receivers are configured: nobody will be told") }
        if settings.tempo == nil, settings.loki == nil {
            logger.warning("neither tempo nor loki is configured: there is nothing to look at")
        }
        logger.info(
            "starting",
            metadata: [
                "version": "\(Version.text)", "journal": "\(settings.journal.place)",
                "tempo": "\(settings.tempo?.connection.url ?? "none")",
                "loki": "\(settings.loki?.connection.url ?? "none")",
                "kubernetes": "\(settings.kubernetes?.url ?? "none")",
                "receivers": "\(settings.receivers.map(\.name).joined(separator: ","))",
            ])
        do {
            try await LiveService(settings, logger: logger).run()
        } catch let failure as RunFailure {
            throw failure
        } catch let error as JournalError {
            throw settings.journal.failure(error)
        } catch {
            let address = "\(settings.server.host):\(settings.server.port)"
            throw RunFailure(
                "\(error)".contains("Address already in use")
                    ? "cannot listen on \(address): another process has taken the port; choose another one (server.port)"
                    : "cannot listen on \(address): \(error)")
        }
    }
}
