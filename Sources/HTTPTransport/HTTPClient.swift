/// Sends one HTTP request and gives back the whole answer.
///
/// A protocol, so that a client of a backend can be tested against recorded exchanges; the real one is `CurlClient`.
package protocol HTTPClient: Sendable {
    /// - Throws: when no answer came, or it was larger than allowed. An answer with any status is returned, not thrown.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}

package struct HTTPRequest: Hashable, Sendable {
    package var method: String
    /// Absolute, already percent-encoded.
    package var url: String
    /// In the order in which they are sent. `User-Agent` and `Accept-Encoding` are the client's own.
    package var headers: [HTTPHeader]
    package var body: [UInt8]?
    /// From the call to the last byte of the answer.
    package var deadline: Duration
    /// In bytes, after decompression; a longer answer is cut off while it is read and thrown as an error.
    package var maximumResponseSize: Int

    package init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        deadline: Duration = .seconds(30), maximumResponseSize: Int = 64 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.maximumResponseSize = maximumResponseSize
    }
}

package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

package struct HTTPResponse: Hashable, Sendable {
    package let status: Int
    package let headers: [HTTPHeader]
    /// After decompression.
    package let body: [UInt8]

    package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of this name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// Why no answer came. `host` is always `host:port`. No case carries a header's value, a body or a URL's query: they may be secrets.
package enum HTTPError: Error, Hashable, Sendable {
    case invalidRequest(String)
    /// The name was not found, the connection refused or reset, TLS failed, the token's file could not be read: `reason`
    /// is libcurl's words or the system's.
    case connectionFailed(host: String, reason: String)
    case deadlineExceeded(host: String, after: Duration)
    case responseTooLarge(host: String, limit: Int)
    /// The task was cancelled, or the client shut down.
    case cancelled
}
