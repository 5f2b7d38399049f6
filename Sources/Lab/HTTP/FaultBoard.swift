import Synchronization

/// Which fault is switched on where, and how many requests came.
final class FaultBoard: Sendable {
    private struct Entry {
        let fault: Fault
        /// nil: until it is switched off.
        var remaining: Int?
    }

    private struct State {
        var entries: [Endpoint: Entry] = [:]
        var counts: [Endpoint: Int] = [:]
    }

    private let state = Mutex(State())

    func switchOn(_ fault: Fault, at endpoint: Endpoint, times: Int?) {
        state.withLock { $0.entries[endpoint] = Entry(fault: fault, remaining: times) }
    }

    func switchOff(_ endpoint: Endpoint) {
        state.withLock { $0.entries[endpoint] = nil }
    }

    func isHealthy(_ endpoint: Endpoint) -> Bool {
        state.withLock { $0.entries[endpoint] == nil }
    }

    func count(_ endpoint: Endpoint) -> Int {
        state.withLock { $0.counts[endpoint] ?? 0 }
    }

    /// Counts the request and says what is to go wrong with it.
    func fault(for endpoint: Endpoint) -> Fault? {
        state.withLock { state in
            state.counts[endpoint, default: 0] += 1
            guard var entry = state.entries[endpoint] else { return nil }
            if let remaining = entry.remaining {
                guard remaining > 0 else { return nil }
                entry.remaining = remaining - 1
                state.entries[endpoint] = entry
            }
            return entry.fault
        }
    }
}
