package import Journal
package import Logging
import ServiceLifecycle
import Telemetry

/// Looks again at incidents of which not everything could be seen, a while after their first diagnosis.
package struct SecondLooks: Service {
    /// They are planned in minutes.
    private static let interval = Duration.seconds(10)

    private let journal: any Journal
    private let handler: NotificationHandler
    private let doorbell: Doorbell
    private let clock: WallClock
    private let logger: Logger

    package init(
        journal: any Journal, handler: NotificationHandler, doorbell: Doorbell, clock: WallClock, logger: Logger
    ) {
        self.journal = journal
        self.handler = handler
        self.doorbell = doorbell
        self.clock = clock
        self.logger = logger
    }

    package func run() async {
        await clock.every(Self.interval) { await round() }
    }

    /// Looks at what is due, one after the other, as long as no alert waits to be looked at.
    package func round() async {
        do {
            while !Task.isCancelled, handler.turnstile.hasRoom,
                let incident = try await journal.incidentToLookAtAgain(dueAt: clock.now()),
                let messages = try await handler.lookAgain(at: incident)
            {
                if messages > 0 { doorbell.ring() }
            }
        } catch {
            logger.error("the journal failed", metadata: ["reason": "\(error)"])
        }
    }
}
