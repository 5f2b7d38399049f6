package import Journal
package import Logging
import ServiceLifecycle
import Telemetry

/// Works through the inbox: claims notifications and has them handled, several at a time.
package struct Responder: Service {
    private let journal: any Journal
    private let handler: NotificationHandler
    private let doorbell: Doorbell
    private let clock: WallClock
    private let logger: Logger
    private let concurrency: Int
    private let lease: Duration

    /// For each investigation under way, this many alerts are taken up: people hear that somebody looks, whatever stands
    /// before it in the queue. More than a storm announces one by one, of four investigations at a time.
    private static let takenUpPerInvestigation = 8

    /// - Parameters:
    ///   - concurrency: investigations at the same time.
    ///   - deadline: what the collection of evidence is limited to. A lease is several times as long, for each that may
    ///     stand before it: while a process lives, nobody else may take its work. Whoever takes over from a process that
    ///     died does not wait for it.
    package init(
        journal: any Journal, handler: NotificationHandler, doorbell: Doorbell, clock: WallClock, logger: Logger,
        concurrency: Int, deadline: Duration
    ) {
        self.journal = journal
        self.handler = handler
        self.doorbell = doorbell
        self.clock = clock
        self.logger = logger
        self.concurrency = concurrency
        lease = (deadline * 3 + .seconds(30)) * Self.takenUpPerInvestigation
    }

    package func run() async {
        await WorkLoop(journal: journal, doorbell: doorbell, clock: clock, logger: logger)
            .run(workers: concurrency * Self.takenUpPerInvestigation, drain: false) { () async throws(JournalError) in
                guard let notification = try await journal.claimNotification(now: clock.now(), lease: lease) else {
                    return .idle
                }
                do throws(JournalError) {
                    _ = try await handler.handle(notification)
                } catch {
                    // Without its lease it can be claimed as soon as the journal works again.
                    try? await journal.releaseNotification(
                        notification.id, retryAt: clock.now() + WorkLoop.pauseAfterFailure, reason: error.description)
                    throw error
                }
                // Its group's next notification and its messages can be claimed now.
                doorbell.ring()
                return .worked
            }
    }
}
