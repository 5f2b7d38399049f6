import HTTPTransport
import Synchronization
import Testing

/// An `HTTPClient` that answers from a script, one answer a request in order, and records a failure for any other call.
final class ScriptedHTTPClient: HTTPClient {
    enum Step: Sendable {
        case answer(HTTPResponse)
        case failure(HTTPError)
        /// Answers by what is asked, as often as is asked.
        case every(@Sendable (HTTPRequest) -> HTTPResponse)
    }

    private let steps: Mutex<[Step]>
    private let sent = Mutex<[HTTPRequest]>([])

    init(_ steps: Step...) { self.steps = Mutex(steps) }

    init(_ responses: [HTTPResponse]) { steps = Mutex(responses.map { .answer($0) }) }

    var requests: [HTTPRequest] { sent.withLock { $0 } }

    /// Steps that were not used; a test expects none.
    var unusedSteps: Int { steps.withLock { $0.count } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        sent.withLock { $0.append(request) }
        let step = steps.withLock { steps -> Step? in
            if case .every = steps.first { return steps.first }
            return steps.isEmpty ? nil : steps.removeFirst()
        }
        switch step {
        case .answer(let response): return response
        case .failure(let error): throw error
        case .every(let answer): return answer(request)
        case nil:
            Issue.record("unexpected request: \(request.url)")
            throw .invalidRequest("unexpected")
        }
    }
}

extension HTTPRequest {
    /// The value of a parameter as it stands in the URL, still percent-encoded.
    func parameter(_ name: String) -> String? {
        url.drop { $0 != "?" }.dropFirst().split(separator: "&").first { $0.hasPrefix("\(name)=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    var path: String { String(url.prefix { $0 != "?" }) }
}

extension HTTPResponse {
    static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [HTTPHeader("Content-Type", "application/json")], body: [UInt8](text.utf8))
    }

    static func text(_ text: String, status: Int, _ headers: [HTTPHeader] = []) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [HTTPHeader("Content-Type", "text/plain; charset=utf-8")] + headers,
            body: [UInt8](text.utf8))
    }
}
