internal import Synchronization

/// Whether a request's task has been cancelled: raised by whoever cancels, seen by the event loop's thread. Its identity
/// is the request's.
final class Cancellation: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() { raised.store(true, ordering: .releasing) }
}
