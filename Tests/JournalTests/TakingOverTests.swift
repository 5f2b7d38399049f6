import Alerts
import Journal
import Telemetry
import TestSupport
import Testing

@Suite struct TakingOverTests {
    private let now = Timestamp(seconds: 1_795_361_500)

    private func group(_ key: String) -> AlertGroup {
        AlertGroup(
            status: .firing, receiver: "r", groupKey: key,
            alerts: [Alert(status: .firing, labels: [:], startsAt: Timestamp(seconds: 1), fingerprint: key)])
    }

    private func message(_ key: String) -> OutgoingMessage {
        OutgoingMessage(
            incident: nil, receiver: key, kind: "replay", deduplicationKey: key, payload: [], createdAt: now)
    }

    @Test func `what a dead process had claimed can be claimed at once`() async throws {
        let folder = try TestSupport.TemporaryFolder()
        let dead = try DatabaseJournal(path: folder.path("journal.sqlite"))
        _ = try await dead.accept(IncomingNotification(group: group("a"), body: [1], receivedAt: now))
        try await dead.enqueue([message("claimed")])
        #expect(try await dead.claimNotification(now: now, lease: .seconds(600)) != nil)
        #expect(try await dead.claimMessage(now: now, lease: .seconds(600)) != nil)

        let next = try DatabaseJournal(path: folder.path("journal.sqlite"))
        #expect(try await next.claimNotification(now: now, lease: .seconds(600)) == nil)
        try await next.takeOver()
        #expect(try await next.claimNotification(now: now, lease: .seconds(600)) != nil)
        #expect(try await next.claimMessage(now: now, lease: .seconds(600)) != nil)
        await next.close()
        await dead.close()
    }

    @Test func `the wait that a platform asked for is kept`() async throws {
        let folder = try TestSupport.TemporaryFolder()
        let journal = try DatabaseJournal(path: folder.path("journal.sqlite"))
        try await journal.enqueue([message("limited")])
        let claimed = try #require(try await journal.claimMessage(now: now, lease: .seconds(60)))
        try await journal.recordAttempt(
            claimed.id, DeliveryAttempt(at: now, outcome: .retry(at: now + .seconds(30)), detail: "429"))
        try await journal.takeOver()
        #expect(try await journal.claimMessage(now: now, lease: .seconds(60)) == nil)
        #expect(try await journal.claimMessage(now: now + .seconds(30), lease: .seconds(60)) != nil)
        await journal.close()
    }

    @Test func `a journal has one owner at a time`() async throws {
        let folder = try TestSupport.TemporaryFolder()
        let first = try DatabaseJournal(path: folder.path("journal.sqlite"))
        let second = try DatabaseJournal(path: folder.path("journal.sqlite"))
        try await first.takeOver()
        let error = await #expect(throws: JournalError.self) { try await second.takeOver() }
        #expect(error?.description.contains("another process serves from") == true)
        await first.close()
        try await second.takeOver()
        await second.close()
    }
}
