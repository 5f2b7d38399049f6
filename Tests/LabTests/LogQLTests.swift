import Lab
import Scenarios
import Telemetry
import Testing

struct LogQLTests {
    private static let lines: [LogEntry] = {
        let texts: [(String, [String: String], [String: String])] = [
            ("plain text", ["app": "a"], ["trace_id": "1f"]),
            (
                #"{"level":"error","msg":"it broke","http":{"status":502},"tags":["x"]}"#, ["app": "a", "pod": "p-1"],
                [:]
            ),
            (#"level=warn msg="with \"quotes\" and = signs" code=7"#, ["app": "b"], [:]),
            ("odd \\ back`tick \"quote\"\nsecond line", ["app": "b"], ["k8s.pod.name": "p-2", "app": "shadow"]),
        ]
        return texts.enumerated().map { index, text in
            LogEntry(at: LabCase.now - .seconds(100 - Int64(index)), line: text.0, labels: text.1, metadata: text.2)
        }
    }()

    private func query(_ query: String, _ more: String = "") async -> LabAnswer {
        await LabCase.lab(logs: Self.lines).answer(
            LabRequest("GET", "/loki/loki/api/v1/query_range?query=\(LabCase.encoded(query))&direction=forward\(more)"))
    }

    private func seconds(_ answer: LabAnswer) throws -> [Int64] {
        let streams = try #require(LabCase.json(answer)?["data"]?["result"]?.elements, "\(LabCase.text(answer))")
        let values = streams.flatMap { $0["values"]?.elements ?? [] }
        return values.compactMap { ($0.elements?[0].text).flatMap { Int64($0) } }
            .map { 100 - (LabCase.now - Timestamp(nanoseconds: $0)).nanoseconds / 1_000_000_000 }.sorted()
    }

    @Test(
        arguments: [
            (#"{app="a"}"#, [0, 1]), (#"{app=~"a|b"}"#, [0, 1, 2, 3]), (#"{app=~"a|b", pod!=""}"#, [1]),
            (#"{app=~".+", app!="a"}"#, [2, 3]), (#"{app=~".+", app!~"b"}"#, [0, 1]), (#"{service_name="a"}"#, [0, 1]),
            (#"{app=~".+"} |= "text""#, [0]), (#"{app=~".+"} != "text""#, [1, 2, 3]), (#"{app=~".+"} |= "TEXT""#, []),
            (#"{app=~".+"} |~ "te.t|b[r]oke""#, [0, 1]), (#"{app=~".+"} |~ "(?i)TEXT""#, [0]),
            (#"{app=~".+"} !~ "e""#, []), (#"{app=~".+"} |= "plain" or "broke""#, [0, 1]),
            (#"{app=~".+"} |= "odd \\ back`tick \"quote\"\nsecond""#, [3]), ("{app=~\".+\"} |= `\"quote\"`", [3]),
            (#"{app=~".+"} |= """#, [0, 1, 2, 3]), (#"{app=~".+"} | trace_id="1f""#, [0]),
            (#"{app=~".+"} | trace_id!="1f""#, [1, 2, 3]), (#"{app=~".+"} | detected_level="error""#, [1]),
            (#"{app=~".+"} | detected_level=~"error|warn""#, [1, 2]), (#"{app=~".+"} | k8s_pod_name="p-2""#, [3]),
            (#"{app=~".+"} | json | http_status="502""#, [1]), (#"{app=~".+"} | json | __error__="""#, [1]),
            (#"{app=~".+"} | json"#, [0, 1, 2, 3]), (#"{app=~".+"} | logfmt | code="7" and level="warn""#, [2]),
            (#"{app=~".+"} | logfmt | code="7" or trace_id="1f""#, [0, 2]),
            (#"{app=~".+"} | logfmt | msg="with \"quotes\" and = signs""#, [2]),
            (#"{app=~".+"} | app_extracted="shadow""#, [3]),
        ] as [(String, [Int64])])
    func `a query finds these lines`(_ text: String, _ found: [Int64]) async throws {
        let answer = await query(text)
        #expect(answer.status == 200)
        #expect(try seconds(answer) == found)
    }

    @Test(
        arguments: [
            "{", "{}", "{app=\"a\"", "{app=\"a\"} |", "{app=\"a\"} |= open", #"{app="a"} |= "open"#, #"{app="\d"}"#,
            #"{app=~"("}"#, #"{app=~".*"}"#, #"{app!="a"}"#, #"{app="a"} | line_format "x""#, #"{app="a"} | drop x"#,
            #"rate({app="a"}[5m])"#, #"{app="a"} trailing"#,
        ])
    func `what the lab cannot read is refused as plain text`(_ text: String) async {
        let answer = await query(text)
        #expect(answer.status == 400)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(LabCase.text(answer).hasPrefix("parse error"))
    }

    @Test func `a value that is quoted as Go quotes it never changes the query`() async throws {
        // What a hostile label could hold.
        for value in [#"a"} or {app=~".+"#, "a`} | json", "line\nfeed", "back\\slash", #"\""#, "null\u{0}byte"] {
            let quoted = value.unicodeScalars.map { scalar in
                switch scalar {
                case "\"", "\\": "\\\(scalar)"
                case "\n": "\\n"
                case "\u{0}": "\\x00"
                default: String(scalar)
                }
            }.joined()
            let answer = await query("{app=\"\(quoted)\"}")
            #expect(answer.status == 200, "\(LabCase.text(answer))")
            #expect(try seconds(answer).isEmpty)
        }
    }

    @Test func `metadata is merged into the stream, or kept apart when asked for`() async throws {
        let target = "/loki/loki/api/v1/query_range?query=" + LabCase.encoded(#"{app="b"} |= "odd""#)
        let lab = LabCase.lab(logs: Self.lines)
        let merged = await lab.answer(LabRequest("GET", target))
        let stream = try #require(LabCase.json(merged)?["data"]?["result"]?.elements?.first?["stream"])
        #expect(stream["app"] == "b")
        #expect(stream["app_extracted"] == "shadow")
        #expect(stream["k8s_pod_name"] == "p-2")
        #expect(stream["detected_level"] == "unknown")
        let apart = await lab.answer(
            LabRequest("GET", target, headers: ["x-loki-response-encoding-flags": "categorize-labels"]))
        let result = try #require(LabCase.json(apart)?["data"]?["result"]?.elements?.first)
        #expect(result["stream"] == .texts(["app": "b", "service_name": "b"]))
        let categories = result["values"]?.elements?.first?.elements?.last
        #expect(categories?["structuredMetadata"]?["app_extracted"] == "shadow")
        #expect(categories?["parsed"] == nil)
    }

    @Test func `a truncated answer is not marked, and only the number of its lines tells`() async throws {
        let whole = LabCase.json(await query(#"{app=~".+"}"#))?["data"]
        let cut = LabCase.json(await query(#"{app=~".+"}"#, "&limit=2"))?["data"]
        #expect(whole?["stats"]?["summary"]?["totalEntriesReturned"] == 4)
        #expect(cut?["stats"]?["summary"]?["totalEntriesReturned"] == 2)
        #expect(cut?["result"]?.elements?.count == 2)
    }
}
