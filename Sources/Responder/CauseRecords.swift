import Feedback
package import Journal
package import Logging
package import Reporting
import ServiceLifecycle
import Synchronization
import Telemetry

/// What people have said of earlier diagnoses, as it stands now: it corrects the confidences that are shown.
package final class CauseRecords: Service {
    /// For votes of another process on the same journal, and those that could not be read at once.
    private static let interval = Duration.seconds(60)

    private let journal: any Journal
    private let clock: WallClock
    private let logger: Logger
    private let record = Mutex(TrackRecord.none)

    package init(journal: any Journal, clock: WallClock, logger: Logger) {
        self.journal = journal
        self.clock = clock
        self.logger = logger
    }

    package var current: TrackRecord { record.withLock { $0 } }

    /// Reads the votes again: call it after one was recorded. A journal that fails leaves what was known.
    package func refresh() async {
        do {
            let votes = try await journal.votes()
            record.withLock { $0 = TrackRecord(votes: votes) }
        } catch {
            logger.error("the votes could not be read", metadata: ["reason": "\(error)"])
        }
    }

    package func run() async {
        await clock.every(Self.interval) { await self.refresh() }
    }
}
