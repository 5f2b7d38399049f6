/// Polls until something is so.
///
/// For what other processes do, where there is nothing to wait on; inside one process, wait for the thing itself.
package func eventually<Value: Sendable>(
    _ what: String, within limit: Duration = .seconds(60), _ attempt: @Sendable () async throws -> Value?
) async throws -> Value {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: limit)
    while clock.now < end {
        if let value = try await attempt() { return value }
        try await clock.sleep(for: .milliseconds(50))
    }
    throw TestFailure("waited \(limit) in vain: \(what)")
}
