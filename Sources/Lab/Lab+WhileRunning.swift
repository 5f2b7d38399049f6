import Logging
import ServiceLifecycle

extension Lab {
    /// Runs the lab for as long as `body` takes.
    ///
    /// It is ended as a signal would end it and not by cancellation, which drops connections that were just accepted
    /// without closing them.
    package func whileRunning<Result: Sendable>(
        _ body: @Sendable (LabAddress) async throws -> Result
    ) async throws -> Result {
        let services = ServiceGroup(services: [self], logger: Logger(label: "lab") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body(try await address()))
            } catch {
                result = .failure(error)
            }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }
}
