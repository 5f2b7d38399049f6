import ServiceLifecycle
package import Telemetry

/// The time of day and a way to wait, passed in so that tests decide what time it is.
package struct WallClock: Sendable {
    package let now: @Sendable () -> Timestamp
    /// Returns after the duration, or throws `CancellationError`.
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// Does the work at once and again after each pause, until the service is asked to stop.
    func every(_ pause: Duration, _ work: @escaping @Sendable () async -> Void) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await work()
                // It ends early only when the service stops.
                try? await sleep(pause)
            }
        }
    }
}
