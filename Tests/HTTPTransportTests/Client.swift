import HTTPTransport
import Testing

/// Runs a client that ignores the machine's proxies, and shuts it down.
@discardableResult
func withClient<Result>(
    _ configuration: HTTPClientConfiguration = HTTPClientConfiguration(proxy: .direct),
    _ body: (CurlClient) async throws -> Result
) async throws -> Result {
    let client = CurlClient(configuration)
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

/// Sends a request that has to fail for want of a connection, and gives back libcurl's reason.
func connectionFailure(of request: HTTPRequest, to authority: String, by client: CurlClient) async throws -> String {
    let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
    guard case .connectionFailed(authority, let reason) = try #require(error) else {
        Issue.record("\(String(describing: error)) does not name \(authority)")
        return ""
    }
    return reason
}
