import Lab
import Scenarios
import Telemetry
import Testing

struct TraceQLTests {
    /// root (server, ok) → work (internal, error) → call (client, 502), of two services.
    private static let spans: [Span] = {
        let id = TraceID(high: 0, low: 0xabc)
        let start = LabCase.now - .seconds(60)
        return [
            Span(
                traceID: id, id: SpanID(1), name: "BUILD shop/main", kind: .server, start: start,
                end: start + .seconds(10), status: .ok, attributes: ["ci.pipeline.id": .string("shop/main")],
                resource: ["service.name": .string("jenkins")]),
            Span(
                traceID: id, id: SpanID(2), parentID: SpanID(1), name: "say \"hi\" `there`", start: start,
                end: start + .seconds(4), status: .error(message: "exit\ncode 1"),
                attributes: [
                    "number": .int(42), "ratio": .double(0.5), "flag": .bool(true), "list": .array([.string("a")]),
                ],
                resource: ["service.name": .string("jenkins")]),
            Span(
                traceID: id, id: SpanID(3), parentID: SpanID(2), name: "POST", kind: .client,
                start: start + .seconds(1), end: start + .milliseconds(1500),
                attributes: ["http.response.status_code": .int(502)], resource: ["service.name": .string("shop")]),
        ]
    }()

    private func search(_ query: String, _ more: String = "") async -> LabAnswer {
        let (start, end) = (LabCase.now.seconds - 3600, LabCase.now.seconds)
        let target = "/tempo/api/search?q=\(LabCase.encoded(query))&start=\(start)&end=\(end)&spss=100\(more)"
        return await LabCase.lab(spans: Self.spans).answer(LabRequest("GET", target))
    }

    @Test(
        arguments: [
            ("{}", [1, 2, 3]), ("{ status = error }", [2]), ("{ status != error }", [1, 3]), ("{ kind = client }", [3]),
            ("{ kind = internal || kind = client }", [2, 3]), ("{ name = \"POST\" }", [3]),
            ("{ name =~ \"BUILD .+\" }", [1]), ("{ name =~ \"BUILD\" }", []), ("{ name !~ \"BUILD .+\" }", [2, 3]),
            (#"{ name = "say \"hi\" `there`" }"#, [2]), (#"{ statusMessage = "exit\ncode 1" }"#, [2]),
            (#"{ statusMessage =~ "exit.code \\d" }"#, [2]), ("{ resource.service.name = `jenkins` }", [1, 2]),
            ("{ span.number = 42 }", [2]), ("{ span.number = \"42\" }", []), ("{ .number > 41.5 }", [2]),
            ("{ span.number != 42 }", []), ("{ span.missing != \"x\" }", []), ("{ span.number != nil }", [2]),
            ("{ span.number = nil }", [1, 3]), ("{ span.ratio <= 0.5 && span.flag = true }", [2]),
            ("{ span.list = \"a\" }", [2]), ("{ .service.name = \"shop\" }", [3]),
            ("{ span.\"http.response.status_code\" >= 500 }", [3]), ("{ duration > 1s && duration < 1m }", [1, 2]),
            ("{ duration >= 500ms }", [1, 2, 3]), ("{ traceDuration > 9s && kind = client }", [3]),
            ("{ trace:duration > 11s }", []), ("{ rootName = \"BUILD shop/main\" && status = error }", [2]),
            ("{ trace:rootService = \"jenkins\" && kind = client }", [3]), ("{ trace:id = \"abc\" }", [1, 2, 3]),
            ("{ span:id = \"0000000000000003\" }", [3]),
            ("{ (status = ok || status = error) && name != \"x\" }", [1, 2]),
            ("{ status = error } && { kind = client }", [2, 3]), ("{ status = error } && { kind = producer }", []),
            ("{ kind = producer } || { kind = client }", [3]), ("{ kind = server } >> { kind = client }", [3]),
            ("{ kind = server } > { kind = client }", []), ("{ status = error } > { kind = client }", [3]),
            ("{ } | count() > 2", [1, 2, 3]), ("{ } | count() > 3", []), ("{ } | max(duration) >= 10s", [1, 2, 3]),
            ("{ } | avg(duration) > 10s", []), ("{ true }", [1, 2, 3]), ("{ false }", []),
            ("{ status = error } | select(span.number)", [2]), ("{ status = error } with (most_recent=true)", [2]),
        ] as [(String, [UInt64])])
    func `a query selects these spans`(_ query: String, _ ids: [UInt64]) async throws {
        let answer = await search(query)
        #expect(answer.status == 200, "\(LabCase.text(answer))")
        let trace = try #require(LabCase.json(answer)?["traces"]?.elements).first
        let found = (trace?["spanSet"]?["spans"]?.elements ?? []).compactMap { $0["spanID"]?.text }
        #expect(found.sorted() == ids.map { SpanID($0).description })
    }

    @Test(
        arguments: [
            "", "{", "{ status = error", "{ status = error } }", "{ nonsense = 1 }", "{ name = unquoted }",
            "{ name = \"open }", #"{ name = "\q" }"#, "{ name =~ \"(\" }", "{ name ~ \"x\" }", "{ duration > \"1s\" }",
            "{ kind = error }", "{ } | rate()", "{ } | by(name)", "{ } | select()", "{ } with (most_recent",
            "status = error",
        ])
    func `what the lab cannot read is refused as plain text`(_ query: String) async {
        // Without q at all, Tempo lists everything; so the empty query is written as a space.
        let answer = await search(query.isEmpty ? " " : query)
        #expect(answer.status == 400)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(LabCase.text(answer).hasPrefix("invalid TraceQL query: "))
    }

    @Test func `values that were compared or selected are listed, but not lists`() async throws {
        let answer = await search("{ span.number = 42 && span.list = \"a\" } | select(span.flag, statusMessage, name)")
        let span = try #require(LabCase.json(answer)?["traces"]?.elements?.first?["spanSet"]?["spans"]?.elements?.first)
        #expect(span["name"]?.text == "say \"hi\" `there`")
        #expect(
            (span["attributes"]?.elements ?? []).compactMap { $0["key"]?.text } == ["flag", "number", "statusMessage"])
    }
}

struct TempoSearchTests {
    /// 40 traces, a minute apart, with ids that have nothing to do with their age.
    private static let spans: [Span] = (0..<40).map { index in
        let start = LabCase.now - .seconds(60 * Int64(index) + 30)
        return Span(
            traceID: TraceID(high: UInt64(index), low: UInt64(index * 7919 % 40) << 40 | 1), id: SpanID(1), name: "x",
            start: start, end: start + .seconds(1), resource: ["service.name": .string("s")])
    }

    private func starts(_ target: String, _ configuration: LabConfiguration = LabConfiguration()) async throws
        -> [Int64]
    {
        let answer = await LabCase.lab(spans: Self.spans, configuration: configuration).answer(
            LabRequest("GET", target))
        let traces = try #require(LabCase.json(answer)?["traces"]?.elements, "\(LabCase.text(answer))")
        return traces.compactMap { ($0["startTimeUnixNano"]?.text).flatMap { Int64($0) } }
    }

    private var range: String { "start=\(LabCase.now.seconds - 3600)&end=\(LabCase.now.seconds)" }

    @Test func `a limit without the hint gives some of the traces, newest first, but not the newest`() async throws {
        let newest = Self.spans.map(\.start.nanoseconds).sorted(by: >).prefix(10)
        let plain = try await starts("/tempo/api/search?q=%7B%7D&limit=10&\(range)")
        #expect(plain.count == 10)
        #expect(plain == plain.sorted(by: >))
        #expect(plain != Array(newest))
        let hinted = try await starts(
            "/tempo/api/search?q=\(LabCase.encoded("{} with (most_recent=true)"))&limit=10&\(range)")
        #expect(hinted == Array(newest))
    }

    @Test func `without a range, or with one in the future, the last quarter of an hour is searched`() async throws {
        let recent = try await starts("/tempo/api/search?q=%7B%7D&limit=100")
        #expect(recent.count == 15)
        let future = LabCase.now.seconds + 60
        #expect(try await starts("/tempo/api/search?q=%7B%7D&limit=100&start=\(future)&end=\(future + 60)") == recent)
    }

    @Test func `the newest traces can be hidden, as the shipped settings hide them`() async throws {
        var configuration = LabConfiguration()
        configuration.searchCutoff = .seconds(30)
        #expect(try await starts("/tempo/api/search?q=%7B%7D&limit=100&\(range)", configuration).count == 39)
        #expect(try await starts("/tempo/api/search?q=%7B%7D&limit=100&\(range)").count == 40)
    }

    @Test func `a trace without its root says so`() async throws {
        let start = LabCase.now - .seconds(60)
        let child = Span(
            traceID: TraceID(high: 0, low: 0x1f), id: SpanID(2), parentID: SpanID(1), name: "Phase: Run", start: start,
            end: start, resource: ["service.name": .string("s")])
        let answer = await LabCase.lab(spans: [child]).answer(LabRequest("GET", "/tempo/api/search?q=%7B%7D"))
        let trace = try #require(LabCase.json(answer)?["traces"]?.elements?.first)
        #expect(trace["traceID"] == "1f")
        #expect(trace["rootServiceName"] == "<root span not yet received>")
        #expect(trace["rootTraceName"] == nil)
        #expect(trace["durationMs"] == nil)
        #expect(trace["spanSet"]?["spans"]?.elements?.first?["durationNanos"] == nil)
        #expect(LabCase.text(answer).contains(#"\u003croot span not yet received\u003e"#))
    }
}
