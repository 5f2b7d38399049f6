package import Journal
package import Logging
import ServiceLifecycle
import Telemetry

/// Takes up what other processes have left: the work of one that died, and what waits while they are busy.
package struct Succession: Service {
    /// People wait for it; the question is cheap.
    private static let interval = Duration.seconds(5)

    private let journal: any Journal
    private let doorbell: Doorbell
    private let clock: WallClock
    private let logger: Logger

    package init(journal: any Journal, doorbell: Doorbell, clock: WallClock, logger: Logger) {
        self.journal = journal
        self.doorbell = doorbell
        self.clock = clock
        self.logger = logger
    }

    package func run() async {
        await clock.every(Self.interval) { await round() }
    }

    /// One look at what waits.
    package func round() async {
        do {
            let abandoned = try await journal.takeUpAbandoned()
            if abandoned > 0 {
                logger.notice("work that nobody does any more is taken up", metadata: ["pieces": "\(abandoned)"])
            }
            if let due = try await journal.nextDue(), due <= clock.now() { doorbell.ring() }
        } catch {
            logger.error("the journal failed", metadata: ["reason": "\(error)"])
        }
    }
}
