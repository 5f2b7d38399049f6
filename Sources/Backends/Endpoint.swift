import HTTPTransport
import Telemetry

/// Where a backend answers, and how long and how much we wait for.
///
/// Credentials and the tenant are the `HTTPClient`'s own.
package struct Endpoint: Hashable, Sendable {
    /// Without a slash at its end; a path is kept, for backends behind a gateway.
    package let baseURL: String
    /// For each request.
    package let deadline: Duration
    /// In bytes, for each answer.
    package let maximumResponseSize: Int

    /// 16 MiB: a thousand times a usual answer. About fifteen answers are read at the same time, which has to fit into the
    /// memory of a small container.
    package static let usualMaximumResponseSize = 16 << 20

    package init(
        baseURL: String, deadline: Duration = .seconds(30), maximumResponseSize: Int = usualMaximumResponseSize
    ) {
        var url = Substring(baseURL)
        while url.hasSuffix("/") { url.removeLast() }
        self.baseURL = String(url)
        self.deadline = deadline
        self.maximumResponseSize = maximumResponseSize
    }

    /// - Parameters:
    ///   - path: with a slash in front, already percent-encoded.
    ///   - query: in this order; encoded here.
    func get(_ path: String, _ query: [(name: String, value: String)] = [], headers: [HTTPHeader]) -> HTTPRequest {
        let encoded = FormParameters.text(query)
        return HTTPRequest(
            url: baseURL + path + (encoded.isEmpty ? "" : "?\(encoded)"), headers: headers, deadline: deadline,
            maximumResponseSize: maximumResponseSize)
    }

    /// The same parameters in the body.
    private func post(_ path: String, _ query: [(name: String, value: String)], headers: [HTTPHeader]) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: baseURL + path,
            headers: headers + [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: [UInt8](FormParameters.text(query).utf8), deadline: deadline, maximumResponseSize: maximumResponseSize
        )
    }
}

extension Endpoint {
    /// In bytes: a query with a hundred names in it is sent in the body, because nginx and the like take 8 KiB of URL and
    /// encoding may treble it. A short one is sent as a GET, which gateways that only let people read let through.
    private static let longestInURL = 2000

    /// A question in a query language, for a server that takes its parameters in the body too.
    func ask(
        _ path: String, _ query: String, _ others: [(name: String, value: String)], headers: [HTTPHeader]
    ) -> HTTPRequest {
        let parameters = [(name: "query", value: query)] + others
        return query.utf8.count <= Self.longestInURL
            ? get(path, parameters, headers: headers) : post(path, parameters, headers: headers)
    }
}

extension HTTPClient {
    /// The answer of a backend, whatever its status.
    func send(
        _ request: HTTPRequest, for attempt: BackendError.Attempt
    ) async throws(BackendError) -> HTTPResponse {
        do {
            return try await send(request)
        } catch {
            throw BackendError(attempt, error)
        }
    }
}

extension HTTPResponse {
    var isSuccess: Bool { (200..<300).contains(status) }

    /// What a response that is no success says, as an error.
    func refusal(of attempt: BackendError.Attempt) -> BackendError {
        .refused(attempt, status: status, reason: shortReason, retryAfter: retryAfter)
    }

    /// The media type without its parameters, in lower case.
    var mediaType: String {
        let value = header("Content-Type") ?? ""
        return value.prefix { $0 != ";" }.lowercased().trimmingSpace
    }

    /// Both Tempo and Loki answer errors as plain text of one line; a gateway before them may answer a page.
    private var shortReason: String {
        let longest = 300
        if mediaType == "text/html" { return "a web page instead of an answer, from a gateway perhaps" }
        let text = String(decoding: body.prefix(4 * longest), as: UTF8.self)
        return text.printableLine(atMost: longest).trimmingSpace
    }

    /// In its form of whole seconds. A date would need our clock to agree with the server's, so it is not used.
    var retryAfter: Duration? {
        guard let text = header("Retry-After"), let seconds = Int64(text.trimmingSpace), seconds >= 0 else {
            return nil
        }
        return .seconds(seconds)
    }
}

extension String {
    fileprivate var trimmingSpace: String {
        let front = drop { $0 == " " }
        return String(front.reversed().drop { $0 == " " }.reversed())
    }
}
