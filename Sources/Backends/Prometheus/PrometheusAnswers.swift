import HTTPTransport
import Telemetry

/// What Prometheus' answers mean. Separate from the asking, so that every recorded answer can be put to it.
enum PrometheusAnswers {
    /// The series of `query` or `query_range`.
    static func series(
        _ response: HTTPResponse, name: String?, _ attempt: BackendError.Attempt
    ) throws(BackendError) -> MetricAnswer {
        try refuse(response, attempt)
        return try read(attempt) { () throws(BackendError) in
            try PrometheusJSON.answer(from: response.body, name: name)
        }
    }

    /// The expression of an alerting rule in `rules`.
    static func expression(
        ofAlert name: String, _ response: HTTPResponse, _ attempt: BackendError.Attempt
    ) throws(BackendError) -> String? {
        try refuse(response, attempt)
        return try read(attempt) { () throws(BackendError) in
            try PrometheusJSON.expression(ofAlert: name, from: response.body)
        }
    }

    /// Errors are JSON with a type and words (400, 422, 503); what stands before Prometheus answers text or a page.
    private static func refuse(_ response: HTTPResponse, _ attempt: BackendError.Attempt) throws(BackendError) {
        guard !response.isSuccess else { return }
        guard let fault = PrometheusJSON.fault(in: response.body) else { throw response.refusal(of: attempt) }
        let words = fault.words.isEmpty ? "no reason given" : fault.words
        throw .refused(
            attempt, status: response.status,
            reason: (fault.type.isEmpty ? words : "\(words) (\(fault.type))").printableLine(atMost: longestReason),
            retryAfter: response.retryAfter)
    }

    /// Enough for the two series that could not be told apart.
    private static let longestReason = 300

    /// What cannot be read is told with the question that it was the answer to.
    private static func read<Value>(
        _ attempt: BackendError.Attempt, _ read: () throws(BackendError) -> Value
    ) throws(BackendError) -> Value {
        do {
            return try read()
        } catch .malformed(_, let reason) {
            throw .unreadable(attempt, reason: reason)
        } catch {
            throw error
        }
    }
}
