package import HTTPTransport
package import Telemetry

/// Asks Loki for log lines. Measured with Loki 3; one that does not know how to keep labels apart merges them, and both
/// are read.
package struct LokiClient: LogSource {
    private let http: any HTTPClient
    private let endpoint: Endpoint

    /// - Parameter baseURL: `http://loki:3100`, with the path of a gateway if there is one.
    package init(
        http: any HTTPClient, baseURL: String, deadline: Duration = .seconds(30),
        maximumResponseSize: Int = Endpoint.usualMaximumResponseSize
    ) {
        self.http = http
        self.endpoint = Endpoint(baseURL: baseURL, deadline: deadline, maximumResponseSize: maximumResponseSize)
    }

    /// The most lines that Loki gives at once, unless it is configured otherwise (`max_entries_limit_per_query`).
    private static let largestPage = 5000

    package func entries(
        _ logQL: String, in window: TimeWindow, limit: Int, direction: LogDirection
    ) async throws(BackendError) -> LogPage {
        let attempt = BackendError.Attempt("Loki", "query", on: logQL)
        guard limit > 0 else { throw .invalidQuestion(attempt, reason: "the limit has to be above zero") }
        guard window.start < window.end else {
            throw .invalidQuestion(attempt, reason: "the window is empty, at \(window.start)")
        }
        var paging = LokiPaging(window: window, limit: limit, direction: direction, largestPage: Self.largestPage)
        while let page = paging.next {
            do throws(BackendError) {
                paging.take(try await fetch(page, logQL, direction, attempt))
            } catch {
                guard let largest = LokiAnswers.largestPage(in: error), largest < page.limit else { throw error }
                paging.largestPage = largest
            }
        }
        return paging.result
    }

    private func fetch(
        _ page: LokiPaging.Page, _ logQL: String, _ direction: LogDirection, _ attempt: BackendError.Attempt
    ) async throws(BackendError) -> LokiAnswer {
        let parameters = [
            (name: "start", value: String(page.window.start.nanoseconds)),
            ("end", String(page.window.end.nanoseconds)), ("limit", String(page.limit)),
            ("direction", direction.rawValue),
        ]
        let headers = [
            HTTPHeader("Accept", "application/json"),
            // Keeps the labels of the stream apart from what belongs to the line, so that a stream stays one.
            HTTPHeader("X-Loki-Response-Encoding-Flags", "categorize-labels"),
        ]
        let request = endpoint.ask("/loki/api/v1/query_range", logQL, parameters, headers: headers)
        let response = try await http.send(request, for: attempt)
        return try LokiAnswers.lines(response, isBackward: direction == .backward, attempt)
    }
}
