package import Alerts
package import Journal

/// Takes a webhook's body into the journal, and says what the sender is to be told.
package struct Intake: Sendable {
    package enum Outcome: Sendable {
        /// On disk. A repeat needs no second investigation.
        case accepted(Acceptance)
        /// It will never be acceptable: a 4xx.
        case refused(WebhookDecodingError)
        /// Not now: a 503, so that the sender comes again.
        case unavailable(JournalError)
    }

    private let journal: any Journal
    private let doorbell: Doorbell
    private let maximumAlerts: Int
    private let clock: WallClock

    package init(journal: any Journal, doorbell: Doorbell, maximumAlerts: Int, clock: WallClock) {
        self.journal = journal
        self.doorbell = doorbell
        self.maximumAlerts = maximumAlerts
        self.clock = clock
    }

    /// Returns only after the notification is committed.
    package func accept(body: [UInt8]) async -> Outcome {
        do {
            let group = try AlertGroup(webhookBody: body, maximumAlerts: maximumAlerts)
            let notification = IncomingNotification(group: group, body: body, receivedAt: clock.now())
            let acceptance = try await journal.accept(notification)
            if case .stored = acceptance { doorbell.ring() }
            return .accepted(acceptance)
        } catch let error as WebhookDecodingError {
            return .refused(error)
        } catch let error as JournalError {
            return .unavailable(error)
        } catch {
            return .unavailable(.unavailable("\(error)"))
        }
    }
}
