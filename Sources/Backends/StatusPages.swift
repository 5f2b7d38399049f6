package import HTTPTransport

/// What a server tells of itself: its version, its rules, its configuration.
package struct StatusPages: Sendable {
    private let backend: String
    private let http: any HTTPClient
    private let endpoint: Endpoint

    /// - Parameters:
    ///   - backend: its name in errors.
    ///   - deadline: of one page.
    package init(of backend: String, http: any HTTPClient, baseURL: String, deadline: Duration) {
        self.backend = backend
        self.http = http
        endpoint = Endpoint(baseURL: baseURL, deadline: deadline)
    }

    /// The body of a page that was given.
    ///
    /// - Parameter what: in the reader's words: `version`, `rules`.
    package func page(
        _ path: String, _ what: String, query: [(name: String, value: String)] = [], headers: [HTTPHeader] = []
    ) async throws(BackendError) -> [UInt8] {
        let attempt = BackendError.Attempt(backend, what)
        let response = try await http.send(
            endpoint.get(path, query, headers: [HTTPHeader("Accept", "application/json")] + headers), for: attempt)
        guard response.isSuccess else { throw response.refusal(of: attempt) }
        return response.body
    }
}
