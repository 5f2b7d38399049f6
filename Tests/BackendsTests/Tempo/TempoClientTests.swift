import HTTPTransport
import Telemetry
import TestSupport
import Testing

@testable import Backends

struct TempoClientTests {
    private static let now = Timestamp(seconds: 1_795_346_443)
    private static let window = TimeWindow(start: now - .seconds(2400), end: now)
    private static let failed = TraceID(hex: "73df645651d818fb364e4b541167e3e9") ?? TraceID(high: 0, low: 1)

    private func client(_ http: ScriptedHTTPClient) -> TempoClient {
        TempoClient(http: http, baseURL: "http://tempo:3200/", now: { Self.now })
    }

    private static func hits(_ ids: some Sequence<Int>) -> HTTPResponse {
        let traces = ids.map { id in
            #"{"traceID":"\#(String(id, radix: 16))","rootServiceName":"s","rootTraceName":"n","startTimeUnixNano":"\#(id)000000000","durationMs":7}"#
        }
        return .json(#"{"traces":[\#(traces.joined(separator: ","))],"metrics":{}}"#)
    }

    // MARK: Searching

    @Test func `a search asks for the newest, with whole seconds, and one more than wanted`() async throws {
        let http = ScriptedHTTPClient([Self.hits([3, 9, 5])])
        let window = TimeWindow(
            start: Timestamp(seconds: 100, nanoseconds: 1), end: Timestamp(seconds: 200, nanoseconds: 1))
        let search = try await client(http).search("{ status = error }", in: window, limit: 20)
        let request = try #require(http.requests.first)
        #expect(request.path == "http://tempo:3200/api/search")
        #expect(request.parameter("q") == "%7B%20status%20%3D%20error%20%7D%20with%20%28most_recent%3Dtrue%29")
        #expect(request.parameter("start") == "100")
        #expect(request.parameter("end") == "201")
        #expect(request.parameter("limit") == "21")
        #expect(request.parameter("spss") == "1")
        #expect(request.method == "GET")
        #expect(search.hits.map(\.start.seconds) == [9, 5, 3])
        #expect(!search.isTruncated && search.isNewest)
    }

    @Test(arguments: [
        "18446744068709551616", "-9223372036854775808", #""9223372036854775807""#, "1e300", "-1", #""x""#,
    ])
    func `numbers at the ends of their range make hits like any other`(number: String) async throws {
        let http = ScriptedHTTPClient([
            .json(#"{"traces":[{"traceID":"a","startTimeUnixNano":\#(number),"durationMs":\#(number)}],"metrics":{}}"#)
        ])
        let hit = try #require(try await client(http).search("{ }", in: Self.window, limit: 3).hits.first)
        let whole = TimeWindow(start: hit.start, end: hit.start + hit.duration)
        #expect(TempoRange(covering: whole).startSeconds < TempoRange(covering: whole).endSeconds)
        #expect(hit.duration >= .zero)
    }

    @Test func `one hit too many is cut off and told`() async throws {
        let http = ScriptedHTTPClient([Self.hits(1...4)])
        let search = try await client(http).search("{ }", in: Self.window, limit: 3)
        #expect(search.hits.map(\.start.seconds) == [4, 3, 2])
        #expect(search.isTruncated && search.isNewest)
    }

    @Test func `a server that does not know the hint is asked without it`() async throws {
        let refusal = HTTPResponse.text("invalid TraceQL query: parse error: unknown hint", status: 400)
        let http = ScriptedHTTPClient([refusal, Self.hits(1...4)])
        let search = try await client(http).search("{ }", in: Self.window, limit: 3)
        #expect(http.requests.last?.parameter("q") == "%7B%20%7D")
        #expect(search.isTruncated && !search.isNewest)
    }

    @Test func `a query that is wrong in itself is reported in its own words`() async throws {
        let refusal = try RecordedExchange("tempo/search_bad_traceql").response
        let http = ScriptedHTTPClient([refusal, refusal])
        let error = await #expect(throws: BackendError.self) {
            try await client(http).search("{ resource.service.name= ", in: Self.window, limit: 3)
        }
        #expect(
            error?.description == """
                Tempo answered 400 to the search `{ resource.service.name= `: invalid TraceQL query: parse error at line 1, \
                col 26: syntax error: unexpected $end.
                """)
        #expect(http.unusedSteps == 0)
    }

    @Test(arguments: [
        ("{ } with (most_recent=true)", true), ("{ }\nwith(sample=true)", true), ("{ }| rate()", false),
        (#"{ name = "with (" }"#, false), ("{ name = `a\" with (` }", false), (#"{ name = "\" with (x)" }"#, false),
        ("{ span.with = 1 && (span.x = 2) }", false), ("{ } | by(span.forthwith)", false),
    ]) func `hints are recognised outside of literals only`(_ query: String, _ hasHints: Bool) {
        #expect(TraceQL.hasHints(query) == hasHints)
    }

    @Test func `a query with its own hints is left alone`() async throws {
        let http = ScriptedHTTPClient([Self.hits([])])
        _ = try await client(http).search("{ } with (sample=true)", in: Self.window, limit: 3)
        #expect(http.requests.first?.parameter("q") == FormParameters.percentEncoded("{ } with (sample=true)"))
    }

    @Test(arguments: [
        (now, now), (now, now + .seconds(60)), (now + .seconds(1), now + .seconds(60)),
        (now - .seconds(60), now - .seconds(60)),
        (now - .seconds(29 * 86_400), now),
    ]) func `a window that Tempo would answer for another time, or not at all, is not sent`(
        _ start: Timestamp, _ end: Timestamp
    ) async {
        let http = ScriptedHTTPClient()
        let error = await #expect(throws: BackendError.self) {
            try await client(http).search("{ }", in: TimeWindow(start: start, end: end), limit: 3)
        }
        guard case .invalidQuestion = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(http.requests.isEmpty)
    }

    @Test func `a limit below one is not sent`() async {
        let http = ScriptedHTTPClient()
        await #expect(throws: BackendError.self) { try await client(http).search("{ }", in: Self.window, limit: 0) }
    }

    @Test func `the largest limit is Tempo's own`() async throws {
        let http = ScriptedHTTPClient([Self.hits([])])
        _ = try await client(http).search("{ }", in: Self.window, limit: .max)
        #expect(http.requests.first?.parameter("limit") == "262144")
    }

    @Test func `a window that reaches into the future ends now`() async throws {
        let http = ScriptedHTTPClient([Self.hits([])])
        let window = TimeWindow(start: Self.now - .seconds(60), end: Self.now + .seconds(3600))
        _ = try await client(http).search("{ }", in: window, limit: 3)
        #expect(http.requests.first?.parameter("end") == String(Self.now.seconds))
    }

    @Test func `a window of more than 168 hours is asked for in pieces, newest first`() async throws {
        let window = TimeWindow(start: Self.now - .seconds(200 * 3600), end: Self.now)
        let http = ScriptedHTTPClient([Self.hits([5, 4]), Self.hits([4, 3])])
        let search = try await client(http).search("{ }", in: window, limit: 10)
        #expect(http.requests.map { $0.parameter("start") } == [168, 200].map { String(Self.now.seconds - $0 * 3600) })
        #expect(http.requests.map { $0.parameter("end") } == [0, 168].map { String(Self.now.seconds - $0 * 3600) })
        #expect(search.hits.map(\.start.seconds) == [5, 4, 3], "one that lies on the border counts once")
        #expect(!search.isTruncated)
    }

    @Test func `pieces are left out once there is enough`() async throws {
        let window = TimeWindow(start: Self.now - .seconds(600 * 3600), end: Self.now)
        let http = ScriptedHTTPClient([Self.hits([9, 8, 7])])
        #expect(try await client(http).search("{ }", in: window, limit: 2).isTruncated)
    }

    @Test func `a duration that would overflow is not looked at`() async throws {
        let http = ScriptedHTTPClient([try RecordedExchange("tempo_edge/search_odd").response])
        let hit = try #require(try await client(http).search("{ }", in: Self.window, limit: 5).hits.first)
        #expect(hit.duration == .seconds(5))
    }

    // MARK: One trace

    @Test func `a trace is asked for as protobuf, around its window`() async throws {
        let http = ScriptedHTTPClient([try RecordedExchange("tempo/trace_v2_failed_protobuf").response])
        let trace = try #require(try await client(http).trace(Self.failed, around: Self.window))
        let request = try #require(http.requests.first)
        #expect(request.path == "http://tempo:3200/api/v2/traces/73df645651d818fb364e4b541167e3e9")
        #expect(request.headers == [HTTPHeader("Accept", "application/protobuf")])
        #expect(request.parameter("start") == String(Self.now.seconds - 2400 - 3600))
        #expect(request.parameter("end") == String(Self.now.seconds + 3600))
        #expect(trace.root?.name == "BUILD acme/payments-api/main")
        #expect(!trace.isPartial)
    }

    @Test func `a window in the future is no reason to look at the last 15 minutes`() async throws {
        let http = ScriptedHTTPClient([try RecordedExchange("tempo/trace_v2_failed_protobuf").response])
        let window = TimeWindow(start: Self.now + .seconds(7200), end: Self.now + .seconds(9000))
        #expect(try await client(http).trace(Self.failed, around: window) != nil)
        #expect(http.requests.first?.url.contains("?") == false)
    }

    @Test func `a refusal of the range or the limit is not repeated without the hint`() async throws {
        for name in ["tempo/search_range_too_long", "tempo/search_limit_huge"] {
            let http = ScriptedHTTPClient([try RecordedExchange(name).response])
            let error = await #expect(throws: BackendError.self) {
                try await client(http).search("{ }", in: Self.window, limit: 3)
            }
            #expect(error?.isTransient == false)
        }
    }

    @Test func `without a window no range is sent`() async throws {
        let http = ScriptedHTTPClient([try RecordedExchange("tempo/trace_v2_unknown_protobuf").response])
        #expect(try await client(http).trace(Self.failed, around: nil) == nil)
        #expect(http.requests.first?.url.contains("?") == false)
    }

    @Test func `a server without the second version is asked at the first`() async throws {
        let missing = HTTPResponse.text("404 page not found", status: 404)
        let http = ScriptedHTTPClient([missing, try RecordedExchange("tempo/trace_v1_failed_protobuf").response])
        #expect(try await client(http).trace(Self.failed, around: nil)?.spans.isEmpty == false)
        #expect(http.requests.last?.path == "http://tempo:3200/api/traces/73df645651d818fb364e4b541167e3e9")
    }

    @Test func `404 without a word is an unknown trace, with one it is a wrong address`() async throws {
        let missing = HTTPResponse.text("404 page not found", status: 404)
        let unknown = try RecordedExchange("tempo/trace_v1_unknown_protobuf").response
        #expect(try await client(ScriptedHTTPClient([missing, unknown])).trace(Self.failed, around: nil) == nil)
        let error = await #expect(throws: BackendError.self) {
            try await client(ScriptedHTTPClient([missing, missing])).trace(Self.failed, around: nil)
        }
        #expect(
            error?.description == """
                Tempo answered 404 to the trace `\(Self.failed)`: 404 page not found. Check the configured address and its \
                path.
                """)
    }

    @Test func `an answer in JSON, although protobuf was asked for, is read`() async throws {
        let http = ScriptedHTTPClient([try RecordedExchange("tempo/trace_v2_failed_json").response])
        #expect(try await client(http).trace(Self.failed, around: nil)?.root != nil)
    }

    @Test func `a partial trace, and one without a root, is marked`() async throws {
        let partial = try RecordedExchange("tempo_small_max_bytes/trace_v2_protobuf").response
        let id = try #require(OTLPProtobuf.answerByID(from: partial.body).spans.first?.traceID)
        #expect(try await client(ScriptedHTTPClient([partial])).trace(id, around: nil)?.isPartial == true)
        let rootless = try RecordedExchange("tempo_edge/trace_v2_noroot").response
        let other = try #require(OTLPJSON.spans(from: rootless.body).first?.traceID)
        #expect(try await client(ScriptedHTTPClient([rootless])).trace(other, around: nil)?.isPartial == true)
    }

    @Test func `a span that was stored twice counts once`() async throws {
        let twice = try RecordedExchange("tempo_edge/trace_v2_dup").response
        let spans = try OTLPJSON.spans(from: twice.body)
        let id = try #require(spans.first?.traceID)
        let trace = try #require(try await client(ScriptedHTTPClient([twice])).trace(id, around: nil))
        #expect(trace.spans.count == Set(spans.map(\.id)).count)
        #expect(trace.spans.count < spans.count)
    }

    @Test func `a trace too large for an old server is an error that repeating does not help`() async throws {
        let missing = HTTPResponse.text("404 page not found", status: 404)
        let tooLarge = try RecordedExchange("tempo_small_max_bytes/trace_v1_protobuf").response
        let error = await #expect(throws: BackendError.self) {
            try await client(ScriptedHTTPClient([missing, tooLarge])).trace(Self.failed, around: nil)
        }
        #expect(error?.isTransient == false)
    }

    // MARK: No answer

    @Test(arguments: [
        (HTTPError.connectionFailed(host: "tempo", reason: "Connection refused"), true),
        (.deadlineExceeded(host: "tempo", after: .milliseconds(2500)), true),
        (.responseTooLarge(host: "tempo", limit: 64 << 20), false), (.invalidRequest("no host"), false),
        (.cancelled, false),
    ]) func `no answer is told with what to do`(_ failure: HTTPError, _ isTransient: Bool) async {
        let error = await #expect(throws: BackendError.self) {
            try await client(ScriptedHTTPClient(.failure(failure))).trace(Self.failed, around: nil)
        }
        #expect(error?.isTransient == isTransient)
        #expect(error?.description.contains("Tempo") == true && error?.description.contains(/[.?]$/) == true)
    }

    @Test func `only what may pass by itself is worth repeating`() {
        let attempt = BackendError.Attempt("Tempo", "search")
        let transient = (300..<600).filter {
            BackendError.refused(attempt, status: $0, reason: "", retryAfter: nil).isTransient
        }
        let serverErrors = (500..<600).filter { $0 != 501 && $0 != 505 }
        #expect(transient == [408, 425, 429] + serverErrors)
    }

    @Test func `a gateway's wish to wait is passed on, its page is not`() async {
        let headers = [HTTPHeader("Retry-After", " 12 "), HTTPHeader("content-type", "text/html; charset=utf-8")]
        let page = HTTPResponse(status: 503, headers: headers, body: [UInt8]("<html>…".utf8))
        let error = await #expect(throws: BackendError.self) {
            try await client(ScriptedHTTPClient([page])).search("{ }", in: Self.window, limit: 1)
        }
        #expect(error?.retryAfter == .seconds(12))
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("<html>") == false)
    }
}
