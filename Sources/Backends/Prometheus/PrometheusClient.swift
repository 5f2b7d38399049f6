package import HTTPTransport
import Telemetry

/// Asks Prometheus, Mimir or Thanos for metrics. Read-only: nothing here writes series or rules.
package struct PrometheusClient: MetricSource {
    private let http: any HTTPClient
    private let endpoint: Endpoint

    /// - Parameter baseURL: `http://prometheus:9090`; of Mimir with its prefix, `http://mimir/prometheus`.
    package init(
        http: any HTTPClient, baseURL: String, deadline: Duration = .seconds(30),
        maximumResponseSize: Int = Endpoint.usualMaximumResponseSize
    ) {
        self.http = http
        self.endpoint = Endpoint(baseURL: baseURL, deadline: deadline, maximumResponseSize: maximumResponseSize)
    }

    package func series(
        _ promQL: String, named name: String?, over range: MetricRange, limit: Int
    ) async throws(BackendError) -> MetricAnswer {
        let attempt = BackendError.Attempt("Prometheus", "range query", on: promQL)
        guard limit > 0 else { throw .invalidQuestion(attempt, reason: "the limit has to be above zero") }
        // `limit` cuts the answer since Prometheus 3.0, `partial_response` lets Thanos answer with a warning where a store
        // is missing, `timeout` ends most of the work that nobody waits for; who does not know them ignores them.
        // Source: https://prometheus.io/docs/prometheus/latest/querying/api/, https://thanos.io/tip/components/query.md/
        let request = endpoint.ask(
            "/api/v1/query_range", promQL,
            [
                ("start", String(range.start.seconds)), ("end", String(range.end.seconds)),
                ("step", String(range.step.components.seconds)), ("limit", String(limit)),
                ("timeout", Self.text(endpoint.deadline)), ("partial_response", "true"),
            ], headers: Self.headers)
        let response = try await http.send(request, for: attempt)
        return try PrometheusAnswers.series(response, name: name, attempt)
    }

    package func expression(ofAlert name: String) async throws(BackendError) -> String? {
        let attempt = BackendError.Attempt("Prometheus", "rule of the alert", on: name)
        // Releases that do not know the last two ignore them and answer with more.
        let request = endpoint.get(
            "/api/v1/rules", [("type", "alert"), ("rule_name[]", name), ("exclude_alerts", "true")],
            headers: Self.headers)
        return try PrometheusAnswers.expression(ofAlert: name, try await http.send(request, for: attempt), attempt)
    }

    private static var headers: [HTTPHeader] { [HTTPHeader("Accept", "application/json")] }

    private static func text(_ duration: Duration) -> String { "\(max(1, duration.nanoseconds / 1_000_000))ms" }
}
