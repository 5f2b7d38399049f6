import Synchronization

/// Whether the service was asked to stop: what is running may finish, nothing new is begun.
final class StopSignal: Sendable {
    private let isRaised = Atomic(false)

    func raise() { isRaised.store(true, ordering: .releasing) }

    var isSet: Bool { isRaised.load(ordering: .acquiring) }
}
