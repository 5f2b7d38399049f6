import Delivery
import Synchronization
import Testing

/// A clock on which sleeping is free: it jumps to the end of the sleep.
final class JumpingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Instant(offset: .zero))

    var now: Instant { time.withLock { $0 } }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline) }
    }

    func advance(by duration: Duration) {
        time.withLock { $0 = $0.advanced(by: duration) }
    }
}

@Suite struct PacingPolicyTests {
    /// When messages go out that are all ready at the beginning, in milliseconds.
    private func departures(_ policy: PacingPolicy, count: Int) -> [Int64] {
        var sent: [JumpingClock.Instant] = []
        for _ in 0..<count {
            sent.append(policy.next(after: sent, now: JumpingClock.Instant(offset: .zero)))
        }
        return sent.map {
            $0.offset.components.seconds * 1_000 + $0.offset.components.attoseconds / 1_000_000_000_000_000
        }
    }

    @Test func `Slack takes a burst of four and then one a second on average`() {
        #expect(
            departures(.slack, count: 10) == [0, 0, 0, 0, 4_000, 4_000, 4_000, 4_000, 8_000, 8_000])
    }

    @Test func `Teams takes four a second, sixty in half a minute, a hundred an hour`() {
        let times = departures(.teams, count: 201)
        #expect(Array(times[0..<9]) == [0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 2_000])
        #expect(times[59] == 14_000)
        #expect(times[60] == 30_000)
        #expect(times[99] < 60_000)
        #expect(times[100] == 3_600_000)
        #expect(times[200] == 7_200_000)
    }

    @Test(arguments: [PacingPolicy.slack, .teams])
    func `no window ever holds more than it may`(_ policy: PacingPolicy) {
        let times = departures(policy, count: 2_500)
        #expect(times == times.sorted())
        for window in policy.windows {
            let length = window.length.components.seconds * 1_000
            for index in times.indices.dropFirst(window.count) {
                #expect(times[index] - times[index - window.count] >= length)
            }
        }
    }

    @Test func `no window means no waiting, and a window of nothing takes one`() {
        #expect(departures(.unlimited, count: 3) == [0, 0, 0])
        let none = PacingPolicy(windows: [PacingPolicy.Window(count: 0, length: .seconds(1))])
        #expect(departures(none, count: 3) == [0, 1_000, 2_000])
    }
}

@Suite struct PacerTests {
    private let policy = PacingPolicy(windows: [PacingPolicy.Window(count: 2, length: .seconds(5))])

    @Test func `a turn is waited for when it is near`() async {
        let clock = JumpingClock()
        let pacer = Pacer(policy: policy, clock: clock)
        for expected: Duration in [.zero, .zero, .seconds(5), .seconds(5), .seconds(10)] {
            #expect(await pacer.turn() == .now)
            #expect(clock.now.offset == expected)
        }
        clock.advance(by: .seconds(60))
        #expect(await pacer.turn() == .now)
        #expect(clock.now.offset == .seconds(70), "a channel that was quiet is free again")
    }

    @Test func `a turn that is far away is not waited for and takes no place`() async {
        let clock = JumpingClock()
        let pacer = Pacer(policy: policy, clock: clock, longestWait: .seconds(4))
        #expect(await pacer.turn() == .now)
        clock.advance(by: .milliseconds(500))
        #expect(await pacer.turn() == .now)
        for _ in 0..<3 { #expect(await pacer.turn() == .later(.milliseconds(4_500))) }
        clock.advance(by: .milliseconds(500))
        #expect(await pacer.turn() == .now)
        #expect(clock.now.offset == .seconds(5))
    }

    @Test func `a cancelled task does not send`() async {
        let pacer = Pacer(policy: policy, clock: JumpingClock())
        for _ in 0..<2 { #expect(await pacer.turn() == .now) }
        await withTaskGroup(of: Turn.self) { group in
            group.cancelAll()
            group.addTask { await pacer.turn() }
            #expect(await group.next() == .cancelled)
        }
    }

    @Test func `callers at the same time get different turns`() async {
        let clock = JumpingClock()
        let pacer = Pacer(policy: policy, clock: clock, longestWait: .seconds(1_000))
        await withTaskGroup(of: Turn.self) { group in
            for _ in 0..<20 { group.addTask { await pacer.turn() } }
            for await turn in group { #expect(turn == .now) }
        }
        #expect(clock.now.offset >= .seconds(45), "20 turns, two in any five seconds")
    }
}
