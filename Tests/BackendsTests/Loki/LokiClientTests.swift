import HTTPTransport
import Telemetry
import TestSupport
import Testing

@testable import Backends

struct LokiClientTests {
    private static let query = #"{app="x"}"#

    private func client(_ http: ScriptedHTTPClient) -> LokiClient {
        LokiClient(http: http, baseURL: "http://loki:3100/gateway")
    }

    /// A Loki that has these lines, each named for its place, and answers as the real one does: limit, direction, end
    /// exclusive, streams apart and each in the order asked for, and no word about what it left out.
    private static func loki(_ times: [Int64], largest: Int = 5000) -> ScriptedHTTPClient.Step {
        .every { request in
            guard let start = request.parameter("start").flatMap(Int64.init),
                let end = request.parameter("end").flatMap(Int64.init),
                let limit = request.parameter("limit").flatMap(Int.init)
            else { return .text("bad request", status: 400) }
            guard limit <= largest else {
                return .text(
                    "max entries limit per query exceeded, limit > max_entries_limit_per_query (\(limit) > \(largest))",
                    status: 400)
            }
            let isBackward = request.parameter("direction") == "backward"
            var lines = times.enumerated().filter { (start..<end).contains($0.element) }
            if isBackward { lines.reverse() }
            let streams = [0, 1].map { stream in
                let values = lines.prefix(limit).filter { $0.offset % 2 == stream }.map {
                    #"["\#($0.element)","\#($0.offset)"]"#
                }
                return #"{"stream":{"s":"\#(stream)"},"values":[\#(values.joined(separator: ","))]}"#
            }
            let total = min(limit, lines.count)
            return .json(
                #"{"status":"success","data":{"resultType":"streams","result":[\#(streams.joined(separator: ","))],"stats":{"summary":{"totalEntriesReturned":\#(total)}}}}"#
            )
        }
    }

    private static let window = TimeWindow(start: Timestamp(nanoseconds: 0), end: Timestamp(nanoseconds: 1_000_000))

    @Test func `a query is sent in nanoseconds and with categorised labels`() async throws {
        let http = ScriptedHTTPClient(Self.loki([1]))
        _ = try await client(http).entries(Self.query, in: Self.window, limit: 10, direction: .backward)
        let request = try #require(http.requests.first)
        #expect(request.path == "http://loki:3100/gateway/loki/api/v1/query_range")
        #expect(request.parameter("query") == "%7Bapp%3D%22x%22%7D")
        #expect(request.parameter("start") == "0")
        #expect(request.parameter("end") == "1000000")
        #expect(request.parameter("limit") == "11")
        #expect(request.headers.contains(HTTPHeader("X-Loki-Response-Encoding-Flags", "categorize-labels")))
    }

    @Test(arguments: [LogDirection.forward, .backward], [1, 2, 3, 7, 8, 9, 100, .max])
    func `the wanted end of the window is given, oldest first, and truncation is told`(
        _ direction: LogDirection, _ limit: Int
    ) async throws {
        let times: [Int64] = [10, 20, 20, 20, 30, 40, 40, 50]
        let http = ScriptedHTTPClient(Self.loki(times))
        let page = try await client(http).entries(Self.query, in: Self.window, limit: limit, direction: direction)
        let expected = direction == .forward ? Array(times.prefix(limit)) : Array(times.suffix(limit))
        #expect(page.entries.map(\.at.nanoseconds) == expected)
        #expect(Set(page.entries.map(\.line)).count == expected.count)
        #expect(page.isTruncated == (limit < times.count))
    }

    @Test(
        arguments: [LogDirection.forward, .backward],
        [[3, 24], [4, 25], [5, 30], [10, 24], [3, 8], [4, 7], [5, 6]])
    func `pages neither lose nor repeat lines of one nanosecond`(
        _ direction: LogDirection, _ sizes: [Int]
    ) async throws {
        let (pageSize, limit) = (sizes[0], sizes[1])
        // Two lines an instant, and three in the middle, so that pages end inside of an instant.
        let times = (0..<25).map { Int64($0 / 2 + ($0 > 12 ? 0 : 1)) }.sorted()
        let http = ScriptedHTTPClient(Self.loki(times, largest: pageSize))
        let page = try await client(http).entries(Self.query, in: Self.window, limit: limit, direction: direction)
        let mostAtOnce = Dictionary(grouping: times) { $0 }.values.map(\.count).max() ?? 0
        if pageSize > mostAtOnce {
            let expected = direction == .forward ? Array(times.prefix(limit)) : Array(times.suffix(limit))
            #expect(page.entries.map(\.at.nanoseconds) == expected)
            #expect(Set(page.entries.map(\.line)).count == expected.count)
            #expect(page.isTruncated == (limit < times.count))
        } else {
            #expect(page.isTruncated, "lines of one instant are more than a page: some cannot be had, and that is said")
        }
        #expect(zip(page.entries, page.entries.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    @Test func `more than a page is fetched page by page`() async throws {
        let times = (0..<12_000).map { Int64($0) }
        let http = ScriptedHTTPClient(Self.loki(times))
        let page = try await client(http).entries(Self.query, in: Self.window, limit: 11_000, direction: .forward)
        #expect(page.entries.map(\.at.nanoseconds) == Array(times.prefix(11_000)))
        #expect(page.isTruncated)
        #expect(http.requests.map { $0.parameter("limit") } == ["5000", "5000", "1003"])
    }

    @Test func `a page is full by what Loki says that it returned, not by what could be read`() async throws {
        let garbled = HTTPResponse.json(
            #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[["1","a"],["x","b"]]}],"stats":{"summary":{"totalEntriesReturned":2}}}}"#
        )
        let empty = HTTPResponse.json(#"{"status":"success","data":{"resultType":"streams","result":[]}}"#)
        let http = ScriptedHTTPClient([garbled, empty])
        let page = try await client(http).entries(Self.query, in: Self.window, limit: 1, direction: .forward)
        #expect(page.entries.map(\.line) == ["a"])
        #expect(page.isTruncated)
    }

    @Test(arguments: [
        ("9223372036854775807", "9223372036854775807"), ("18446744073709551616", "-9223372036854775808"),
        ("-1", "1e300"),
        ("-9223372036854775809", "99999999999999999999"), (#""NaN""#, "-1"),
    ])
    func `numbers at the ends of their range end the paging and no process`(total: String, instant: String) async throws
    {
        let answer = HTTPResponse.json(
            #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[["\#(instant)","a"]]}],"stats":{"summary":{"totalEntriesReturned":\#(total)}}}}"#
        )
        for direction in [LogDirection.forward, .backward] {
            let http = ScriptedHTTPClient(.every { _ in answer })
            let page = try await client(http).entries(Self.query, in: Self.window, limit: .max, direction: direction)
            #expect(page.entries.allSatisfy { $0.line == "a" })
        }
    }

    @Test func `a query too long for a URL is sent in the body`() async throws {
        let http = ScriptedHTTPClient(.answer(try RecordedExchange("loki/range_post_form").response))
        let query = Self.query + LogQL.lineContains(anyOf: (1000..<1500).map { "id-\($0)" })
        _ = try await client(http).entries(query, in: Self.window, limit: 10, direction: .forward)
        let request = try #require(http.requests.first)
        #expect(request.method == "POST")
        #expect(request.url == "http://loki:3100/gateway/loki/api/v1/query_range")
        #expect(request.headers.contains(HTTPHeader("Content-Type", "application/x-www-form-urlencoded")))
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        #expect(body.hasPrefix("query=%7Bapp%3D%22x%22%7D%20%7C~%20%22id-1000%7Cid-1001"))
        #expect(body.hasSuffix("&start=0&end=1000000&limit=11&direction=forward"))
    }

    @Test func `an empty window and a limit of nothing are not sent`() async {
        let http = ScriptedHTTPClient()
        let instant = TimeWindow(start: Self.window.end, end: Self.window.end)
        await #expect(throws: BackendError.self) {
            try await client(http).entries(Self.query, in: instant, limit: 1, direction: .forward)
        }
        await #expect(throws: BackendError.self) {
            try await client(http).entries(Self.query, in: Self.window, limit: 0, direction: .forward)
        }
        #expect(http.requests.isEmpty)
    }

    @Test(arguments: [
        (
            "loki_busy/range", true,
            "Loki answered 429 to the query `{app=\"x\"}`: too many outstanding requests. Try again later."
        ),
        (
            "loki_multitenant_no_org/range", false,
            "Loki answered 401 to the query `{app=\"x\"}`: no org id. Check the configured credentials and tenant."
        ),
        ("loki_query_timeout_1ms/range", true, "Loki answered 504 to the query `{app=\"x\"}`: request timed out"),
        ("loki/bad_escape", false, "parse error at line 1, col 14: invalid char escape."),
    ]) func `an error is told in Loki's words and with what to do`(
        _ recording: String, _ isTransient: Bool, _ words: String
    ) async throws {
        let http = ScriptedHTTPClient([try RecordedExchange(recording).response])
        let error = await #expect(throws: BackendError.self) {
            try await client(http).entries(Self.query, in: Self.window, limit: 1, direction: .forward)
        }
        #expect(error?.isTransient == isTransient)
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func `an answer that is none is refused`() async {
        for body in ["", "ready", "<html>", "null", "{", "[]", "{}", #"{"status":"error","error":"boom"}"#] {
            let http = ScriptedHTTPClient([HTTPResponse(status: 200, body: [UInt8](body.utf8))])
            await #expect(throws: BackendError.self, "\(body)") {
                try await client(http).entries(Self.query, in: Self.window, limit: 1, direction: .forward)
            }
        }
    }
}
