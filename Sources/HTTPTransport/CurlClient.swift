/// The HTTP client of one backend, over libcurl.
///
/// It reuses connections, speaks HTTP/2 where the server offers it over TLS, accepts gzip, Brotli and Zstandard, and
/// follows no redirect. Any number of clients may share an event loop, and then its connections.
package struct CurlClient: HTTPClient {
    package let configuration: HTTPClientConfiguration
    private let loop: CurlEventLoop

    /// - Parameter loop: one of its own unless given; it ends with the last client that uses it.
    package init(_ configuration: HTTPClientConfiguration = HTTPClientConfiguration(), on loop: CurlEventLoop? = nil) {
        self.configuration = configuration
        self.loop = loop ?? CurlEventLoop()
    }

    package var statistics: CurlEventLoop.Statistics { loop.statistics }

    /// Shuts the event loop down, for the other clients that use it too; see there.
    package func shutdown() async { await loop.shutdown() }

    /// - Throws: `HTTPError.cancelled` also when the event loop is shut down.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let submitted = ContinuousClock.now
        let target = try RequestTarget(request.url)
        guard RequestHeaders.isToken(request.method) else {
            throw .invalidRequest("the method is empty or holds a character that is not allowed")
        }
        guard RequestHeaders.isFieldValue(configuration.userAgent) else {
            throw .invalidRequest("the user agent holds a control character")
        }
        let headers = try RequestHeaders(
            request, tenant: configuration.tenant.map { HTTPHeader(configuration.tenantHeader, $0) })
        let cancellation = Cancellation()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                loop.mailbox.submit(
                    Mailbox.Submission(
                        request: request, target: target, headers: headers, configuration: configuration,
                        submitted: submitted, cancellation: cancellation, answer: answer))
            }
        } onCancel: {
            loop.mailbox.cancel(cancellation)
        }
        return try result.get()
    }
}
