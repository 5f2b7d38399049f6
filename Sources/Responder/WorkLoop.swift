import Journal
import Logging
import ServiceLifecycle
import Telemetry

/// Workers that claim from the journal, one piece of work at a time each, until the service stops.
///
/// When there is nothing to claim they wait for the doorbell, or for the time at which something becomes due. When the
/// journal fails they try again later; nothing is lost, because what they cannot claim stays in it.
struct WorkLoop: Sendable {
    /// What one attempt to find work came to.
    enum Turn: Sendable {
        case worked
        case idle
    }

    /// A journal that fails is asked again after this long: long enough not to fill the log, short enough for a person.
    static let pauseAfterFailure: Duration = .seconds(2)
    /// However quiet it is, look at least this often: a lease that another process left behind ends unannounced.
    static let longestWait: Duration = .seconds(60)

    let journal: any Journal
    let doorbell: Doorbell
    let clock: WallClock
    let logger: Logger

    /// Returns when the service shuts down gracefully and every worker has finished what it had begun.
    ///
    /// - Parameters:
    ///   - drain: whether what is already due is still worked on after the signal to stop.
    ///   - turn: claims one piece of work and does it.
    func run(
        workers: Int, drain: Bool, turn: @escaping @Sendable () async throws(JournalError) -> Turn
    ) async {
        let stop = StopSignal()
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<max(1, workers) {
                    group.addTask { await work(until: stop, drain: drain, turn: turn) }
                }
            }
        } onGracefulShutdown: {
            stop.raise()
            doorbell.ring()
        }
    }

    private func work(
        until stop: StopSignal, drain: Bool, turn: @Sendable () async throws(JournalError) -> Turn
    ) async {
        while !Task.isCancelled {
            let stopping = stop.isSet
            if stopping, !drain { return }
            let ticket = doorbell.ticket()
            do {
                if case .worked = try await turn() { continue }
                if stopping { return }
                await doorbell.wait(after: ticket, atMost: try await timeUntilDue(), clock: clock)
            } catch {
                if stopping { return }
                logger.error("the journal failed", metadata: ["reason": "\(error)"])
                await doorbell.wait(after: ticket, atMost: Self.pauseAfterFailure, clock: clock)
            }
        }
    }

    private func timeUntilDue() async throws(JournalError) -> Duration {
        guard let due = try await journal.nextDue() else { return Self.longestWait }
        return min(Self.longestWait, max(.milliseconds(10), due - clock.now()))
    }
}
