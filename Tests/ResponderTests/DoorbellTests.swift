import Responder
import Telemetry
import Testing

@Suite struct DoorbellTests {
    @Test func `a ring between the look and the wait is not lost`() async {
        let doorbell = Doorbell()
        let ticket = doorbell.ticket()
        doorbell.ring()
        await doorbell.wait(after: ticket)
    }

    @Test func `a ring wakes everybody`() async {
        let doorbell = Doorbell()
        let tickets = (0..<100).map { _ in doorbell.ticket() }
        await withTaskGroup(of: Void.self) { group in
            for ticket in tickets { group.addTask { await doorbell.wait(after: ticket) } }
            group.addTask { doorbell.ring() }
            await group.waitForAll()
        }
    }

    @Test func `cancellation ends the wait`() async {
        let doorbell = Doorbell()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await doorbell.wait(after: doorbell.ticket()) }
            group.cancelAll()
        }
    }

    @Test func `a wait with a limit ends at the limit`() async {
        let clock = ManualClock(Timestamp(seconds: 0))
        let doorbell = Doorbell()
        await doorbell.wait(after: doorbell.ticket(), atMost: .seconds(5), clock: clock.wall)
        #expect(clock.wall.now() == Timestamp(seconds: 5))
    }
}
