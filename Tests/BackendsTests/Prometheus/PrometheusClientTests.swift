import HTTPTransport
import Telemetry
import Testing

@testable import Backends

struct PrometheusClientTests {
    private static let empty = HTTPResponse.json(
        #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#)

    private func range() throws -> MetricRange {
        let window = TimeWindow(start: Timestamp(seconds: 1_795_345_400), end: Timestamp(seconds: 1_795_346_600))
        return try #require(MetricRange(baseline: window, window: window, minimumStep: .seconds(15)))
    }

    private func client(_ http: ScriptedHTTPClient) -> PrometheusClient {
        PrometheusClient(http: http, baseURL: "http://mimir/prometheus/", deadline: .seconds(5))
    }

    private func series(_ response: HTTPResponse, _ promQL: String = "up") async throws -> MetricAnswer {
        try await client(ScriptedHTTPClient(.answer(response))).series(promQL, named: "q", over: range(), limit: 10)
    }

    private func error(of response: HTTPResponse) async throws -> BackendError {
        try #require(await #expect(throws: BackendError.self) { try await series(response) })
    }

    // MARK: What is sent

    @Test func `a range is asked for in whole seconds, below the gateway's path`() async throws {
        let http = ScriptedHTTPClient(.answer(Self.empty))
        _ = try await client(http).series("up == 0", named: nil, over: range(), limit: 10)
        let request = try #require(http.requests.first)
        #expect(request.method == "GET")
        #expect(request.path == "http://mimir/prometheus/api/v1/query_range")
        #expect(request.parameter("query") == "up%20%3D%3D%200")
        #expect(request.parameter("start") == "1795345400")
        #expect(request.parameter("end") == "1795346580")
        #expect(request.parameter("step") == "20")
        #expect(request.parameter("limit") == "10")
        #expect(request.parameter("timeout") == "5000ms")
        #expect(request.parameter("partial_response") == "true")
        #expect(request.deadline == .seconds(5))
    }

    @Test func `a long query goes into the body`() async throws {
        let http = ScriptedHTTPClient(.answer(Self.empty))
        let long = "x{pod=~\"" + String(repeating: "a", count: 3000) + "\"}"
        _ = try await client(http).series(long, named: nil, over: range(), limit: 10)
        let request = try #require(http.requests.first)
        #expect(request.method == "POST")
        #expect(request.url == "http://mimir/prometheus/api/v1/query_range")
        #expect(request.headers.contains(HTTPHeader("Content-Type", "application/x-www-form-urlencoded")))
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        #expect(body.hasPrefix("query=x%7Bpod%3D~%22aaa"))
        #expect(body.contains("&start=1795345400&end=1795346580&step=20&limit=10&"))
    }

    @Test func `a limit of nothing is not asked for`() async throws {
        let http = ScriptedHTTPClient()
        await #expect(throws: BackendError.self) {
            try await client(http).series("up", named: nil, over: range(), limit: 0)
        }
        #expect(http.requests.isEmpty)
    }

    // MARK: What comes back

    @Test func `a warning and a note about the query are told apart`() async throws {
        let answer = try await series(
            .json(
                """
                {"status":"success","data":{"resultType":"matrix","result":[
                {"metric":{"__name__":"up","pod":"p"},"values":[[1795345400,"NaN"],[1795345420,"+Inf"],[1795345440,"1e+21"]]}]},
                "warnings":["No StoreAPIs matched for this query"],
                "infos":["PromQL info: metric might not be a counter, name does not end in _total"]}
                """))
        #expect(answer.warnings == ["No StoreAPIs matched for this query"])
        let series = try #require(answer.series.first)
        #expect(series.name == "q")
        #expect(series.labels == ["pod": "p"])
        #expect(series.samples[0].value.isNaN)
        #expect(series.samples[1].value == .infinity)
        #expect(series.samples[2].value == 1e21)
    }

    @Test(arguments: [
        ("query_bad_syntax", 400, "parse error: unexpected end of input inside braces (bad_data)"),
        ("query_exec_error", 422, "found duplicate series for the match group {} on the right"),
        (
            "query_range_too_many_points", 400,
            "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution"
        ),
        ("query_range_zero_step", 400, "zero or negative query resolution step widths are not accepted"),
        ("query_range_end_before_start", 400, "end timestamp must not be before start time (bad_data)"),
        ("unknown_path", 404, "404 page not found"), ("query_delete_method", 405, "Method Not Allowed"),
    ])
    func `a recorded refusal is told in Prometheus' words`(_ name: String, _ status: Int, _ words: String) async throws
    {
        let error = try await error(of: RecordedExchange("prometheus/\(name)").response)
        guard case .refused(let attempt, let actual, let reason, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(actual == status)
        #expect(reason.contains(words), "\(reason)")
        #expect(attempt == .init("Prometheus", "range query", on: "up"))
        #expect(!error.isTransient)
    }

    @Test(arguments: [
        (
            HTTPResponse.json(
                #"{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}"#,
                status: 503), "query timed out in expression evaluation (timeout)", true
        ),
        (
            .json(#"{"status":"error","errorType":"internal","error":""}"#, status: 500), "no reason given (internal)",
            true
        ),
        (
            .json(
                #"{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory"}"#,
                status: 422), "Check the expression; narrow it if it is over a limit.", false
        ),
        (.text("too many outstanding requests", status: 429), "too many outstanding requests", true),
        (.text("no org id\n", status: 401), "no org id. Check the configured credentials and tenant.", false),
        (
            HTTPResponse(
                status: 502, headers: [HTTPHeader("Content-Type", "text/html")], body: Array("<html>".utf8)),
            "a web page instead of an answer", true
        ),
        (.text("upstream request timeout", status: 504), "Try a shorter window or a narrower query.", true),
    ])
    func `a refusal says what to do, and whether it may pass`(
        _ response: HTTPResponse, _ words: String, _ isTransient: Bool
    ) async throws {
        let error = try await error(of: response)
        #expect("\(error)".hasPrefix("Prometheus answered \(response.status) to the range query `up`: "))
        #expect("\(error)".contains(words), "\(error)")
        #expect(error.isTransient == isTransient)
    }

    @Test(arguments: [
        "", "<html></html>", "{}", #"{"status":"success"}"#, #"{"status":"error","errorType":"x","error":"y"}"#,
        #"{"status":"success","data":{"resultType":"string","result":[1,"a"]}}"#,
        #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,2]]}]}}"#,
    ])
    func `a success that holds no series is said to be unreadable`(_ body: String) async throws {
        let error = try await error(of: .json(body))
        guard case .unreadable(let attempt, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(attempt.backend == "Prometheus")
    }

    @Test func `no answer is told with the query`() async throws {
        let http = ScriptedHTTPClient(
            .failure(.connectionFailed(host: "mimir:80", reason: "connection refused")), .failure(.cancelled))
        let refused = await #expect(throws: BackendError.self) {
            try await client(http).series("up", named: nil, over: range(), limit: 1)
        }
        #expect("\(try #require(refused))".hasPrefix("Prometheus gave no answer to the range query `up`: mimir:80"))
        let stopped = await #expect(throws: BackendError.self) { try await client(http).expression(ofAlert: "A") }
        #expect(stopped == .cancelled(.init("Prometheus", "rule of the alert", on: "A")))
    }

    // MARK: Rules

    @Test(arguments: [
        ("HighTraceErrorRate", "up == 0"), ("PendingForever", "vector(1)"), ("Nowhere", nil),
        // A recording rule of that name is no alert.
        ("job:up:sum", nil),
    ])
    func `a rule's expression is found by the alert's name`(_ name: String, _ expression: String?) async throws {
        let http = ScriptedHTTPClient(.answer(try RecordedExchange("prometheus/rules").response))
        #expect(try await client(http).expression(ofAlert: name) == expression)
        let request = try #require(http.requests.first)
        #expect(request.path == "http://mimir/prometheus/api/v1/rules")
        #expect(request.parameter("type") == "alert")
        #expect(request.parameter("rule_name%5B%5D") == name.replacing(":", with: "%3A"))
    }

    @Test func `rules that cannot be read are an error that names the alert`() async throws {
        let http = ScriptedHTTPClient(.answer(.json(#"{"status":"success","data":[]}"#)))
        let error = await #expect(throws: BackendError.self) { try await client(http).expression(ofAlert: "A") }
        guard case .unreadable(let attempt, _) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(attempt.subject == "A")
    }
}
