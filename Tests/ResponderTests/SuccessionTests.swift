import Alerts
import Journal
import Logging
import Responder
import Telemetry
import TestSupport
import Testing

@Suite struct SuccessionTests {
    private let folder: TemporaryFolder
    private let journal: DatabaseJournal
    private let doorbell = Doorbell()
    private let clock = ManualClock(Timestamp(seconds: 1_795_361_500))

    init() throws {
        folder = try TemporaryFolder()
        journal = try DatabaseJournal(path: folder.path("journal.sqlite"))
    }

    private var succession: Succession {
        Succession(journal: journal, doorbell: doorbell, clock: clock.wall, logger: Logger(label: "test"))
    }

    private func notification(receivedAt time: Timestamp) -> IncomingNotification {
        let alert = Alert(status: .firing, labels: [:], startsAt: Timestamp(seconds: 1), fingerprint: "f")
        let group = AlertGroup(status: .firing, receiver: "r", groupKey: "g", alerts: [alert])
        return IncomingNotification(group: group, body: [1], receivedAt: time)
    }

    @Test func `what another process has taken in and nobody works on wakes the workers`() async throws {
        let ticket = doorbell.ticket()
        let other = try DatabaseJournal(path: folder.path("journal.sqlite"))
        _ = try await other.accept(notification(receivedAt: clock.wall.now()))
        await succession.round()
        await doorbell.wait(after: ticket)
        await other.close()
        await journal.close()
    }

    @Test func `what a process was doing that is gone wakes the workers, and can be claimed`() async throws {
        let gone = try DatabaseJournal(path: folder.path("journal.sqlite"))
        let now = clock.wall.now()
        _ = try await gone.accept(notification(receivedAt: now))
        #expect(try await gone.claimNotification(now: now, lease: .seconds(600)) != nil)
        await gone.close()
        try await journal.takeOver()
        let ticket = doorbell.ticket()
        await succession.round()
        await doorbell.wait(after: ticket)
        #expect(try await journal.claimNotification(now: now, lease: .seconds(600)) != nil)
        // What this process does itself is not taken from it.
        await succession.round()
        #expect(try await journal.claimNotification(now: now, lease: .seconds(600)) == nil)
        await journal.close()
    }
}
