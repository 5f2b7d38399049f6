import ServiceLifecycle

/// Works on what was asked, a few at a time, beside the requests that asked for it.
///
/// Bounded, and it survives nothing: whoever asks is told when there is no room, and when the service stops before it
/// was begun.
package struct CommandQueue: Service {
    struct Job: Sendable {
        let work: @Sendable () async -> Void
        /// In the place of the work, when the service stops.
        let giveBack: @Sendable () async -> Void
    }

    private let jobs: AsyncStream<Job>
    private let entrance: AsyncStream<Job>.Continuation
    private let workers: Int
    private let stop = StopFlag()

    /// - Parameters:
    ///   - capacity: of what waits; people do not wait for more.
    ///   - workers: an investigation holds one for as long as the backends take.
    package init(capacity: Int = 64, workers: Int = 4) {
        (jobs, entrance) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(capacity))
        self.workers = workers
    }

    /// - Returns: false when there is no room, or the service stops.
    func submit(_ job: Job) -> Bool {
        if case .enqueued = entrance.yield(job) { true } else { false }
    }

    /// Returns when the service stops gracefully and what was begun is done.
    package func run() async {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                var running = 0
                for await job in jobs {
                    if running >= workers {
                        await group.next()
                        running -= 1
                    }
                    running += 1
                    group.addTask { [stop] in await (stop.isRaised ? job.giveBack : job.work)() }
                }
            }
        } onGracefulShutdown: {
            stop.raise()
            entrance.finish()
        }
    }
}
