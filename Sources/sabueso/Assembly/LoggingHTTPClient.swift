import HTTPTransport
import Logging

/// Logs each question to a backend, with what came back: `logging.level: debug`.
///
/// For backends only: their credentials are in headers, while the address of a chat's webhook is a secret itself.
struct LoggingHTTPClient: HTTPClient {
    let client: any HTTPClient
    let backend: String
    let logger: Logger

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let started = ContinuousClock.now
        do throws(HTTPError) {
            let response = try await client.send(request)
            log(request, "\(response.status)", bytes: response.body.count, since: started)
            return response
        } catch {
            log(request, "\(error)", bytes: 0, since: started)
            throw error
        }
    }

    private func log(_ request: HTTPRequest, _ outcome: String, bytes: Int, since started: ContinuousClock.Instant) {
        let took = started.duration(to: .now)
        logger.debug(
            "asked",
            metadata: [
                "backend": "\(backend)", "request": "\(request.method) \(request.url)", "outcome": "\(outcome)",
                "bytes": "\(bytes)", "took": "\(took)",
            ])
    }
}
