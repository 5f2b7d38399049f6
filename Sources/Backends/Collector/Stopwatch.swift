/// Measures one collection, and gives up what takes too long: the one place that knows about deadlines.
struct Stopwatch: Sendable {
    /// Since the stopwatch was made.
    let elapsed: @Sendable () -> Duration
    let sleep: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(for: $0) }
    }

    /// How a piece of work ended.
    enum Ending<Value: Sendable>: Sendable {
        case value(Value)
        case failure(BackendError)
        /// The deadline came first; the work was cancelled.
        case expired
    }

    private enum Runner<Value: Sendable>: Sendable {
        case work(Result<Value, BackendError>)
        case bell(hasRung: Bool)
    }

    /// Runs the work and cancels it when `limit` has passed.
    ///
    /// It returns when the work has returned: work has to obey cancellation, as everything on `HTTPClient` does. A value
    /// that arrives together with the deadline counts.
    func run<Value: Sendable>(
        atMost limit: Duration, _ work: @escaping @Sendable () async throws(BackendError) -> Value
    ) async -> Ending<Value> {
        await withTaskGroup(of: Runner<Value>.self) { group in
            group.addTask {
                do throws(BackendError) {
                    return .work(.success(try await work()))
                } catch {
                    return .work(.failure(error))
                }
            }
            group.addTask {
                do {
                    try await sleep(limit)
                    return .bell(hasRung: true)
                } catch {
                    return .bell(hasRung: false)
                }
            }
            var hasExpired = false
            while let runner = await group.next() {
                switch runner {
                case .bell(let hasRung):
                    hasExpired = hasRung
                    group.cancelAll()
                case .work(.success(let value)):
                    group.cancelAll()
                    return .value(value)
                case .work(.failure(let error)):
                    group.cancelAll()
                    return hasExpired ? .expired : .failure(error)
                }
            }
            return .expired
        }
    }
}
