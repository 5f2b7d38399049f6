import Telemetry
import Testing

@testable import Responder

@Suite struct WallClockTests {
    @Test func `work is done at once, again after each pause, and no more after the end`() async {
        let start = Timestamp(seconds: 1_795_361_500)
        let clock = ManualClock(start).wall
        let (times, entrance) = AsyncStream<Timestamp>.makeStream()
        var seen: [Timestamp] = []
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await clock.every(.seconds(10)) { entrance.yield(clock.now()) }
                entrance.finish()
            }
            for await time in times.prefix(3) { seen.append(time) }
            // The group waits for its end.
            group.cancelAll()
        }
        #expect(seen == [start, start + .seconds(10), start + .seconds(20)])
    }
}
