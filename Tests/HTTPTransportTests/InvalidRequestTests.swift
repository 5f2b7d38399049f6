import HTTPTransport
import Testing

/// What must not reach the wire. The client has no server: a request that were sent would fail in another way.
@Suite(.timeLimit(.minutes(1))) struct InvalidRequestTests {
    private func reason(
        _ request: HTTPRequest, _ configuration: HTTPClientConfiguration = HTTPClientConfiguration(proxy: .direct)
    ) async throws -> String {
        try await withClient(configuration) { client in
            let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
            guard case .invalidRequest(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return ""
            }
            #expect(client.statistics.running == 0)
            return reason
        }
    }

    @Test(arguments: [
        ("file:///etc/passwd", "cannot be parsed"), ("file://localhost/etc/passwd", "cannot be parsed"),
        ("ftp://127.0.0.1/", "ftp"),
        ("gopher://127.0.0.1:1/", "gopher"), ("127.0.0.1:1/", "cannot be parsed"), ("/path", "cannot be parsed"),
        ("", "cannot be parsed"), ("http://", "cannot be parsed"), ("http://127.0.0.1:99999/", "cannot be parsed"),
        ("http://127.0.0.1:1/a b", "percent-encode"), ("http://127.0.0.1:1/\r\nX-Evil: 1", "percent-encode"),
        ("http://127.0.0.1:1/\0", "percent-encode"), ("http://me:s3cret@127.0.0.1:1/", "authorization"),
    ])
    func `a URL is refused`(url: String, because: String) async throws {
        let reason = try await reason(HTTPRequest(url: url))
        #expect(reason.contains(because), "\(reason)")
        #expect(!reason.contains("s3cret"))
    }

    @Test(arguments: [
        HTTPHeader("X-A", "1\r\nX-Evil: 1"), HTTPHeader("X-A", "1\n"), HTTPHeader("X-A", "\0"),
        HTTPHeader("X-A: 1\r\nX-Evil", "1"), HTTPHeader("", "1"), HTTPHeader("X A", "1"), HTTPHeader("X-Ä", "1"),
    ])
    func `a header cannot smuggle in another`(header: HTTPHeader) async throws {
        #expect(try await reason(HTTPRequest(url: "http://127.0.0.1:1/", headers: [header])).contains("header"))
    }

    @Test(arguments: ["", "GET /evil HTTP/1.1\r\n", "G T"])
    func `a method cannot either`(method: String) async throws {
        #expect(try await reason(HTTPRequest(method: method, url: "http://127.0.0.1:1/")).contains("method"))
    }

    @Test(arguments: [
        HTTPClientConfiguration(authorization: .bearer(token: "s3cret\r\nX-Evil: 1")),
        HTTPClientConfiguration(authorization: .bearer(token: "")),
        HTTPClientConfiguration(authorization: .basic(username: "a:b", password: "s3cret")),
        HTTPClientConfiguration(authorization: .basic(username: "a", password: "s3cret\0")),
        HTTPClientConfiguration(tenant: "s3cret\nX-Evil: 1"),
        HTTPClientConfiguration(userAgent: "s3cret\r\nX-Evil: 1"),
    ])
    func `nor can what is configured, and its error does not show it`(configuration: HTTPClientConfiguration)
        async throws
    {
        let reason = try await reason(HTTPRequest(url: "http://127.0.0.1:1/"), configuration)
        #expect(!reason.isEmpty && !reason.contains("s3cret"))
    }
}
