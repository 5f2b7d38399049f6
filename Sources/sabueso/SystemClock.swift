import Glibc
import Responder
import Telemetry

extension WallClock {
    /// The machine's own clock.
    static let system = WallClock(
        now: {
            var time = timespec()
            unsafe clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
        },
        sleep: { try await Task.sleep(for: $0) })
}
