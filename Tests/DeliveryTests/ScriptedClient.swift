import HTTPTransport
import Synchronization

/// Answers from a script and remembers what it was asked; a request beyond the script is an error that tests notice.
final class ScriptedClient: HTTPClient {
    typealias Answer = Result<HTTPResponse, HTTPError>

    private let state: Mutex<(script: [Answer], requests: [HTTPRequest])>

    init(_ script: Answer...) {
        state = Mutex((script, []))
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    /// How many of the script's answers nobody asked for.
    var unused: Int { state.withLock { $0.script.count } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let answer: Answer = state.withLock { state in
            state.requests.append(request)
            return state.script.isEmpty ? .failure(.invalidRequest("not in the script")) : state.script.removeFirst()
        }
        return try answer.get()
    }
}
