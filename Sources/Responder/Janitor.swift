package import Journal
package import Logging
import ServiceLifecycle
import Telemetry

/// Deletes from the journal what is older than people look back.
package struct Janitor: Service {
    /// Often enough that little is deleted at a time.
    private static let interval = Duration.seconds(3600)

    private let journal: any Journal
    private let retention: Duration
    private let clock: WallClock
    private let logger: Logger

    /// - Parameter retention: what was settled longer ago goes; what waits, is parked or still open stays.
    package init(journal: any Journal, retention: Duration, clock: WallClock, logger: Logger) {
        self.journal = journal
        self.retention = retention
        self.clock = clock
        self.logger = logger
    }

    package func run() async {
        await clock.every(Self.interval) { await clean() }
    }

    /// One round.
    package func clean() async {
        do {
            let result = try await journal.prune(before: clock.now() - retention)
            logger.debug("journal cleaned", metadata: ["deleted": "\(result)"])
        } catch {
            logger.error("the journal could not be cleaned", metadata: ["reason": "\(error)"])
        }
    }
}
